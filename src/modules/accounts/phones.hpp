#pragma once

#include "core/call.hpp"

#include <span>
#include <unordered_map>

// The telephone numbers that people log in with, in clear, for what the platform sends to them.
namespace concentric::accounts {

// Of open accounts; those without a number are left out.
std::unordered_map<PersonId, std::string> log_in_phones_of(Call&, std::span<std::int64_t const> people);

// For statements of a module above: a condition that the person in this column has an open account with a number.
std::string has_log_in_phone(std::string_view county, std::string_view column);

} // namespace concentric::accounts
