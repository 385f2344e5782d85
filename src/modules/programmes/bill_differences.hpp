#pragma once

#include "modules/programmes/bill_matching.hpp"
#include "modules/programmes/bills.hpp"
#include "modules/programmes/payment_tables.hpp"

// Where the bills of WeChat Pay and the fees of the county do not agree, and what people noted who looked into it (对账差异).
namespace concentric::programmes {

struct BillMark {
    std::string note, by;
    Instant at;
};
BOOST_DESCRIBE_STRUCT(BillMark, (), (note, by, at))

struct BillDifference {
    BillFault fault = BillFault::missing_here;
    BillKind kind = BillKind::payment;
    Day day;
    std::string number;
    std::optional<std::int64_t> billed, kept; // fen
    std::optional<OrderId> order; // of the fee, where it is known here
    std::optional<std::string> order_number, person, class_title;
    std::optional<BillMark> mark; // somebody looked into it
};
BOOST_DESCRIBE_STRUCT(BillDifference, (), (fault, kind, day, number, billed, kept, order, order_number, person, class_title, mark))

struct FindBillDifferences {
    std::optional<Day> from, to; // left out: the last thirty days
    std::optional<bool> open; // only those that nobody looked into
};
BOOST_DESCRIBE_STRUCT(FindBillDifferences, (), (from, to, open))
// At most a year.
void check(FindBillDifferences const&, Problems&);
struct BillDifferences {
    std::vector<BillDifference> items; // the newest day first
};
BOOST_DESCRIBE_STRUCT(BillDifferences, (), (items))

struct MarkBillDifference {
    BillKind kind = BillKind::payment;
    Text<1, 60> number;
    Text<2, 500> note;
};
BOOST_DESCRIBE_STRUCT(MarkBillDifference, (), (kind, number, note))
struct OneBillDifference {
    BillKind kind = BillKind::payment;
    Text<1, 60> number;
};
BOOST_DESCRIBE_STRUCT(OneBillDifference, (), (kind, number))

BillDifferences list_bill_differences(Call&, FindBillDifferences const&);
// 404 for a number that is neither billed nor paid by WeChat here. Marking again replaces the note.
Nothing mark_bill_difference(Call&, MarkBillDifference const&);
Nothing unmark_bill_difference(Call&, OneBillDifference const&);

Routes bill_difference_routes();

} // namespace concentric::programmes
