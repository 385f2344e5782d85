#pragma once

#include "core/jobs.hpp"
#include "core/route.hpp"
#include "modules/payments/wechat_bill.hpp"

// The bills that WeChat Pay makes of each day (交易账单): fetched every morning or by hand, and kept by day as they came.
namespace concentric::programmes {

struct BillRow {
    std::int64_t county = 0;
    Day day;
    std::string digest; // SHA-256 of the file
    Instant fetched_at;
};
BOOST_DESCRIBE_STRUCT(BillRow, (), (county, day, digest, fetched_at))

struct BillLineRow {
    std::int64_t county = 0;
    Day day;
    payments::BillKind kind = payments::BillKind::payment;
    std::string number, reference;
    std::int64_t amount = 0; // fen
    bool is_settled = true;
};
BOOST_DESCRIBE_STRUCT(BillLineRow, (), (county, day, kind, number, reference, amount, is_settled))

// 404 for posts that do not reach the whole county, whose merchant number it is.
void require_treasury(Call const&);

inline constexpr std::string_view bill_job = "programmes.payment_bills";
// Every morning, once WeChat Pay has made the bill of the day before.
void keep_fetching_bills(Call&);
void handle_bill_job(Jobs&);

Routes bill_routes();

} // namespace concentric::programmes
