#pragma once

#include "modules/directory/roles.hpp"

// What each role of the county may do, and who may change that.
namespace concentric::accounts {

// The permissions of a role; for a role that the county does not have, or none, those of everybody who is logged in.
Permissions permissions_of(Call& call, std::string_view role);

// The names of the permissions in a set, in the order of the enumeration.
std::vector<std::string> names_of(Permissions permissions);

using directory::are_within;

} // namespace concentric::accounts
