#include "modules/programmes/bill_differences.hpp"

#include "lib/workbook.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/programmes/fee_payments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace concentric::programmes {
namespace {

constexpr std::int64_t usual_days = 30, most_days = 366;
Words const the_difference{"差异", "difference"};

// A payment or refund by WeChat Pay with the fee that it is of.
struct OwnRow {
    BillKind kind = BillKind::payment;
    std::int64_t id = 0, amount = 0;
    bool is_settled = false;
    Instant asked_at, settled_at;
    OrderId training_order;
    std::string order_number, class_title;
    std::optional<std::string> person;
};
BOOST_DESCRIBE_STRUCT(
    OwnRow, (), (kind, id, amount, is_settled, asked_at, settled_at, training_order, order_number, class_title, person))

std::string own_payments(std::string_view condition)
{
    return fmt::format(
        "SELECT 'payment' AS kind, p.id, p.amount, p.state = 'paid' AS is_settled, p.asked_at, p.settled_at, f.id AS "
        "training_order, f.number AS order_number, c.title AS class_title, {} AS person FROM training_payments p "
        "JOIN training_orders f ON f.county = p.county AND f.id = p.training_order JOIN training_classes c ON "
        "c.county = f.county AND c.id = f.class WHERE p.county = $1 AND p.method = 'wechat' AND {}",
        directory::person_name_in("f.county", "f.person"), condition);
}

std::string own_refunds(std::string_view condition)
{
    return fmt::format("SELECT 'refund' AS kind, r.id, r.amount, r.state = 'done' AS is_settled, r.asked_at, r.settled_at, f.id AS "
                       "training_order, f.number AS order_number, c.title AS class_title, {} AS person FROM training_refunds r "
                       "JOIN training_payments p ON p.county = r.county AND p.id = r.payment JOIN training_orders f ON f.county = "
                       "p.county AND f.id = p.training_order JOIN training_classes c ON c.county = f.county AND c.id = f.class "
                       "WHERE r.county = $1 AND p.method = 'wechat' AND {}",
        directory::person_name_in("f.county", "f.person"), condition);
}

struct MarkOfMember {
    BillKind kind = BillKind::payment;
    std::string number, note;
    std::optional<std::string> person;
    Instant marked_at;
};
BOOST_DESCRIBE_STRUCT(MarkOfMember, (), (kind, number, note, person, marked_at))

using Key = std::pair<BillKind, std::string>;

struct Window {
    Day from, to;
};

Window window_of(Call const& call, FindBillDifferences const& input)
{
    auto const to = input.to.value_or(call.today());
    return {input.from.value_or(plus_days(to, -usual_days)), to};
}

// What the bills name, and what was settled here within the window.
class Matching {
public:
    Matching(Call& call, Window window) : call_(call), window_(window)
    {
        add_settled();
        load_billed();
        add_named();
    }

    std::vector<BillDifference> run()
    {
        std::vector<Kept> kept;
        for (auto const& [key, row] : own_)
            kept.push_back({key.first, key.second, row.amount, row.is_settled, day_at(row.asked_at),
                row.is_settled ? day_at(row.settled_at) : Day{}});
        auto const marks = marks_by_key();
        std::vector<BillDifference> found;
        for (auto const& one : mismatches(billed_, kept, days()))
            if (window_.from <= one.day && one.day <= window_.to)
                found.push_back(shown(one, marks));
        std::ranges::reverse(found);
        return found;
    }

private:
    void add(std::vector<OwnRow> rows)
    {
        for (auto& row : rows)
            own_.emplace(Key{row.kind, outer_number(call_.county, row.id)}, std::move(row));
    }

    void add_settled()
    {
        auto const from = start_of(window_.from), to = start_of(plus_days(window_.to, 1));
        static auto const payments = own_payments("p.state = 'paid' AND p.settled_at >= $2 AND p.settled_at < $3");
        static auto const refunds = own_refunds("r.state = 'done' AND r.settled_at >= $2 AND r.settled_at < $3");
        add(call_.db.rows<OwnRow>(payments, call_.county, from, to));
        add(call_.db.rows<OwnRow>(refunds, call_.county, from, to));
    }

    // From the day on which the earliest of them was asked for: its bill may lie before the window.
    void load_billed()
    {
        first_ = window_.from;
        for (auto const& [key, row] : own_)
            first_ = std::min(first_, day_at(row.asked_at));
        for (auto const& row : call_.db.rows<BillLineRow>("SELECT * FROM payment_bill_lines WHERE county = $1 AND day >= $2 AND "
                                                          "day <= $3 ORDER BY day",
                 call_.county, first_, window_.to))
            billed_.push_back({row.day, {row.kind, row.number, row.reference, row.amount, row.is_settled}});
    }

    void add_named()
    {
        std::vector<std::int64_t> payments, refunds;
        for (auto const& one : billed_)
            if (auto const number = outer_number_in(one.line.number); number && number->county == call_.county)
                (one.line.kind == BillKind::payment ? payments : refunds).push_back(number->id);
        static auto const named_payments = own_payments("p.id ANY_OF($2)");
        static auto const named_refunds = own_refunds("r.id ANY_OF($2)");
        add(call_.db.rows<OwnRow>(named_payments, call_.county, db::IntegerList{payments}));
        add(call_.db.rows<OwnRow>(named_refunds, call_.county, db::IntegerList{refunds}));
    }

    std::set<Day> days()
    {
        auto const all
            = call_.db.values<Day>("SELECT day AS value FROM payment_bills WHERE county = $1 AND day >= $2", call_.county, first_);
        return {all.begin(), all.end()};
    }

    std::map<Key, BillMark> marks_by_key()
    {
        std::map<Key, BillMark> marks;
        static auto const sql = fmt::format(
            "SELECT m.kind, m.number, m.note, {} AS person, m.marked_at FROM payment_bill_marks m WHERE m.county = $1",
            directory::person_name_in("m.county", "m.marked_by"));
        for (auto& row : call_.db.rows<MarkOfMember>(sql, call_.county))
            marks.emplace(
                Key{row.kind, std::move(row.number)}, BillMark{std::move(row.note), row.person.value_or(""), row.marked_at});
        return marks;
    }

    BillDifference shown(Mismatch const& one, std::map<Key, BillMark> const& marks)
    {
        BillDifference difference{one.fault, one.kind, one.day, one.number, one.billed, one.kept, {}, {}, {}, {}, {}};
        if (auto const own = own_.find({one.kind, one.number}); own != own_.end()) {
            difference.order = own->second.training_order;
            difference.order_number = own->second.order_number;
            difference.person = own->second.person;
            difference.class_title = own->second.class_title;
        }
        if (auto const mark = marks.find({one.kind, one.number}); mark != marks.end())
            difference.mark = mark->second;
        return difference;
    }

    Call& call_;
    Window window_;
    Day first_;
    std::map<Key, OwnRow> own_;
    std::vector<Billed> billed_;
};

bool is_known(Call& call, BillKind kind, std::string_view number)
{
    if (call.db.value<bool>("SELECT TRUE AS value FROM payment_bill_lines WHERE county = $1 AND kind = $2 AND number = $3 LIMIT 1",
            call.county, kind, number))
        return true;
    auto const own = outer_number_in(number);
    auto const* const statement = kind == BillKind::payment
        ? "SELECT TRUE AS value FROM training_payments WHERE county = $1 AND id = $2 AND method = 'wechat'"
        : "SELECT TRUE AS value FROM training_refunds WHERE county = $1 AND id = $2";
    return own && own->county == call.county && call.db.value<bool>(statement, call.county, own->id);
}

Words words_of(BillFault fault)
{
    switch (fault) {
    case BillFault::missing_here: return {"平台没有这笔", "not known here"};
    case BillFault::missing_there: return {"微信账单没有这笔", "not in WeChat Pay's bill"};
    case BillFault::amount_differs: return {"金额不符", "another amount"};
    case BillFault::state_differs: return {"状态不符", "another state"};
    }
    return {};
}

lib::Value yuan(std::optional<std::int64_t> fen)
{
    return fen ? lib::Value(static_cast<double>(*fen) / 100) : lib::Value(std::string());
}

Download bill_difference_sheet(Call& call, FindBillDifferences const& input)
{
    auto const differences = list_bill_differences(call, input);
    std::vector<std::string> headings;
    for (auto const& words :
        {Words{"账单日", "Day of the bill"}, Words{"差异", "Difference"}, Words{"类型", "Kind"}, Words{"商户单号", "Number"},
            Words{"微信金额（元）", "Billed (yuan)"}, Words{"平台金额（元）", "Here (yuan)"}, Words{"缴费编号", "Fee"},
            Words{"姓名", "Name"}, Words{"培训班", "Training class"}, Words{"处理说明", "Note"}, Words{"处理人", "Looked into by"}})
        headings.push_back(call.say(words));
    lib::WorkbookWriter book;
    book.add_sheet(call.say({"微信对账差异", "Differences"}), headings);
    for (auto const& one : differences.items)
        book.add_row({text_of(one.day), call.say(words_of(one.fault)),
            call.say(one.kind == BillKind::payment ? Words{"支付", "payment"} : Words{"退款", "refund"}), one.number,
            yuan(one.billed), yuan(one.kept), one.order_number.value_or(""), one.person.value_or(""), one.class_title.value_or(""),
            one.mark ? one.mark->note : "", one.mark ? one.mark->by : ""});
    return {book.finish(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        call.say({"微信支付对账差异.xlsx", "WeChat Pay differences.xlsx"})};
}

} // namespace

void check(FindBillDifferences const& input, Problems& problems)
{
    if (input.from && input.to && (*input.to < *input.from || plus_days(*input.from, most_days) < *input.to))
        problems.push_back({"to", "range", {"请选择不超过一年的日期范围。", "Choose days within one year."}});
}

BillDifferences list_bill_differences(Call& call, FindBillDifferences const& input)
{
    require_treasury(call);
    BillDifferences differences{Matching(call, window_of(call, input)).run()};
    if (input.open.value_or(false))
        std::erase_if(differences.items, [](auto const& one) { return one.mark.has_value(); });
    return differences;
}

Nothing mark_bill_difference(Call& call, MarkBillDifference const& input)
{
    require_treasury(call);
    if (!is_known(call, input.kind, input.number))
        throw not_found(the_difference);
    call.audit_subject = fmt::format("payment_difference:{}", std::string(input.number));
    call.db.execute("INSERT INTO payment_bill_marks (county, kind, number, note, marked_by, marked_at) VALUES ($1, $2, $3, $4, $5, "
                    "$6) ON CONFLICT (county, kind, number) DO UPDATE SET note = $4, marked_by = $5, marked_at = $6",
        call.county, input.kind, input.number, input.note, call.viewer.person, call.now);
    return {};
}

Nothing unmark_bill_difference(Call& call, OneBillDifference const& input)
{
    require_treasury(call);
    call.audit_subject = fmt::format("payment_difference:{}", std::string(input.number));
    call.db.execute(
        "DELETE FROM payment_bill_marks WHERE county = $1 AND kind = $2 AND number = $3", call.county, input.kind, input.number);
    return {};
}

Routes bill_difference_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/payment-differences", manage_courses, "bill_difference_list",
            "Where WeChat Pay's bills and the county's fees do not agree", list_bill_differences)
            .as_personal_file(),
        route(Verb::get, "/api/payment-differences.xlsx", manage_courses, "bill_difference_sheet", "The same as a sheet",
            bill_difference_sheet)
            .as_personal_file(),
        route(Verb::put, "/api/payment-differences/{kind}/{number}/mark", manage_courses, "bill_difference_mark",
            "Notes that somebody looked into a difference", mark_bill_difference),
        route(Verb::del, "/api/payment-differences/{kind}/{number}/mark", manage_courses, "bill_difference_unmark",
            "Takes that note back", unmark_bill_difference),
    };
}

} // namespace concentric::programmes
