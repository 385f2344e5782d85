#pragma once

#include "core/call.hpp"
#include "web/message.hpp"

// A phone that lost its network sends the same thing again with the same Idempotency-Key, and gets the answer that the first one
// got instead of doing it twice.
namespace concentric::web {

// The mark of what was asked for, so that a key is not used for two different things.
std::string fingerprint(Request const& request);

struct KeptAnswer {
    int status = 0;
    std::string body;
};

// Lets one request of a key at a time go on, until its transaction ends.
void wait_for_same_key(Call& call, std::string_view key);

// The answer that this key got before, within a day. Throws 422 when it was for something else.
std::optional<KeptAnswer> kept_answer(Call& call, std::string_view key, std::string const& request);

// Keeps the answer, in the call's transaction. Throws db::Error busy when another request with the same key got ahead: run again,
// and kept_answer() finds its answer.
void keep_answer(Call& call, std::string_view key, std::string const& request, KeptAnswer const& answer);

} // namespace concentric::web
