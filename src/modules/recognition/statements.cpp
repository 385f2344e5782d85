#include "modules/recognition/statements.hpp"

#include <fmt/format.h>

namespace concentric::recognition {
namespace {

std::string& kept_address()
{
    static std::string address;
    return address;
}

std::string day_words(Day day) { return fmt::format("{}年{}月{}日", day.year(), day.month(), day.day()); }

std::string heading_of(std::string_view layout)
{
    if (layout == "training")
        return "培训证书";
    if (layout == "instructor")
        return "结业证书";
    return layout == "growth-hours" ? "课时证明" : "证书";
}

std::string form_of_address(SubjectKind kind)
{
    switch (kind) {
    case SubjectKind::staff: return " 同志";
    case SubjectKind::carer: return " 家长";
    case SubjectKind::student: return " 同学";
    case SubjectKind::family: return " 家庭";
    case SubjectKind::organisation: break;
    }
    return "";
}

} // namespace

void configure_address(std::string address) { kept_address() = std::move(address); }
std::string const& site_address() { return kept_address(); }

std::string statement_of(CredentialRule const& rule, CredentialStanding const& standing, Day on)
{
    auto const& layout = rule.credential->template_name;
    auto const when
        = standing.earned_at.milliseconds ? fmt::format("已于{}", day_words(day_at(standing.earned_at))) : std::string("已");
    if (layout == "training")
        return when + "完成规定的全部培训环节，考核合格，特发此证。";
    if (layout == "instructor")
        return when + "完成家庭教育指导服务师培训，考核合格，准予结业，可承担家庭教育指导服务工作，特发此证。";
    auto const period = period_words(rule, on).zh;
    if (layout == "growth-hours")
        return fmt::format(
            "{}积极参加家庭教育学习、志愿服务和经验分享，成长积分达到规定分值，特此证明。", period.empty() ? "" : "在" + period);
    return when + "达到规定的全部条件，特发此证。";
}

std::vector<std::string> achieved_in(CredentialRule const& rule)
{
    std::vector<std::string> lines;
    for (auto const* need : rule.needs)
        lines.push_back(need->requirement->title.zh);
    return lines;
}

lib::CertificatePage page_of(CertificateRow const& row)
{
    lib::CertificatePage page;
    page.heading = heading_of(row.template_);
    page.title = row.title;
    page.title_en = row.title_en == row.title ? "" : row.title_en;
    page.number_line = "编号：" + row.number;
    page.holder = row.holder_name + form_of_address(row.holder_kind);
    page.body = row.statement;
    page.achieved = reflect::from_json<std::vector<std::string>>(row.achieved);
    page.issuer = row.issuer;
    page.day = day_words(day_at(row.issued_at));
    page.code = scanned_text(row);
    page.code_hint = site_address().empty() ? "二维码内有数字签名，可离线核验。"
                                            : fmt::format("扫码核验，或在 {}/check 输入编号和姓名。", site_address());
    return page;
}

std::string scanned_text(CertificateRow const& row)
{
    return site_address().empty() ? row.code : fmt::format("{}/check#{}", site_address(), row.code);
}

} // namespace concentric::recognition
