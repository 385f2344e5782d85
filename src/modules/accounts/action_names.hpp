#pragma once

#include "core/error.hpp"

#include <string_view>

// What an action of the audit log is called: "organisation_change" → 修改机构, "Change: organisation".
namespace concentric::accounts {

// Put together from the words of the route's name, which is a noun and a verb. The name itself where one of them is unknown.
Words action_name(std::string_view action);

} // namespace concentric::accounts
