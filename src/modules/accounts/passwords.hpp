#pragma once

#include "modules/accounts/accounts.hpp"

// What makes a password good enough, and one-time passwords that can be read out on the telephone.
namespace concentric::accounts {

// Why the password is refused for this account, or nothing. Its length is the rule of its field.
std::optional<Problem> fault_of_password(std::string_view password, AccountRow const& account, std::string_view person_name);

// "k7mw-3xqa-9tpe": 59 random bits without letters that look alike.
std::string one_time_password();

} // namespace concentric::accounts
