#pragma once

#include "modules/programmes/enrolments.hpp"
#include "modules/programmes/payment_tables.hpp"

// What learners owe for a training class, and how it was settled: every change with who, when and why.
namespace concentric::programmes {

struct OrderView {
    OrderId id;
    std::string number;
    ClassId class_;
    std::string class_title;
    directory::PersonBrief person;
    std::string organisation;
    std::int64_t amount = 0; // fen
    OrderState state = OrderState::unpaid;
    std::string method, reference;
    Instant created_at, changed_at;
    std::optional<RefundState> refund; // asked for and not done yet, or failed
};
BOOST_DESCRIBE_STRUCT(OrderView, (),
    (id, number, class_, class_title, person, organisation, amount, state, method, reference, created_at, changed_at, refund))

struct OrderChange {
    Instant at;
    std::string by;
    OrderState state = OrderState::unpaid;
    std::string method, reference, reason;
};
BOOST_DESCRIBE_STRUCT(OrderChange, (), (at, by, state, method, reference, reason))

// How money for an order went: in, and perhaps back.
struct OrderPayment {
    std::string method, reference;
    std::int64_t amount = 0; // fen
    ChargeState state = ChargeState::unpaid;
    PaymentFault fault = PaymentFault::none;
    Instant asked_at;
    std::optional<Instant> settled_at;
    std::optional<RefundId> refund; // the newest one of this payment
    std::optional<RefundState> refund_state;
    std::string refund_failure;
};
BOOST_DESCRIBE_STRUCT(
    OrderPayment, (), (method, reference, amount, state, fault, asked_at, settled_at, refund, refund_state, refund_failure))

struct OrderDetail : OrderView {
    std::vector<OrderChange> changes; // the newest first
    std::vector<OrderPayment> payments; // the newest first
    std::vector<OrderState> next; // what the viewer may make of it
};
BOOST_DESCRIBE_STRUCT(OrderDetail, (OrderView), (changes, payments, next))

struct OrderSums {
    std::int64_t unpaid = 0, paid = 0, waived = 0, refunded = 0; // fen
};
BOOST_DESCRIBE_STRUCT(OrderSums, (), (unpaid, paid, waived, refunded))
struct OrderPage {
    std::vector<OrderView> items;
    std::optional<std::string> next;
    OrderSums sums; // of all that the viewer may see
};
BOOST_DESCRIBE_STRUCT(OrderPage, (), (items, next, sums))

struct OneOrder {
    OrderId id;
};
BOOST_DESCRIBE_STRUCT(OneOrder, (), (id))
struct ListOrders {
    ClassId id;
    std::optional<OrderState> state;
    std::optional<Text<1, 60>> q; // of the number or the learner's name
    std::optional<Text<1, 40>> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListOrders, (), (id, state, q, after, limit))
// Money that came by transfer has the bank's reference; everything else has a reason.
struct SetOrderState {
    OrderId id;
    OrderState state = OrderState::paid;
    std::optional<Text<1, 64>> reference;
    std::optional<Text<2, 200>> reason;
};
BOOST_DESCRIBE_STRUCT(SetOrderState, (), (id, state, reference, reason))
void check(SetOrderState const&, Problems&);

// The states that may follow: unpaid → paid or waived, waived → unpaid, paid → refunded.
std::vector<OrderState> states_after(OrderState);

// For those who came into the class just now.
void charge(Call&, OwnedClass const&, std::vector<NewMember> const&);
// Whether a fee was paid and not given back.
bool owes_refund(Call&, ClassId, PersonId);
void waive_unpaid(Call&, ClassId, PersonId, std::string const& reason);
// The state goes on, with its line. 409 where it cannot.
void change_state(Call&, OrderRow const&, OrderState, std::string_view method, std::string_view reference, std::string_view reason);
std::optional<OrderRow> order_with(Call&, OrderId);
// The newest order of each learner of a class.
std::unordered_map<PersonId, OrderRow> orders_of(Call&, ClassId);
std::vector<OrderView> orders_of_person(Call&, ClassId, PersonId);

// "200.00" of fen.
std::string yuan(std::int64_t fen);
Words words_of(OrderState);

Routes order_routes();

} // namespace concentric::programmes
