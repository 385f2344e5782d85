#pragma once

#include "core/call.hpp"

// What each role may do in its organisation and everywhere below it. Names and fitting organisations of the roles are the
// directory's.
namespace concentric::accounts {

// The permissions of a role; for a role that is unknown, or none, those of everybody who is logged in.
Permissions permissions_of(std::string_view role);

// The names of the permissions in a set, in the order of the enumeration.
std::vector<std::string> names_of(Permissions permissions);

// The roles whose posts open only to people with a second factor, for the whole process: set once at the start, before any thread.
void require_second_factor_of(std::vector<std::string> roles);
bool needs_second_factor(std::string_view role);

// Whether `some` holds nothing that `all` does not.
bool are_within(Permissions some, Permissions all);

} // namespace concentric::accounts
