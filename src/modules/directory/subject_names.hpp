#pragma once

#include "modules/directory/memberships.hpp"

#include <unordered_map>

// What pupils, carers, staff, families and organisations are called, many at a time.
namespace concentric::directory {

// Those that are not there (any more) are left out. Does not look at reach.
std::unordered_map<std::int64_t, std::string> subject_names(
    db::Connection&, std::int64_t county, SubjectKind, std::span<std::int64_t const> subjects);

} // namespace concentric::directory
