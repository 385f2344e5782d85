#pragma once

#include "core/call.hpp"

// Makes whoever guesses passwords wait longer and longer, by the name they try and by where they come from.
namespace concentric::accounts {

// From the `free`-th failure on each one blocks, twice as long as the one before. All times in milliseconds.
struct Patience {
    std::int64_t free, first_block, longest_block, forgotten_after;
};

// Something else than a password that is guessed at, such as a class's code: by any key, which is kept hashed.
struct Guess {
    std::string key;
    Patience patience;
};
// Counts the guess as wrong under each key before it is looked at, in a transaction of its own. Throws 429 with the seconds to wait
// while one of the keys is blocked.
void count_guess(Call& call, std::vector<Guess> const& guesses);
// It was right after all: all is as it was before. Also a transaction of its own, so that more guesses may follow.
void forgive_guess(Call& call, std::vector<Guess> const& guesses);
// The customer whose address it is, for a key.
std::string key_of_address(std::string const& address);

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
