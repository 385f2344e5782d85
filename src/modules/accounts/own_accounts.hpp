#pragma once

#include "modules/accounts/accounts.hpp"

#include <unordered_set>

// Log-ins that people make for themselves, with a telephone number and a password of their own.
namespace concentric::accounts {

// The hash to be kept; slow. Throws 422 at `password` for one that is too common or holds the name or the phone.
std::string hash_of_own_password(std::string const& password, std::string const& name, Phone const& phone);

// Throws 422 at `phone` when another account has the number.
void open_own_account(Call& call, PersonId person, Phone const& phone, std::string const& password_hash);

bool has_account(Call& call, PersonId person);
// Which of these people have a log-in.
std::unordered_set<std::int64_t> with_account(Call& call, std::vector<std::int64_t> const& people);
std::optional<PersonId> account_with_phone(Call& call, std::string const& phone);

// The person's number became another one: their log-in follows where it was the old one. 422 at `phone` when it is taken.
void follow_phone(Call& call, PersonId person, std::string const& old_phone, Phone const& phone);

// Ends the log-in of somebody who comes back with a new telephone, and logs it out everywhere.
void close_account(Call& call, PersonId person);

// Keeps log-ins right when two records of one person are made one, or parted.
void subscribe_to_merges(Events& events);

} // namespace concentric::accounts
