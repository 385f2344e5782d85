#include "modules/directory/posts.hpp"
#include "modules/forms/commitments.hpp"
#include "modules/paper/paper.hpp"

#include <fmt/format.h>

namespace concentric::forms {
std::string print_proof(Call& call, FormRow const& form, SignatureRow const& row)
{
    auto const version = version_of(call, form.id, row.version);
    auto const county = directory::county_name(call);
    lib::PdfReport pdf(version.row.title, fmt::format("{} · {}", county, row.text_hash.substr(0, 16)));
    paper::print_text(pdf, text_to_sign(version.row.title, version.content).substr(version.row.title.size()));
    pdf.heading("签署");
    bool const is_paper = row.way == SigningWay::paper;
    std::vector<std::vector<std::string>> facts{{"学生", fmt::format("{}（{}）", row.student_name, row.class_name)},
        {"监护人", row.signer_name}, {"学年", fmt::format("{}—{}", row.school_year, row.school_year + 1)},
        {is_paper ? "签署日期" : "签署时间", is_paper ? text_of(day_at(row.signed_at)) : paper::minute_text(row.signed_at)},
        {"方式", is_paper ? "纸质签署，由教师登记" : "本人登录平台，阅读全文并再次确认身份后签署"}};
    if (is_paper)
        facts.push_back({"登记",
            fmt::format(
                "{}，{}", directory::person_name(call, row.recorded_by).value_or(""), paper::minute_text(row.recorded_at))});
    if (row.checked_by)
        facts.push_back({"复核", directory::person_name(call, row.checked_by).value_or("")});
    if (!is_paper)
        facts.push_back({"读完全文", paper::minute_text(row.read_at)});
    facts.push_back({"版本", std::to_string(row.version)});
    facts.push_back({"原文 SHA-256", row.text_hash});
    facts.push_back({"台账编号", std::to_string(row.entry.value)});
    std::vector<std::string> const headings{"项目", "内容"};
    std::vector<double> const weights{1, 4};
    pdf.table(headings, weights, facts);
    if (!row.drawing.empty())
        pdf.drawing(row.drawing, 600, 200);
    return pdf.finish();
}

} // namespace concentric::forms
