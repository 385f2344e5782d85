#pragma once

#include "modules/payments/wechat_pay.hpp"
#include "modules/programmes/orders.hpp"
#include "modules/programmes/payment_tables.hpp"

// Paying a fee: a learner by WeChat Pay, or an official who saw a transfer on the bank's statement.
namespace concentric::programmes {

// What WeChat Pay knows a payment or a refund by: "510164-1234567890".
std::string outer_number(std::int64_t county, std::int64_t id);
struct OuterNumber {
    std::int64_t county = 0, id = 0;
};
std::optional<OuterNumber> outer_number_in(std::string_view text);

// Where a learner may pay an order by themselves at present; empty where only a transfer remains.
std::vector<Scene> scenes_for(Call&, PersonId);

// The newest first.
std::vector<PaymentRow> payments_of(Call&, OrderId);
std::optional<PaymentRow> payment_with(Call&, PaymentId);

// An official saw the money. 409 unless the order is unpaid.
void confirm_transfer(Call&, OrderRow const&, std::string const& reference);
// What the other side says of a payment, within a transaction; saying it again changes nothing. Money for a fee that is settled or
// not owed any more goes back by itself, and the payer is told.
void take_news(Call&, PaymentId, payments::ChargeNews const&);

Routes payment_routes();

} // namespace concentric::programmes
