#include "lib/pdf_report.hpp"

#include <gtest/gtest.h>

namespace concentric::lib {

static std::size_t count(std::string const& text, std::string_view word)
{
    std::size_t times = 0;
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1))
        ++times;
    return times;
}

static std::size_t pages_in(std::string const& pdf) { return count(pdf, "/Type /Page") - count(pdf, "/Type /Pages"); }

TEST(pdf_report, a_short_report_is_one_page)
{
    PdfReport report("年度审计", "安宁县");
    report.heading("一、总体情况");
    report.paragraph("全县学生 1,234 人。");

    auto const pdf = report.finish();

    EXPECT_EQ(pdf.substr(0, 5), "%PDF-");
    EXPECT_EQ(pages_in(pdf), 1U);
}

TEST(pdf_report, a_table_of_two_hundred_rows_goes_on_over_several_pages)
{
    PdfReport report("年度审计", "安宁县");
    std::vector<std::string> const headings{"日期", "人员"};
    std::vector<double> const weights{1, 2};
    std::vector<std::vector<std::string>> const rows(200, {"2026-03-05", "何静"});

    report.table(headings, weights, rows);

    // A row is 9 pt at 1.3 and 8 pt of padding: about 33 fit under the title.
    auto const pages = pages_in(report.finish());
    EXPECT_GE(pages, 5U);
    EXPECT_LE(pages, 8U);
}

TEST(pdf_report, a_rare_character_and_a_long_word_are_drawn_without_leaving_the_page)
{
    PdfReport report("𠮷", "");
    report.paragraph(std::string(500, 'x'));

    EXPECT_EQ(pages_in(report.finish()), 1U);
}

} // namespace concentric::lib
