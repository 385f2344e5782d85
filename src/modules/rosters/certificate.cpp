#include "modules/rosters/certificate.hpp"

#include "lib/pdf_report.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/rosters/wording.hpp"

#include <fmt/format.h>

namespace concentric::rosters {
namespace {

std::string hours(std::int64_t minutes) { return fmt::format("{:.2f}", static_cast<double>(minutes) / 60.0); }

class Certificate {
public:
    Certificate(Call& call, VolunteerRecord const& record)
        : call_(call), record_(record), title_(say("志愿服务记录证明", "Certificate of volunteer service")),
          pdf_(title_, fmt::format("{} · {}", directory::county_name(call), text_of(call.today())))
    {
    }

    Download print()
    {
        volunteer();
        services();
        notes();
        pdf_.paragraph(say(
            "以上由记录单位按“谁组织谁记录、谁记录谁证明”的原则如实记录，依据志愿服务记录与证明出具办法（试行）无偿出具。"
            "每次服务的台账编号可在平台核对。",
            "Recorded as it happened by the organisation that held each service, which vouches for it, and issued free of charge "
            "under the Measures for Volunteer Service Records and Certificates (Trial, Ministry of Civil Affairs Order 67). Each "
            "service can be checked on the platform by its ledger number."));
        pdf_.paragraph(
            say("出具单位（盖章）：                         日期：", "Issued by (seal):                              Date:"));
        return {pdf_.finish(), "application/pdf", fmt::format("{}-{}.pdf", title_, record_.person.name)};
    }

private:
    std::string say(char const* zh, char const* en) const { return call_.say({zh, en}); }

    void volunteer()
    {
        pdf_.heading(say("志愿者", "Volunteer"));
        table({say("项目", "Item"), say("内容", "Content")}, {1, 4},
            {{say("姓名", "Name"), record_.person.name}, {say("联系电话", "Phone"), record_.phone},
                {say("服务次数", "Services"), std::to_string(record_.services)},
                {say("服务时长", "Length"), hours(record_.minutes) + say(" 小时", " hours")}});
    }

    void services()
    {
        pdf_.heading(say("志愿服务情况", "Services"));
        std::vector<std::vector<std::string>> rows;
        for (auto const& line : record_.lines)
            rows.push_back({text_of(line.day), line.name, line.place, line.content, hours(line.minutes), line.organisation,
                line.recorded_by + (line.is_by_hand ? say("（补登，已复核）", " (by hand, countersigned)") : ""),
                std::to_string(line.entry.value)});
        table(
            {say("日期", "Day"), say("名称", "Service"), say("地点", "Place"), say("内容", "Content"), say("时长（小时）", "Hours"),
                say("组织单位", "Organisation"), say("记录人", "Recorded by"), say("台账编号", "Ledger number")},
            {1.3, 1.8, 1.2, 2, 0.9, 1.6, 1, 2}, rows);
    }

    void notes()
    {
        if (record_.notes.empty())
            return;
        pdf_.heading(say("培训、表彰奖励和评价", "Trainings, awards and evaluations"));
        std::vector<std::vector<std::string>> rows;
        for (auto const& note : record_.notes)
            rows.push_back({text_of(note.day), call_.say(words_of(note.kind)), note.words, note.organisation});
        table(
            {say("日期", "Day"), say("类别", "Kind"), say("内容", "Content"), say("记录单位", "Recorded by")}, {1, 1, 4, 2}, rows);
    }

    void table(std::vector<std::string> const& headings, std::vector<double> const& weights,
        std::vector<std::vector<std::string>> const& rows)
    {
        pdf_.table(headings, weights, rows);
    }

    Call& call_;
    VolunteerRecord const& record_;
    std::string const title_;
    lib::PdfReport pdf_;
};

} // namespace

void speak(Call& call, std::optional<PaperLanguage> language)
{
    if (language)
        call.language = *language == PaperLanguage::en ? Language::en : Language::zh;
}

Download print_certificate(Call& call, VolunteerRecord const& record) { return Certificate(call, record).print(); }

Download own_certificate(Call& call, AskCertificate const& input)
{
    speak(call, input.language);
    return print_certificate(call, show_own_record(call, {}));
}

} // namespace concentric::rosters
