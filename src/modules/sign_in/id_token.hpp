#pragma once

#include "core/time.hpp"

#include <boost/json/object.hpp>

#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>

// Checks what a single sign-on provider says about somebody: that it said so itself, to us, just now, and in answer to our question
// (OpenID Connect Core 1.0, section 3.1.3.7).
namespace concentric::sign_in {

// What is wrong with a token; for the log.
struct BadToken : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct Expected {
    std::string issuer, client_id, nonce;
    Instant now;
};

// The provider's public key (RFC 7517) of this id, or the only one when the id is empty. Throws BadToken when there is none.
using KeyNamed = std::function<boost::json::object(std::string const& id)>;

// The claims of a signed token. Takes RS256, ES256 and EdDSA (Ed25519), never "none" and never a key for secrets. Throws BadToken.
boost::json::object verified_claims(std::string_view token, Expected const& expected, KeyNamed const& key);

// "" when the object has no such text.
std::string text_in(boost::json::object const& object, std::string_view name);

// RFC 4648 section 5, without padding. Throws BadToken for what is none.
std::string base64url_decoded(std::string_view text);
std::string base64url(std::string_view bytes);

} // namespace concentric::sign_in
