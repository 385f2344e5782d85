#include "modules/programmes/receipts.hpp"

#include "lib/pdf_report.hpp"
#include "lib/workbook.hpp"

#include <fmt/format.h>

#include <array>

namespace concentric::programmes {
namespace {

constexpr std::array digits{"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"};

// Four digits with their places; a gap between them is one 零.
std::string group_in_chinese(std::int64_t number, bool follows)
{
    constexpr std::array places{"仟", "佰", "拾", ""};
    std::string text;
    bool has_gap = follows && number < 1000;
    std::int64_t unit = 1000;
    for (auto const* place : places) {
        auto const digit = number / unit % 10;
        unit /= 10;
        if (digit == 0) {
            has_gap = has_gap || !text.empty();
            continue;
        }
        text += std::string(has_gap ? digits[0] : "") + digits[static_cast<std::size_t>(digit)] + place;
        has_gap = false;
    }
    return text;
}

std::string method_words(Call const& call, std::string const& method)
{
    if (method == by_transfer)
        return call.say({"银行转账", "Bank transfer"});
    return method.empty() ? "" : call.say({"微信支付", "WeChat Pay"});
}

struct OrganisationSums {
    std::string organisation;
    std::int64_t heads = 0;
    std::array<std::int64_t, 4> amounts{}; // by state
};

std::vector<OrganisationSums> by_organisation(std::vector<OrderView> const& orders)
{
    std::vector<OrganisationSums> all;
    for (auto const& order : orders) {
        if (all.empty() || all.back().organisation != order.organisation)
            all.push_back({order.organisation});
        ++all.back().heads;
        all.back().amounts[static_cast<std::size_t>(order.state)] += order.amount;
    }
    return all;
}

double in_yuan(std::int64_t fen) { return static_cast<double>(fen) / 100; }

} // namespace

std::string amount_in_chinese(std::int64_t fen)
{
    auto const yuan = fen / 100, jiao = fen / 10 % 10, rest = fen % 10;
    auto const upper = yuan / 10'000, lower = yuan % 10'000;
    std::string text;
    if (upper > 0)
        text += group_in_chinese(upper, false) + "万";
    if (lower > 0)
        text += group_in_chinese(lower, upper > 0);
    if (yuan > 0)
        text += "元";
    if (jiao == 0 && rest == 0)
        return text.empty() ? "零元整" : text + "整";
    if (jiao > 0)
        text += std::string(digits[static_cast<std::size_t>(jiao)]) + "角";
    else if (yuan > 0)
        text += digits[0];
    return rest > 0 ? text + digits[static_cast<std::size_t>(rest)] + "分" : text;
}

Download receipt(Call const& call, std::string const& issuer, OrderView const& order)
{
    auto const title = call.say({"培训费收据", "Receipt of a training fee"});
    lib::PdfReport pdf(title, fmt::format("{} · {}", issuer, order.number));
    std::vector<std::vector<std::string>> const rows{
        {call.say({"编号", "Number"}), order.number},
        {call.say({"缴费人", "Paid by"}), order.person.name},
        {call.say({"单位", "Organisation"}), order.organisation},
        {call.say({"培训班", "Training class"}), order.class_title},
        {call.say({"金额（小写）", "Amount"}), "¥ " + yuan(order.amount)},
        {call.say({"金额（大写）", "In words"}), amount_in_chinese(order.amount)},
        {call.say({"缴费方式", "Way of payment"}), method_words(call, order.method)},
        {call.say({"回单号或交易号", "Reference or transaction"}), order.reference},
        {call.say({"到账日期", "Received on"}), text_of(day_at(order.changed_at))},
        {call.say({"收款单位", "Received by"}), issuer},
    };
    pdf.table(std::array<std::string, 2>{call.say({"项目", "Item"}), call.say({"内容", "Content"})}, std::array{1.0, 3.0}, rows);
    pdf.paragraph(call.say({"本收据由平台根据收款记录生成，不代替发票。",
        "Made by the platform from the record of the payment; it is no tax invoice."}));
    return {pdf.finish(), "application/pdf", fmt::format("{} {}.pdf", title, order.number)};
}

static void add_differences(Call const& call, lib::WorkbookWriter& book, std::vector<Difference> const& differences)
{
    book.add_sheet(call.say({"对账差异", "Differences"}),
        std::array<std::string, 8>{call.say({"差异", "Difference"}), call.say({"编号", "Number"}), call.say({"姓名", "Name"}),
            call.say({"缴费方式", "Way of payment"}), call.say({"回单号或交易号", "Reference or transaction"}),
            call.say({"金额（元）", "Amount (yuan)"}), call.say({"对方金额（元）", "Amount as told (yuan)"}),
            call.say({"说明", "Remark"})});
    for (auto const& one : differences)
        book.add_row({call.say(words_of(one.kind)), one.number, one.person.name, method_words(call, one.method), one.reference,
            in_yuan(one.amount), in_yuan(one.told_amount), one.failure});
}

Download statement(Call const& call, std::string const& class_title, std::vector<OrderView> const& orders,
    std::vector<Difference> const& differences)
{
    lib::WorkbookWriter book;
    book.add_sheet(call.say({"按单位", "By organisation"}),
        std::array<std::string, 6>{call.say({"单位", "Organisation"}), call.say({"人数", "Learners"}), call.say({"未缴", "Unpaid"}),
            call.say({"已缴", "Paid"}), call.say({"免缴", "Waived"}), call.say({"已退", "Refunded"})});
    for (auto const& one : by_organisation(orders))
        book.add_row({one.organisation, one.heads, in_yuan(one.amounts[0]), in_yuan(one.amounts[1]), in_yuan(one.amounts[2]),
            in_yuan(one.amounts[3])});
    book.add_sheet(call.say({"明细", "Fees"}),
        std::array<std::string, 8>{call.say({"编号", "Number"}), call.say({"姓名", "Name"}), call.say({"单位", "Organisation"}),
            call.say({"金额（元）", "Amount (yuan)"}), call.say({"状态", "State"}), call.say({"缴费方式", "Way of payment"}),
            call.say({"回单号或交易号", "Reference or transaction"}), call.say({"日期", "Day"})});
    for (auto const& order : orders)
        book.add_row({order.number, order.person.name, order.organisation, in_yuan(order.amount), call.say(words_of(order.state)),
            method_words(call, order.method), order.reference, text_of(day_at(order.changed_at))});
    if (!differences.empty())
        add_differences(call, book, differences);
    return {book.finish(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        call.say({class_title + " 费用对账单.xlsx", class_title + " fees.xlsx"})};
}

} // namespace concentric::programmes
