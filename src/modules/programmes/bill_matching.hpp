#pragma once

#include "modules/payments/wechat_bill.hpp"

#include <optional>
#include <set>
#include <span>

// Where what WeChat Pay billed and what is kept here do not agree: the rule, without a database.
namespace concentric::programmes {

using payments::BillKind;

enum class BillFault {
    missing_here, // billed, and unknown here
    missing_there, // settled here, and in no bill of the days on which it can have happened
    amount_differs,
    state_differs, // billed as settled, and not so here
};
BOOST_DESCRIBE_ENUM(BillFault, missing_here, missing_there, amount_differs, state_differs)

struct Billed {
    Day day;
    payments::BillLine line;
};

// A payment or refund by WeChat Pay as it stands here.
struct Kept {
    BillKind kind = BillKind::payment;
    std::string number;
    std::int64_t amount = 0; // fen
    bool is_settled = false;
    Day from, to; // the days on which it was asked for and settled here; WeChat Pay settled it on one of these or between
};

struct Mismatch {
    BillFault fault = BillFault::missing_here;
    BillKind kind = BillKind::payment;
    std::string number;
    Day day; // of the bill; for what is missing there, on which it was settled here
    std::optional<std::int64_t> billed, kept; // fen
};

// What is billed is found by its number, on whatever day: a refund may end days after it was asked for. `days` are those whose bill
// is there. In the order of days.
std::vector<Mismatch> mismatches(std::span<Billed const>, std::span<Kept const>, std::set<Day> const& days);

} // namespace concentric::programmes
