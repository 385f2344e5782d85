#pragma once

#include "modules/accounts/accounts.hpp"

// What makes a password good enough, and one-time passwords that can be read out on the telephone.
namespace concentric::accounts {

// Why the password is refused for this account, or nothing. Its length is the rule of its field.
std::optional<Problem> fault_of_password(std::string_view password, AccountRow const& account, std::string_view person_name);

// The hash of a new password for the account; 422 at `new` with the fault that it has. Takes its time: only on a slow route.
std::string hash_of_good_password(Call& call, AccountRow const& account, std::string_view password);
// Gives the account a password that its owner chose, logs all devices out, and lets the names that it goes by start afresh.
void set_password(Call& call, AccountRow const& account, std::string const& hash);
// Whether it is the person's present one. Takes its time.
bool is_password_of(Call& call, PersonId person, std::string_view password);
// The person can do nothing more until they have chosen another one.
void require_new_password(Call& call, PersonId person);

// "k7mw-3xqa-9tpe": 59 random bits without letters that look alike.
std::string one_time_password();

} // namespace concentric::accounts
