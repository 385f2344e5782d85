#pragma once

#include "core/call.hpp"

// Makes whoever guesses passwords wait longer and longer, by the name they try and by where they come from.
namespace concentric::accounts {

// Counts an attempt as failed before the password is looked at, so that nothing that happens later can uncount it, in a transaction
// of its own: call it outside any other. Throws 429 with the seconds to wait while the name or the address is blocked.
void count_attempt(Call& call, std::string_view name);
// It failed: writes as much for a name that there is not as for one whose owner is told of it.
void note_failure(Call& call, std::string_view name);
// It succeeded after all: the name starts afresh, the address is as it was before the attempt.
void forgive_attempt(Call& call, std::string_view name);
// The name starts afresh: somebody gave the account a new password.
void forget_failures(Call& call, std::string_view name);

} // namespace concentric::accounts
