#include "modules/programmes/differences.hpp"

#include "modules/directory/lookup.hpp"

#include <fmt/format.h>

namespace concentric::programmes {
namespace {

constexpr std::int64_t three_days = 72 * milliseconds::hour;

struct DifferenceList {
    std::vector<Difference> items;
};
BOOST_DESCRIBE_STRUCT(DifferenceList, (), (items))
// A payment with its order and its newest refund.
struct Suspect : PaymentRow {
    std::string number;
    std::optional<std::string> person_name;
    std::optional<RefundId> refund;
    std::optional<RefundCause> refund_cause;
    std::optional<RefundState> refund_state;
    std::optional<std::string> failure;
    std::optional<Instant> refund_at;
};
BOOST_DESCRIBE_STRUCT(Suspect, (PaymentRow), (number, person_name, refund, refund_cause, refund_state, failure, refund_at))

DifferenceKind difference_kind(Suspect const& row)
{
    if (row.fault != PaymentFault::none)
        return DifferenceKind::wrong_amount;
    if (row.state == ChargeState::unpaid)
        return DifferenceKind::unanswered;
    if (row.refund_state == RefundState::failed)
        return DifferenceKind::refund_failed;
    return row.refund_cause == RefundCause::doubled ? DifferenceKind::doubled : DifferenceKind::refund_late;
}

Difference difference_of(Suspect const& row)
{
    auto const kind = difference_kind(row);
    auto const since = row.refund_at ? *row.refund_at : row.settled_at.milliseconds ? row.settled_at : row.asked_at;
    Difference one{kind, row.training_order, row.number, {row.payer, row.person_name.value_or("")}, row.method, row.reference,
        row.amount, row.told_amount, since, {}, row.failure.value_or("")};
    if (kind == DifferenceKind::refund_failed)
        one.refund = row.refund;
    return one;
}

DifferenceList list_differences(Call& call, OneClass const& input)
{
    return {differences_of(call, managed_class(call, input.id).id)};
}

} // namespace

std::vector<Difference> differences_of(Call& call, ClassId id)
{
    static std::string const sql = fmt::format(
        "SELECT p.*, f.number, {} AS person_name, r.id AS refund, r.cause AS refund_cause, r.state AS refund_state, r.failure, "
        "r.asked_at AS refund_at FROM training_orders f JOIN training_payments p ON p.county = f.county AND p.training_order = "
        "f.id "
        "LEFT JOIN training_refunds r ON r.county = p.county AND r.id = (SELECT MAX(n.id) FROM training_refunds n WHERE n.county = "
        "p.county AND n.payment = p.id) WHERE f.county = $1 AND f.class = $2 AND (p.fault <> 'none' OR (p.state = 'unpaid' AND "
        "p.expires_at < $3) OR r.state = 'failed' OR (r.state = 'asked' AND (r.cause = 'doubled' OR r.asked_at < $4))) ORDER BY "
        "p.id DESC",
        directory::person_name_in("p.county", "p.payer"));
    std::vector<Difference> differences;
    for (auto const& row :
        call.db.rows<Suspect>(sql, call.county, id, call.now.milliseconds - milliseconds::hour, call.now.milliseconds - three_days))
        differences.push_back(difference_of(row));
    return differences;
}

Words words_of(DifferenceKind kind)
{
    switch (kind) {
    case DifferenceKind::wrong_amount: return {"金额不符", "another amount"};
    case DifferenceKind::doubled: return {"重复缴费，退款中", "paid twice, on its way back"};
    case DifferenceKind::refund_failed: return {"退款未成功", "the refund failed"};
    case DifferenceKind::refund_late: return {"退款超过三天未到", "the refund takes over three days"};
    case DifferenceKind::unanswered: return {"支付结果不明", "no answer whether it was paid"};
    }
    return {};
}

Routes difference_routes()
{
    return {
        route(Verb::get, "/api/training-classes/{id}/payment-differences", Permission::manage_courses, "payment_difference_list",
            "Where money and fees of a training class do not agree", list_differences),
    };
}

} // namespace concentric::programmes
