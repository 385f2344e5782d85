#pragma once

#include "core/jobs.hpp"

// Pictures that nobody is to see again go for good, each night.
namespace concentric::feed {

// Days that a picture stays that was taken down, or whose consent was withdrawn, in case that was a mistake. Source: 个人信息保护法
// art. 47 (what lacks its consent is erased).
inline constexpr std::int64_t days_before_erasure = 30;

// What a night's look does in one county: erases loose pictures of yesterday and before, and those whose days are over; begins the
// days of pictures that somebody's consent is missing for, and ends them where it came back. What is reported stays until somebody
// answered it.
void clear_pictures(Call&);

// Queues the next night's look at every county.
void keep_clearing(Call&);
void handle_clearing_jobs(Jobs&);

} // namespace concentric::feed
