#include "lib/pdf_report.hpp"
#include "modules/growth/book.hpp"

#include <fmt/format.h>

namespace concentric::growth {
namespace {

using Row = std::vector<std::string>;

std::string day_text(Instant at) { return text_of(day_at(at)); }

class Printing {
public:
    Printing(Call& call, GrowthBook const& book)
        : call_(call), book_(book), title_(call.say({book.student.name + " 成长册", "Growth book of " + book.student.name})),
          pdf_(title_, call.say({"一生一册 · ", "One pupil, one book · "}) + text_of(call.today()))
    {
    }

    Download run()
    {
        stays(book_.stays);
        for (auto const& chapter : book_.chapters)
            lines(chapter);
        certificates(book_.certificates);
        visits(book_.visits);
        for (auto const& earlier : book_.earlier)
            part(earlier);
        return {pdf_.finish(), "application/pdf", title_ + ".pdf"};
    }

private:
    std::string say(char const* zh, char const* en) const { return call_.say({zh, en}); }
    void table(std::string const& heading, Row const& headings, std::vector<double> const& weights, std::vector<Row> const& rows)
    {
        pdf_.heading(heading);
        if (rows.empty())
            pdf_.paragraph(say("还没有记录。", "Nothing yet."));
        else
            pdf_.table(headings, weights, rows);
    }

    // What another installation wrote.
    void part(EarlierPart const& earlier)
    {
        pdf_.heading(fmt::format("{} {}", say("此前：", "Before: "), earlier.county_name));
        pdf_.paragraph(fmt::format(
            "{} {} · {} {}", say("制成", "Made"), day_text(earlier.made_at), say("签名密钥", "Signing key"), earlier.key_mark));
        stays(earlier.stays);
        for (auto const& chapter : earlier.chapters)
            lines(chapter);
        certificates(earlier.certificates);
        visits(earlier.visits);
    }
    void stays(std::vector<StayInBook> const& all)
    {
        std::vector<Row> rows;
        for (auto const& one : all)
            rows.push_back(
                {one.school, one.class_, fmt::format("{} – {}", text_of(one.from), one.to ? text_of(*one.to) : say("今", "now"))});
        table(say("在校经历", "At school"), {say("学校", "School"), say("班级", "Class"), say("时间", "Time")}, {3, 2, 3}, rows);
    }
    void lines(ChapterOfBook const& chapter)
    {
        std::vector<Row> rows;
        for (auto const& line : chapter.lines)
            rows.push_back({day_text(line.happened_at), line.what, line.where, line.minutes ? std::to_string(line.minutes) : ""});
        table(fmt::format("{}（{}）", call_.say(words_of(chapter.chapter)), chapter.count),
            {say("日期", "Day"), say("内容", "What"), say("在哪里", "Where"), say("分钟", "Minutes")}, {1.4, 3, 2.4, 0.8}, rows);
    }
    void certificates(std::vector<CertificateInBook> const& all)
    {
        std::vector<Row> rows;
        for (auto const& one : all)
            rows.push_back({day_text(one.issued_at), one.title, one.issuer, one.number});
        table(say("证书", "Certificates"),
            {say("日期", "Day"), say("证书", "Certificate"), say("颁发", "Issuer"), say("编号", "Number")}, {1.4, 3, 2, 2}, rows);
    }
    void visits(std::vector<visits::VisitInBook> const& all)
    {
        std::vector<Row> rows;
        for (auto const& one : all) {
            std::string agreed;
            for (auto const& point : one.points)
                agreed += fmt::format("{}{} {}", agreed.empty() ? "" : "\n", point.done_at ? "✓" : "○", point.words);
            rows.push_back({day_text(one.held_at), call_.say(visits::words_of(one.form)), one.visitor, agreed});
        }
        table(say("家访与约定", "Home visits and what was agreed"),
            {say("日期", "Day"), say("方式", "Form"), say("老师", "Teacher"), say("约定", "Agreed")}, {1.4, 1, 1.2, 4}, rows);
    }

    Call& call_;
    GrowthBook const& book_;
    std::string title_;
    lib::PdfReport pdf_;
};

} // namespace

Download printed(Call& call, GrowthBook const& book) { return Printing(call, book).run(); }

} // namespace concentric::growth
