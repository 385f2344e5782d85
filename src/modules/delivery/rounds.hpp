#pragma once

#include "core/jobs.hpp"

// The work itself: every half minute the server looks what is due and sends it.
namespace concentric::delivery {

// A job of the installation: it must neither wait for a county's long import nor keep a code to log in with waiting, so it takes a
// few seconds and comes again.
void keep_delivering(Call&);
void handle_delivery_job(Jobs&);

// Sends some of what is due in the call's county, outside of any transaction; gives how many were dealt with.
std::int64_t deliver_some(Call&);

} // namespace concentric::delivery
