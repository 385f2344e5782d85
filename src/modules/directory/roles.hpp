#pragma once

#include "core/error.hpp"

#include <string_view>
#include <vector>

// The roles that a post can give: what they are called and in which organisations they exist. What each may do is said in accounts.
namespace concentric::directory {

struct Role {
    std::string_view role;
    Words name;
    std::vector<std::string_view> kinds; // of organisations
    std::vector<std::string_view> also; // how duty lists (职务) write it
};

std::vector<Role> const& roles();
// nullptr when there is no such role.
Role const* role_named(std::string_view role);
bool fits(Role const& role, std::string_view organisation_kind);

} // namespace concentric::directory
