#pragma once

#include "core/call.hpp"

#include <span>
#include <unordered_map>

// People's own telephone numbers in clear, for what the platform sends to them.
namespace concentric::directory {

// Those without one are left out.
std::unordered_map<PersonId, std::string> phones_of(Call&, std::span<std::int64_t const> people);

// For statements of a module above: a condition that the person in this column has a number.
std::string has_phone(std::string_view county, std::string_view column);

} // namespace concentric::directory
