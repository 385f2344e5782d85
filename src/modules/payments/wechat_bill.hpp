#pragma once

#include "core/fields.hpp"

#include <vector>

// What WeChat Pay billed of a day (交易账单, API v3 /v3/bill/tradebill): its file, read.
namespace concentric::payments {

enum class BillKind { payment, refund };
BOOST_DESCRIBE_ENUM(BillKind, payment, refund)

struct BillLine {
    BillKind kind = BillKind::payment;
    std::string number; // ours
    std::string reference; // WeChat Pay's
    std::int64_t amount = 0; // fen
    bool is_settled = true; // a refund may be on its way, or have failed
};

// Empty for a day without trades. Throws Away for what is no such file.
std::vector<BillLine> bill_lines(std::string_view file);

} // namespace concentric::payments
