#pragma once

#include "modules/payments/way.hpp"
#include "modules/programmes/tables.hpp"

// The rows that tell how fees came in and went back.
namespace concentric::programmes {

using PaymentId = Id<struct TrainingPaymentTag>;
using RefundId = Id<struct TrainingRefundTag>;
using payments::by_transfer;
using payments::by_wechat;
using payments::ChargeState;
using payments::RefundState;
using payments::Scene;

// Paid, but not what was asked for: for a person to look into.
enum class PaymentFault { none, amount, currency };
BOOST_DESCRIBE_ENUM(PaymentFault, none, amount, currency)

// Why money goes back: somebody decided so, or the fee was settled when it came.
enum class RefundCause { decided, doubled };
BOOST_DESCRIBE_ENUM(RefundCause, decided, doubled)

struct PaymentRow {
    std::int64_t county = 0;
    PaymentId id;
    OrderId training_order;
    std::string method;
    std::optional<Scene> scene; // none: by transfer
    std::int64_t amount = 0; // fen
    ChargeState state = ChargeState::unpaid;
    std::string code; // for the payer's device
    std::string reference; // the bank's or WeChat's number
    std::int64_t told_amount = 0; // fen, as the other side told it
    PaymentFault fault = PaymentFault::none;
    PersonId payer;
    Instant asked_at, expires_at, settled_at, checked_at;
};
BOOST_DESCRIBE_STRUCT(PaymentRow, (),
    (county, id, training_order, method, scene, amount, state, code, reference, told_amount, fault, payer, asked_at, expires_at,
        settled_at, checked_at))

struct RefundRow {
    std::int64_t county = 0;
    RefundId id;
    PaymentId payment;
    RefundCause cause = RefundCause::decided;
    std::int64_t amount = 0; // fen
    RefundState state = RefundState::asked;
    std::string reason, reference, failure;
    bool may_recover = false; // failed, and the other side may still settle it under the same number
    PersonId asked_by;
    Instant asked_at, settled_at, checked_at;
};
BOOST_DESCRIBE_STRUCT(RefundRow, (),
    (county, id, payment, cause, amount, state, reason, reference, failure, may_recover, asked_by, asked_at, settled_at,
        checked_at))

inline Words const the_payment{"支付", "payment"};
inline Words const the_refund{"退款", "refund"};

} // namespace concentric::programmes
