#pragma once

#include "core/jobs.hpp"
#include "core/route.hpp"

// What WeChat Pay has to say by itself, and asking it where it said nothing: payments whose message was lost, codes that ran out,
// refunds on their way.
namespace concentric::programmes {

inline constexpr std::string_view payment_check_job = "payment_check";

// At start, where WeChat Pay is set up: the job that looks every so many seconds (setting payment_check_seconds).
void keep_checking_payments(Call&);
void handle_payment_check_job(Jobs&);

Routes payment_notice_routes();

} // namespace concentric::programmes
