#pragma once

#include "core/call.hpp"

#include <unordered_map>

// The number under which other platforms know one of our people (学习编号): drawn at random, it tells nothing about whose it is.
namespace concentric::xapi {

// At start: where the platform stands on the web, which is the home page of our accounts and the beginning of our activities.
void configure_address(std::string public_url);
std::string const& home_page();

// The numbers of these people; who had none is given one. Whoever was merged into another record has that one's.
std::unordered_map<std::int64_t, std::string> numbers_of(Call&, std::vector<std::int64_t> people);
// Whose number it is; none for one that was never given.
PersonId person_with_number(Call&, std::string_view number);

} // namespace concentric::xapi
