#pragma once

#include "modules/directory/roles.hpp"

// What each role of the county may do, and who may change that.
namespace concentric::accounts {

// The permissions of a role; for a role that the county does not have, or none, those of everybody who is logged in.
Permissions permissions_of(Call& call, std::string_view role);

// The names of the permissions in a set, in the order of the enumeration.
std::vector<std::string> names_of(Permissions permissions);

using directory::are_within;

// The roles whose posts open only to people with a second factor, for the whole process: set once at the start, before any thread.
void require_second_factor_of(std::vector<std::string> roles);
bool needs_second_factor(std::string_view role);

} // namespace concentric::accounts
