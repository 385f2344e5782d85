#pragma once

#include "core/call.hpp"

#include <span>
#include <unordered_map>

// Who people are in WeCom: found by the telephone number, for staff only, and remembered.
namespace concentric::delivery {

// The names of those of these people who are known there. Asks WeCom for staff who were not looked for within a month, with their
// numbers: outside of any transaction.
std::unordered_map<PersonId, std::string> wecom_users_of(
    Call&, std::span<std::int64_t const> people, std::unordered_map<PersonId, std::string> const& phones);
// The same of what is known, without asking.
std::unordered_map<PersonId, std::string> known_wecom_users(Call&, std::span<std::int64_t const> people);
// WeCom said that it does not know them any more.
void forget_wecom_users(Call&, std::span<std::int64_t const> people);

// Asks WeCom: the name, "" when nobody there has this number, nothing when it could not be asked.
std::optional<std::string> ask_for_wecom_user(std::string const& phone);

} // namespace concentric::delivery
