#include "modules/programmes/bills.hpp"

#include "core/crypto.hpp"
#include "core/recurring.hpp"
#include "modules/payments/payments.hpp"
#include "modules/programmes/fee_payments.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <map>

namespace concentric::programmes {
namespace {

constexpr std::int64_t made_after
    = 10 * milliseconds::hour + milliseconds::hour / 2; // of the next day, China time; WeChat Pay says ten o'clock
constexpr std::int64_t oldest_days = 90; // WeChat Pay keeps bills for three months
constexpr std::int64_t fetched_days = 7; // looked after by itself, so that a week without a connection leaves no gap

struct BillOfDay {
    Day day;
    Instant fetched_at;
    std::int64_t payments = 0, refunds = 0;
    std::int64_t paid = 0, refunded = 0; // fen; of refunds those that came to their end
};
BOOST_DESCRIBE_STRUCT(BillOfDay, (), (day, fetched_at, payments, refunds, paid, refunded))
struct Bills {
    bool is_on = false; // whether this installation has WeChat Pay
    bool is_countys = false; // whether the viewer's post reaches the whole county, whose bills they are
    std::optional<Day> first, last; // the days whose bill can be fetched
    std::vector<BillOfDay> items; // the newest first
};
BOOST_DESCRIBE_STRUCT(Bills, (), (is_on, is_countys, first, last, items))
struct FetchBill {
    Day day;
};
BOOST_DESCRIBE_STRUCT(FetchBill, (), (day))

bool is_countys(Call const& call) { return std::ranges::count(call.viewer.path, '/') == 2; }

Day newest_made(Instant now) { return plus_days(day_at({now.milliseconds - made_after}), -1); }

std::vector<std::int64_t> counties(Call& call)
{
    return call.db.values<std::int64_t>("SELECT county AS value FROM counties WHERE county > 0 ORDER BY county");
}

bool is_there(Call& call, Day day)
{
    return call.db.value<bool>("SELECT TRUE AS value FROM payment_bills WHERE county = $1 AND day = $2", call.county, day)
        .has_value();
}

// Whose a line is, by its number; 0 for nobody's.
std::int64_t owner_of(payments::BillLine const& line, std::vector<std::int64_t> const& all)
{
    auto const number = outer_number_in(line.number);
    if (number && std::ranges::find(all, number->county) != all.end())
        return number->county;
    if (all.size() == 1)
        return all.front();
    spdlog::warn("WeChat Pay bills {} fen for {}, which no county here asked for", line.amount, line.number);
    return 0;
}

struct Bill {
    std::string digest;
    std::vector<payments::BillLine> lines;
};

Bill bill_of(Day day)
{
    auto const file = payments::wechat_pay()->trade_bill(day);
    return {crypto::sha256_hex(file), payments::bill_lines(file)};
}

Bill asked_for(Day day)
try {
    return bill_of(day);
} catch (payments::Away const& why) {
    throw ApiError(ErrorKind::unavailable,
        {"微信支付暂时没有给出可用的账单，请稍后再试。",
            "WeChat Pay gives no bill that can be used at the moment; please try again."},
        why.what());
} catch (payments::Refused const& no) {
    throw conflict(
        {fmt::format("微信支付没有给出账单：{}", no.what()), fmt::format("WeChat Pay gives no bill: {} ({})", no.what(), no.code)});
}

// Of a number that stands there twice, such as one that was revoked and paid again, what came to its end counts.
std::vector<BillLineRow> own_lines(Call& call, Day day, Bill const& bill)
{
    auto const all = counties(call);
    std::map<std::pair<payments::BillKind, std::string>, BillLineRow> rows;
    for (auto const& line : bill.lines) {
        if (owner_of(line, all) != call.county)
            continue;
        auto& row = rows[{line.kind, line.number}];
        if (row.county == 0 || line.is_settled)
            row = {call.county, day, line.kind, line.number, line.reference, line.amount, line.is_settled};
    }
    std::vector<BillLineRow> own;
    for (auto& [key, row] : rows)
        own.push_back(std::move(row));
    return own;
}

// What of a bill is this county's. One merchant may serve several counties; a day that is there already stays as it is.
void keep_bill(Call& call, Day day, Bill const& bill)
{
    auto const lines = own_lines(call, day, bill);
    auto const added = call.db.execute(
        "INSERT INTO payment_bills (county, day, digest, fetched_at) VALUES ($1, $2, $3, $4) ON CONFLICT (county, day) DO NOTHING",
        call.county, day, bill.digest, call.now);
    if (added)
        call.db.load("payment_bill_lines", lines);
}

std::vector<BillOfDay> bills_of(Call& call)
{
    return call.db.rows<BillOfDay>(
        "SELECT b.day, b.fetched_at, SUM(CASE WHEN l.kind = 'payment' THEN 1 ELSE 0 END) AS payments, SUM(CASE WHEN l.kind = "
        "'refund' THEN 1 ELSE 0 END) AS refunds, CAST(SUM(CASE WHEN l.kind = 'payment' THEN l.amount ELSE 0 END) AS BIGINT) AS "
        "paid, CAST(SUM(CASE WHEN l.kind = 'refund' AND l.is_settled THEN l.amount ELSE 0 END) AS BIGINT) AS refunded FROM "
        "payment_bills b LEFT JOIN payment_bill_lines l ON l.county = b.county AND l.day = b.day WHERE b.county = $1 GROUP BY "
        "b.day, b.fetched_at ORDER BY b.day DESC LIMIT 400",
        call.county);
}

Bills list_bills(Call& call, Nothing const&)
{
    Bills bills{payments::wechat_pay() != nullptr, is_countys(call), {}, {}, {}};
    if (bills.is_countys)
        bills.items = bills_of(call);
    if (bills.is_on && bills.is_countys) {
        bills.last = newest_made(call.now);
        bills.first = plus_days(call.today(), -oldest_days);
    }
    return bills;
}

Bills fetch_bill(Call& call, FetchBill const& input)
{
    require_treasury(call);
    if (!payments::wechat_pay())
        throw conflict({"本平台没有启用微信支付。", "WeChat Pay is not set up here."});
    if (input.day > newest_made(call.now) || input.day < plus_days(call.today(), -oldest_days))
        throw invalid("/day", "range",
            {"只能下载近三个月内、次日十点半以后的账单。",
                "A bill is there from half past ten on the next day on, and for three months."});
    call.audit_subject = fmt::format("payment_bill:{}", text_of(input.day));
    if (!is_there(call, input.day))
        keep_bill(call, input.day, asked_for(input.day));
    return list_bills(call, {});
}

// Asks WeChat Pay once for a day, whichever counties want it.
void fetch_for_all(Call& call, std::vector<std::int64_t> const& all, Day day)
{
    std::optional<Bill> bill;
    for (auto const county : all) {
        call.county = county;
        if (is_there(call, day))
            continue;
        if (!bill)
            bill = bill_of(day);
        db::Transaction transaction(call.db);
        keep_bill(call, day, *bill);
        transaction.commit();
    }
}

// The next half past ten; an hour from now where WeChat Pay did not answer.
Instant next_run(Instant now, bool has_failed)
{
    if (has_failed)
        return {now.milliseconds + milliseconds::hour};
    auto const today = start_of(day_at(now)).milliseconds + made_after;
    return {today > now.milliseconds ? today : today + 24 * milliseconds::hour};
}

void queue(Call& call, Instant at)
{
    // As the installation's own, so that no county's import holds it up.
    auto const county = std::exchange(call.county, 0);
    run_again(call, bill_job, "{}", at);
    call.county = county;
}

std::string run_bill_job(Call& call, std::string const&, Progress& progress)
{
    auto const own = call.county;
    bool has_failed = false;
    try {
        auto const all = counties(call);
        for (auto day = plus_days(newest_made(call.now), 1 - fetched_days); day <= newest_made(call.now); day = plus_days(day, 1)) {
            progress.check();
            fetch_for_all(call, all, day);
        }
    } catch (payments::Away const& why) {
        spdlog::warn("the bill is fetched again later: {}", why.what());
        has_failed = true;
    } catch (payments::Refused const& no) {
        spdlog::error("WeChat Pay gives no bill: {} {}", no.code, no.what());
        has_failed = true;
    }
    call.county = own;
    db::Transaction transaction(call.db);
    queue(call, next_run(call.now, has_failed));
    transaction.commit();
    return "{}";
}

} // namespace

void require_treasury(Call const& call)
{
    if (!is_countys(call))
        throw not_found({"账单", "bill"});
}

void keep_fetching_bills(Call& call)
{
    if (payments::wechat_pay())
        queue(call, call.now);
}

void handle_bill_job(Jobs& jobs) { jobs.handle(std::string(bill_job), run_bill_job); }

Routes bill_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/payment-bills", manage_courses, "payment_bill_list", "The bills of WeChat Pay that are here, by day",
            list_bills),
        route(Verb::post, "/api/payment-bills", manage_courses, "payment_bill_fetch",
            "Fetches a day's bill from WeChat Pay; one that is here stays as it is", fetch_bill)
            .slowly(),
    };
}

} // namespace concentric::programmes
