#pragma once

#include "core/keyring.hpp"

// The public halves of the keys that an installation signs with: what it publishes so that others can check its signatures.
namespace concentric {

struct VerifyingKey {
    std::int64_t version = 0;
    crypto::Suite suite{};
    std::string public_key; // base64url: of Ed25519 32 bytes, of SM2 the point in 65 bytes
    Instant since;
};
BOOST_DESCRIBE_STRUCT(VerifyingKey, (), (version, suite, public_key, since))

// All that there ever were, the oldest first: what an old one has signed stays true.
std::vector<VerifyingKey> verifying_keys(db::Connection& db);

} // namespace concentric
