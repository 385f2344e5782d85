#pragma once

#include "modules/demo/county.hpp"

// What happened in the demo county was done by its people, on days before today, through the functions that the pages call.
namespace concentric::demo {

// Whoever logs in under this name.
PersonId person_of(Call& call, std::string_view user_name);

// An hour of the day that is so many days from today; negative: before it.
Instant moment_of(County const& county, std::int64_t days, std::int64_t hour);

// The call of a person with what their posts allow. Nobody hears of what happens but those who subscribed to `events`.
Call acting(Call const& call, Events const& events, PersonId person, Instant now);

} // namespace concentric::demo
