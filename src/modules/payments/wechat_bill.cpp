#include "modules/payments/wechat_bill.hpp"

#include "modules/payments/way.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <span>

namespace concentric::payments {
namespace {

using Cells = std::vector<std::string_view>;

Cells split(std::string_view text, std::string_view by)
{
    Cells cells;
    for (;;) {
        auto const end = text.find(by);
        cells.push_back(text.substr(0, end));
        if (end == text.npos)
            return cells;
        text.remove_prefix(end + by.size());
    }
}

// "200.00" is 20000.
std::int64_t fen_of(std::string_view yuan)
{
    auto const dot = std::min(yuan.find('.'), yuan.size());
    std::string digits(yuan.substr(0, dot));
    auto const cents = dot < yuan.size() ? yuan.substr(dot + 1) : std::string_view();
    digits.append(cents).append(cents.size() <= 2 ? 2 - cents.size() : 0, '0');
    std::int64_t fen = 0;
    auto const* const end = digits.data() + digits.size();
    if (cents.size() > 2 || std::from_chars(digits.data(), end, fen).ptr != end)
        throw Away(fmt::format("WeChat Pay: a bill with the amount {}", yuan));
    return fen;
}

// The columns by their names: WeChat Pay adds new ones at times.
class Columns {
public:
    explicit Columns(std::string_view heading) : names_(split(heading, ",")) { }

    std::string_view in(Cells const& cells, std::string_view name) const
    {
        auto const at = static_cast<std::size_t>(std::ranges::find(names_, name) - names_.begin());
        if (at >= cells.size())
            throw Away(fmt::format("WeChat Pay: a bill without {}", name));
        return cells[at];
    }

private:
    Cells names_;
};

BillLine line_of(Columns const& columns, Cells const& cells)
{
    auto const text = [&](std::string_view name) { return std::string(columns.in(cells, name)); };
    if (text("交易状态") == "REFUND")
        return {BillKind::refund, text("商户退款单号"), text("微信退款单号"), fen_of(text("申请退款金额")),
            text("退款状态") == "SUCCESS"};
    return {BillKind::payment, text("商户订单号"), text("微信订单号"), fen_of(text("订单金额")), text("交易状态") == "SUCCESS"};
}

} // namespace

std::vector<BillLine> bill_lines(std::string_view file)
{
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (file.starts_with(byte_order_mark))
        file.remove_prefix(byte_order_mark.size());
    std::vector<BillLine> lines;
    if (file.empty())
        return lines;
    auto rows = split(file, "\n");
    for (auto& row : rows)
        if (row.ends_with('\r'))
            row.remove_suffix(1);
    Columns const columns(rows.front());
    for (auto const row : std::span(rows).subspan(1)) {
        if (!row.starts_with('`')) // the sums, which end the file
            break;
        lines.push_back(line_of(columns, split(row.substr(1), ",`"))); // a title may hold commas
    }
    return lines;
}

} // namespace concentric::payments
