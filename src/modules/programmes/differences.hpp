#pragma once

#include "modules/programmes/classes.hpp"
#include "modules/programmes/payment_tables.hpp"

// Where the money of a training class and its fees do not agree, for an official to look into (对账差异).
namespace concentric::programmes {

enum class DifferenceKind {
    wrong_amount, // WeChat Pay tells another amount or currency than was asked for
    doubled, // paid for a fee that was settled; on its way back
    refund_failed,
    refund_late, // asked for three days ago and longer
    unanswered, // a code ran out an hour ago, and nobody knows whether it was paid
};
BOOST_DESCRIBE_ENUM(DifferenceKind, wrong_amount, doubled, refund_failed, refund_late, unanswered)

struct Difference {
    DifferenceKind kind = DifferenceKind::wrong_amount;
    OrderId order;
    std::string number; // of the order
    directory::PersonBrief person;
    std::string method, reference;
    std::int64_t amount = 0, told_amount = 0; // fen
    Instant since;
    std::optional<RefundId> refund;
    std::string failure; // of the refund
};
BOOST_DESCRIBE_STRUCT(Difference, (), (kind, order, number, person, method, reference, amount, told_amount, since, refund, failure))

// Of a whole class, the newest first.
std::vector<Difference> differences_of(Call&, ClassId);
Words words_of(DifferenceKind);

Routes difference_routes();

} // namespace concentric::programmes
