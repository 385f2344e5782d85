#pragma once

#include "core/jobs.hpp"
#include "modules/programmes/orders.hpp"
#include "modules/programmes/payment_tables.hpp"

// Giving fees back by the way in which they came: asked, then done or failed with the other side's reason.
namespace concentric::programmes {

inline constexpr std::string_view refund_job = "training_refund";

// The newest refund of a payment.
std::optional<RefundRow> refund_of(Call&, PaymentId);
std::optional<RefundRow> refund_with(Call&, RefundId);

// An official gives a paid fee back. A transfer is done at once; WeChat Pay is asked by a job, and the order is given back when it
// has done so. 409 while one is asked.
void give_back(Call&, OrderRow const&, std::string const& reason);
// A payment for a fee that was settled before, or is not owed any more; the payer is told.
void give_back_doubled(Call&, PaymentRow const&, OrderRow const&);
// What the other side says of a refund, within a transaction; saying it again changes nothing.
void take_news(Call&, RefundId, payments::RefundNews const&);
// Asks the other side for it, or how far it is, outside any transaction. Throws payments::Away.
void advance(Call&, RefundRow const&);

void handle_refund_job(Jobs&);
Routes refund_routes();

} // namespace concentric::programmes
