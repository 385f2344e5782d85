#include "modules/programmes/transcripts.hpp"

#include "lib/pdf_report.hpp"
#include "lib/workbook.hpp"
#include "modules/ledger/views.hpp"

#include <fmt/format.h>

#include <array>

namespace concentric::programmes {
namespace {

using Row = std::vector<std::string>;

// A table of the transcript, the same on paper and as a sheet.
struct Section {
    std::string title;
    Row headings;
    std::vector<double> weights;
    std::vector<Row> rows;
};

std::string day_text(std::optional<Instant> moment) { return moment ? text_of(day_at(*moment)) : ""; }
// "13.3", "15".
std::string amount_text(double amount) { return fmt::format("{:.4g}", amount); }

Section facts_of(Call const& call, LearnerPage const& page)
{
    Section section{call.say({"学员", "Learner"}), {call.say({"项目", "Item"}), call.say({"内容", "Content"})}, {1, 3}, {}};
    auto const add = [&](Words const& name, std::string text) {
        if (!text.empty())
            section.rows.push_back({call.say(name), std::move(text)});
    };
    add({"姓名", "Name"}, page.person.name);
    add({"单位", "Organisation"}, page.organisation.name);
    add({"培训班", "Training class"}, page.class_.title);
    add({"证书", "Certificate"}, page.class_.credential_title.value_or(""));
    add({"报名日期", "Enrolled on"}, day_text(page.enrolled_at));
    if (page.until)
        add({"学习期限", "Time"}, fmt::format("{} – {}", text_of(*page.from), text_of(*page.until)));
    add({"过程性评价", "Process"}, fmt::format("{}", page.percent));
    if (page.result)
        add({"终结性评价", "Result"}, fmt::format("{} {}", page.result->score, page.result->note));
    if (page.mark)
        add({"总评", "Mark"},
            fmt::format("{} = {} × {}% + {} × {}%", *page.mark, page.percent, page.process_weight,
                page.result ? page.result->score : 0, 100 - page.process_weight));
    add({"是否达到证书要求", "Certificate earned"},
        page.is_earned ? call.say({"是，", "yes, "}) + day_text(page.earned_at) : call.say({"否", "no"}));
    return section;
}

Section needs_section(Call const& call, LearnerPage const& page)
{
    Section section{call.say({"培训环节", "Conditions"}),
        {call.say({"环节", "Condition"}), call.say({"应完成", "Asked"}), call.say({"已完成", "Done"}), call.say({"单位", "Unit"}),
            call.say({"是否完成", "Met"})},
        {4, 1, 1, 1.4, 1}, {}};
    for (auto const& need : page.needs)
        section.rows.push_back({need.title, amount_text(need.needed), amount_text(need.amount), call.say(words_of(need.unit)),
            need.is_met ? call.say({"是", "yes"}) : call.say({"否", "no"})});
    return section;
}

Section entries_section(Call& call, OwnedClass const& class_, PersonId person)
{
    Section section{call.say({"学习记录", "What counts"}),
        {call.say({"日期", "Day"}), call.say({"记录", "Entry"}), call.say({"环节", "Condition"}), call.say({"分钟", "Minutes"})},
        {1.2, 2, 3, 0.8}, {}};
    auto const rule = rule_of(call, class_);
    if (!rule)
        return section;
    for (auto const& need : tally::credential_standing(call, *rule, person.value, call.today()).needs)
        for (auto const& entry : ledger::views_of(call, need.entries))
            section.rows.push_back({day_text(entry.happened_at), entry.kind_name, call.say(need.need->requirement->title),
                std::to_string(entry.minutes)});
    return section;
}

std::vector<Section> sections_of(Call& call, OwnedClass const& class_, LearnerPage const& page)
{
    return {facts_of(call, page), needs_section(call, page), entries_section(call, class_, page.person.id)};
}

std::string title_of(Call const& call, LearnerPage const& page)
{
    return call.say({page.person.name + " 学习档案", page.person.name + " transcript"});
}

Download as_document(Call& call, OwnedClass const& class_, PersonId person)
{
    auto const page = learner_page(call, class_, person);
    auto const title = title_of(call, page);
    lib::PdfReport pdf(title, fmt::format("{} · {}", class_.owner_name, text_of(call.today())));
    for (auto const& section : sections_of(call, class_, page)) {
        pdf.heading(section.title);
        if (section.rows.empty())
            pdf.paragraph(call.say({"无。", "None."}));
        else
            pdf.table(section.headings, section.weights, section.rows);
    }
    return {pdf.finish(), "application/pdf", title + ".pdf"};
}

Download as_sheet(Call& call, OwnedClass const& class_, PersonId person)
{
    auto const page = learner_page(call, class_, person);
    lib::WorkbookWriter book;
    for (auto const& section : sections_of(call, class_, page)) {
        book.add_sheet(section.title, section.headings);
        for (auto const& row : section.rows) {
            std::vector<lib::Value> const cells(row.begin(), row.end());
            book.add_row(cells);
        }
    }
    return {book.finish(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", title_of(call, page) + ".xlsx"};
}

using Making = Download (*)(Call&, OwnedClass const&, PersonId);

template <Making make> Download member_transcript(Call& call, OneMember const& input)
{
    auto const class_ = visible_class(call, input.id);
    visible_member(call, class_, input.person);
    call.audit_subject = fmt::format("person:{}", input.person.value);
    return make(call, class_, input.person);
}

template <Making make> Download own_transcript(Call& call, OneClass const& input)
{
    auto const class_ = class_with(call, input.id);
    if (!class_)
        throw not_found(the_class);
    return make(call, *class_, call.viewer.person);
}

} // namespace

Routes transcript_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/training-classes/{id}/members/{person}/transcript.pdf", manage_courses,
            "training_transcript_download", "A learner's transcript as a document", member_transcript<as_document>)
            .as_personal_file(),
        route(Verb::get, "/api/training-classes/{id}/members/{person}/transcript.xlsx", manage_courses, "training_transcript_sheet",
            "A learner's transcript as a sheet", member_transcript<as_sheet>)
            .as_personal_file(),
        route(Verb::get, "/api/own-training/{id}/transcript.pdf", signed_in, "own_transcript_download",
            "One's own transcript as a document", own_transcript<as_document>),
        route(Verb::get, "/api/own-training/{id}/transcript.xlsx", signed_in, "own_transcript_sheet",
            "One's own transcript as a sheet", own_transcript<as_sheet>),
    };
}

} // namespace concentric::programmes
