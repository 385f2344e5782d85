#pragma once

#include "core/call.hpp"

// The log-ins of the days before, so that the page of one's own account has something to show.
namespace concentric::demo {

// For every account that there is: an office computer and a phone, one wrong password, and a device that its owner had not seen
// before. Whoever has no post, a parent, comes by WeChat.
void add_past_log_ins(Call& call);

} // namespace concentric::demo
