#include "modules/programmes/orders.hpp"

#include "lib/pinyin.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/programmes/differences.hpp"
#include "modules/programmes/fee_payments.hpp"
#include "modules/programmes/fee_refunds.hpp"
#include "modules/programmes/receipts.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::programmes {
namespace {

// An order with names, and where its learner belongs.
struct NamedOrder : OrderRow {
    std::string class_title;
    std::optional<std::string> person_name, organisation_name, organisation_path;
    std::optional<RefundState> refund;
};
BOOST_DESCRIBE_STRUCT(NamedOrder, (OrderRow), (class_title, person_name, organisation_name, organisation_path, refund))

std::string named(std::string_view rest)
{
    return fmt::format("SELECT f.*, c.title AS class_title, {} AS person_name, o.name AS organisation_name, o.path AS "
                       "organisation_path, (SELECT r.state FROM training_payments p JOIN training_refunds r ON r.county = p.county "
                       "AND r.payment = p.id WHERE p.county = f.county AND p.training_order = f.id AND r.cause = 'decided' AND "
                       "f.state = 'paid' ORDER BY r.id DESC LIMIT 1) AS refund FROM training_orders f JOIN training_classes c ON "
                       "c.county = f.county AND c.id = "
                       "f.class {} WHERE f.county = $1 {}",
        directory::person_name_in("f.county", "f.person"), directory::joined_organisation("o", "f.county", "f.organisation"), rest);
}

OrderView view_of(NamedOrder const& row)
{
    return {row.id, row.number, row.class_, row.class_title, {row.person, row.person_name.value_or("")},
        row.organisation_name.value_or(""), row.amount, row.state, row.method, row.reference, row.created_at, row.changed_at,
        row.refund};
}

struct NamedChange {
    Instant at;
    std::optional<std::string> name;
    OrderState state = OrderState::unpaid;
    std::string method, reference, reason;
};
BOOST_DESCRIBE_STRUCT(NamedChange, (), (at, name, state, method, reference, reason))

std::vector<OrderChange> changes_of(Call& call, OrderId id)
{
    static std::string const sql = fmt::format("SELECT l.at, {} AS name, l.state, l.method, l.reference, l.reason FROM "
                                               "training_order_changes l WHERE l.county = $1 AND l.training_order = $2 ORDER BY "
                                               "l.id DESC",
        directory::person_name_in("l.county", "l.by_person"));
    std::vector<OrderChange> changes;
    for (auto& row : call.db.rows<NamedChange>(sql, call.county, id))
        changes.push_back(
            {row.at, row.name.value_or(call.say({"系统", "System"})), row.state, row.method, row.reference, row.reason});
    return changes;
}

void add_change(
    Call& call, OrderId id, OrderState state, std::string_view method, std::string_view reference, std::string_view reason)
{
    call.db.execute("INSERT INTO training_order_changes (county, id, training_order, at, by_person, state, method, reference, "
                    "reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        call.county, new_id(), id, call.now, call.viewer.person, state, method, reference, reason);
}

// Numbers go on within a year without a gap; whoever takes one holds the series until the transaction ends.
std::int64_t last_number(Call& call, int year)
{
    call.db.hold({call.county ^ 0x666565});
    auto const last = call.db.value<std::string>(
        "SELECT max(number) AS value FROM training_orders WHERE county = $1 AND number >= $2 AND number < $3", call.county,
        fmt::format("{}-", year), fmt::format("{}-", year + 1));
    return last ? std::stoll(last->substr(5)) : 0;
}

// An order of a class that the viewer runs or sends people to, of somebody within reach; or the viewer's own.
NamedOrder visible_order(Call& call, OrderId id)
{
    static std::string const sql = named("AND f.id = $2");
    auto row = call.db.row<NamedOrder>(sql, call.county, id);
    bool const is_own = row && row->person == call.viewer.person;
    bool const is_reached
        = row && call.viewer.may(Permission::manage_courses) && call.viewer.reaches(row->organisation_path.value_or(""));
    if (!is_own && !is_reached)
        throw not_found(the_order);
    call.audit_subject = fmt::format("training_order:{}", id.value);
    return std::move(*row);
}

bool may_settle(Call& call, NamedOrder const& row)
{
    auto const class_ = class_with(call, row.class_);
    return class_ && may_manage(call, *class_);
}

std::vector<OrderPayment> order_payments(Call& call, OrderId id)
{
    std::vector<OrderPayment> payments;
    for (auto const& row : payments_of(call, id)) {
        OrderPayment one{row.method, row.reference, row.amount, row.state, row.fault, row.asked_at, {}, {}, {}, {}};
        if (row.settled_at.milliseconds)
            one.settled_at = row.settled_at;
        if (auto const refund = refund_of(call, row.id)) {
            one.refund = refund->id;
            one.refund_state = refund->state;
            one.refund_failure = refund->failure;
        }
        payments.push_back(std::move(one));
    }
    return payments;
}

OrderDetail detail_of(Call& call, NamedOrder const& row)
{
    OrderDetail detail;
    static_cast<OrderView&>(detail) = view_of(row);
    detail.changes = changes_of(call, row.id);
    detail.payments = order_payments(call, row.id);
    if (may_settle(call, row) && !row.refund)
        detail.next = states_after(row.state);
    return detail;
}

OrderDetail show_order(Call& call, OneOrder const& input) { return detail_of(call, visible_order(call, input.id)); }

OrderDetail set_order_state(Call& call, SetOrderState const& input)
{
    auto const row = visible_order(call, input.id);
    if (!may_settle(call, row))
        throw forbidden();
    if (input.state == OrderState::paid)
        confirm_transfer(call, row, *input.reference);
    else if (input.state == OrderState::refunded)
        give_back(call, row, *input.reason);
    else
        change_state(call, row, input.state, row.method, row.reference, *input.reason);
    return show_order(call, {input.id});
}

struct SumRow {
    OrderState state = OrderState::unpaid;
    std::int64_t amount = 0;
};
BOOST_DESCRIBE_STRUCT(SumRow, (), (state, amount))

OrderSums sums_of(Call& call, ClassId id)
{
    static std::string const sql = "SELECT f.state, CAST(SUM(f.amount) AS BIGINT) AS amount FROM training_orders f "
        + directory::joined_organisation("o", "f.county", "f.organisation")
        + " WHERE f.county = $1 AND f.class = $2 AND o.path >= $3 AND o.path < $4 GROUP BY f.state";
    OrderSums sums;
    for (auto const& row : call.db.rows<SumRow>(sql, call.county, id, call.viewer.path, call.viewer.path_end()))
        switch (row.state) {
        case OrderState::unpaid: sums.unpaid = row.amount; break;
        case OrderState::paid: sums.paid = row.amount; break;
        case OrderState::waived: sums.waived = row.amount; break;
        case OrderState::refunded: sums.refunded = row.amount; break;
        }
    return sums;
}

OrderPage list_orders(Call& call, ListOrders const& input)
{
    static std::string const sql
        = named("AND f.class = $2 AND o.path >= $3 AND o.path < $4 AND (f.state = $5 OR $5 = '') AND (f.id "
                "< $6 OR $6 = 0) ORDER BY f.id DESC");
    auto const class_ = visible_class(call, input.id);
    auto const limit = input.limit.value_or(Limit{50});
    auto const wanted = input.q ? lib::search_fold(*input.q) : "";
    OrderPage page;
    for (auto const& row : call.db.rows<NamedOrder>(sql, call.county, class_.id, call.viewer.path, call.viewer.path_end(),
             input.state ? name_of(*input.state) : "", directory::after_id(input.after))) {
        if (!wanted.empty() && lib::search_key(row.person_name.value_or("")).find(wanted) == std::string::npos
            && row.number.find(wanted) == std::string::npos)
            continue;
        if (static_cast<std::int64_t>(page.items.size()) == limit) {
            page.next = std::to_string(page.items.back().id.value);
            break;
        }
        page.items.push_back(view_of(row));
    }
    page.sums = sums_of(call, class_.id);
    return page;
}

Download order_receipt(Call& call, OneOrder const& input)
{
    auto const row = visible_order(call, input.id);
    if (row.state != OrderState::paid)
        throw conflict({"缴费后才有收据。", "There is a receipt once the fee is paid."});
    auto const class_ = class_with(call, row.class_).value();
    return receipt(call, class_.owner_name, view_of(row));
}

Download statement_sheet(Call& call, OneClass const& input)
{
    static std::string const sql = named("AND f.class = $2 AND o.path >= $3 AND o.path < $4 ORDER BY o.path, f.number");
    auto const class_ = visible_class(call, input.id);
    std::vector<OrderView> orders;
    for (auto const& row : call.db.rows<NamedOrder>(sql, call.county, class_.id, call.viewer.path, call.viewer.path_end()))
        orders.push_back(view_of(row));
    return statement(
        call, class_.title, orders, may_manage(call, class_) ? differences_of(call, class_.id) : std::vector<Difference>());
}

} // namespace

void check(SetOrderState const& input, Problems& problems)
{
    if (input.state == OrderState::paid && !input.reference)
        problems.push_back({"/reference", "required", {"请填写银行回单号。", "The bank's reference is missing."}});
    if (input.state != OrderState::paid && !input.reason)
        problems.push_back({"/reason", "required", {"请写明原因。", "Say why."}});
}

std::vector<OrderState> states_after(OrderState state)
{
    switch (state) {
    case OrderState::unpaid: return {OrderState::paid, OrderState::waived};
    case OrderState::paid: return {OrderState::refunded};
    case OrderState::waived: return {OrderState::unpaid};
    case OrderState::refunded: break;
    }
    return {};
}

void charge(Call& call, OwnedClass const& class_, std::vector<NewMember> const& members)
{
    auto const year = call.today().year();
    auto number = last_number(call, year);
    for (auto const& member : members) {
        OrderRow const row{call.county, new_id_of<OrderId>(), fmt::format("{}-{:06}", year, ++number), class_.id, member.person,
            member.organisation, class_.price, OrderState::unpaid, "", "", call.now, call.now};
        call.db.insert("training_orders", row);
        add_change(call, row.id, OrderState::unpaid, "", "", call.say({"报名", "Enrolled"}));
    }
}

bool owes_refund(Call& call, ClassId id, PersonId person)
{
    return call.db
        .value<bool>(
            "SELECT TRUE AS value FROM training_orders WHERE county = $1 AND class = $2 AND person = $3 AND state = 'paid' "
            "LIMIT 1",
            call.county, id, person)
        .value_or(false);
}

void waive_unpaid(Call& call, ClassId id, PersonId person, std::string const& reason)
{
    for (auto const& row : call.db.rows<OrderRow>(
             "SELECT * FROM training_orders WHERE county = $1 AND class = $2 AND person = $3 AND state = 'unpaid'", call.county, id,
             person))
        change_state(call, row, OrderState::waived, "", "", reason);
}

void change_state(
    Call& call, OrderRow const& row, OrderState state, std::string_view method, std::string_view reference, std::string_view reason)
{
    auto const next = states_after(row.state);
    if (std::ranges::find(next, state) == next.end())
        throw conflict({"订单现在不能改成这个状态。", "The order cannot go into this state now."});
    // Compared with what was read: of two who change it at the same moment, the second one hears so.
    auto const changed = call.db.execute(
        "UPDATE training_orders SET state = $3, method = $4, reference = $5, changed_at = $6 WHERE county = $1 AND id = $2 AND "
        "state = $7",
        call.county, row.id, state, method, reference, call.now, row.state);
    if (changed == 0)
        throw conflict({"订单刚被改动，请刷新。", "The order was changed meanwhile; look again."});
    add_change(call, row.id, state, method, reference, reason);
}

std::optional<OrderRow> order_with(Call& call, OrderId id)
{
    return call.db.row<OrderRow>("SELECT * FROM training_orders WHERE county = $1 AND id = $2", call.county, id);
}

std::unordered_map<PersonId, OrderRow> orders_of(Call& call, ClassId id)
{
    std::unordered_map<PersonId, OrderRow> newest;
    for (auto& row :
        call.db.rows<OrderRow>("SELECT * FROM training_orders WHERE county = $1 AND class = $2 ORDER BY id", call.county, id))
        newest.insert_or_assign(row.person, std::move(row));
    return newest;
}

std::vector<OrderView> orders_of_person(Call& call, ClassId id, PersonId person)
{
    static std::string const sql = named("AND f.class = $2 AND f.person = $3 ORDER BY f.id DESC");
    std::vector<OrderView> orders;
    for (auto const& row : call.db.rows<NamedOrder>(sql, call.county, id, person))
        orders.push_back(view_of(row));
    return orders;
}

std::string yuan(std::int64_t fen) { return fmt::format("{}.{:02}", fen / 100, fen % 100); }

Words words_of(OrderState state)
{
    switch (state) {
    case OrderState::unpaid: return {"未缴", "unpaid"};
    case OrderState::paid: return {"已缴", "paid"};
    case OrderState::waived: return {"免缴", "waived"};
    case OrderState::refunded: return {"已退", "refunded"};
    }
    return {};
}

Routes order_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/training-classes/{id}/orders", manage_courses, "training_order_list",
            "Fees of a training class, the newest first", list_orders),
        route(Verb::get, "/api/training-classes/{id}/orders.xlsx", manage_courses, "training_order_sheet",
            "Statement of a training class's fees by organisation, as a sheet", statement_sheet),
        route(Verb::get, "/api/training-orders/{id}", signed_in, "training_order_show", "A fee with all that became of it",
            show_order),
        route(Verb::put, "/api/training-orders/{id}/state", manage_courses, "training_order_settle",
            "Confirms a transfer, waives a fee or gives it back", set_order_state),
        route(Verb::get, "/api/training-orders/{id}/receipt.pdf", signed_in, "training_receipt_download",
            "The receipt of a paid fee", order_receipt),
    };
}

} // namespace concentric::programmes
