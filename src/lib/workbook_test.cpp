#include "lib/workbook.hpp"
#include "lib/workbook_fixture.hpp"

#include <gmock/gmock.h>

namespace concentric::lib::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

std::vector<std::string> const headings{"姓名", "学号", "出生日期", "课时"};

// Parts of a written file, for what the reader does not hand on.
std::string part_of(std::string const& workbook, char const* name)
{
    auto* const archive
        = zip_open_from_source(zip_source_buffer_create(workbook.data(), workbook.size(), 0, nullptr), ZIP_RDONLY, nullptr);
    auto* const file = zip_fopen(archive, name, 0);
    std::string content(1 << 20, '\0');
    content.resize(static_cast<std::size_t>(zip_fread(file, content.data(), content.size())));
    zip_fclose(file);
    zip_discard(archive);
    return content;
}

TEST(Workbook, what_is_written_is_read_back)
{
    WorkbookWriter writer;
    writer.add_sheet("学生", headings);
    writer.add_row({"张三", "510164201503123124", Date{2015, 3, 12}, 2.5});
    writer.add_row({"𠮷", std::monostate(), Date{2015, 3, 12, 510}, std::int64_t{40}});
    writer.add_sheet("教师", std::vector<std::string>{"姓名"});
    writer.add_row({"李四"});

    auto const rows = read_all(writer.finish());

    ASSERT_THAT(rows, SizeIs(5));
    EXPECT_THAT(texts(rows[0]), ElementsAre("姓名", "学号", "出生日期", "课时"));
    EXPECT_THAT(texts(rows[1]), ElementsAre("张三", "510164201503123124", "2015-03-12", "2.5"));
    EXPECT_EQ(rows[1].cells[1].kind, Cell::Kind::text);
    EXPECT_EQ(rows[1].cells[2].kind, Cell::Kind::date);
    EXPECT_THAT(texts(rows[2]), ElementsAre("𠮷", "", "2015-03-12 08:30:00", "40"));
    EXPECT_EQ(rows[3].sheet_name, "教师");
    EXPECT_THAT(texts(rows[4]), ElementsAre("李四"));
}

TEST(Workbook, no_text_becomes_a_formula_or_a_link)
{
    WorkbookWriter writer;
    writer.add_sheet("s", std::vector<std::string>{"=A1"});
    writer.add_row({"=1+1", "+86", "-x", "@SUM(A1)", "\t=1", "https://example.org"});

    auto const workbook = writer.finish();

    EXPECT_EQ(part_of(workbook, "xl/worksheets/sheet1.xml").find("<f>"), std::string::npos);
    EXPECT_EQ(part_of(workbook, "xl/worksheets/sheet1.xml").find("hyperlink"), std::string::npos);
    EXPECT_THAT(all_texts(workbook),
        ElementsAre(ElementsAre("=A1"), ElementsAre("=1+1", "+86", "-x", "@SUM(A1)", "=1", "https://example.org")));
}

TEST(Workbook, headings_are_frozen_filtered_and_wide_enough)
{
    WorkbookWriter writer;
    writer.add_sheet("s", std::vector<std::string>{"姓名", "单位"});
    writer.add_row({"张三", "金堂县三溪镇中心小学"});

    auto const sheet = part_of(writer.finish(), "xl/worksheets/sheet1.xml");

    EXPECT_NE(sheet.find(R"(state="frozen")"), std::string::npos);
    EXPECT_NE(sheet.find(R"(<autoFilter ref="A1:B2"/>)"), std::string::npos);
    // ten characters of double width, and room for the filter's button
    EXPECT_NE(sheet.find(R"(<col min="2" max="2" width="23.7)"), std::string::npos) << sheet;
}

TEST(Workbook, tab_names_are_mended)
{
    std::vector<std::string> const one{"a"};
    WorkbookWriter writer;
    for (auto const* name : {"三溪/小学", "三溪?小学", "", "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三"})
        writer.add_sheet(name, one);

    auto const rows = read_all(writer.finish());

    EXPECT_EQ(rows.at(0).sheet_name, "三溪 小学");
    EXPECT_EQ(rows.at(1).sheet_name, "三溪 小学 2");
    EXPECT_EQ(rows.at(2).sheet_name, "Sheet");
    EXPECT_EQ(rows.at(3).sheet_name, "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一");
}

TEST(Workbook, a_text_that_no_cell_can_hold_ends_visibly)
{
    WorkbookWriter writer;
    writer.add_sheet("s", std::vector<std::string>{"a"});
    writer.add_row({std::string(40'000, 'x')});

    auto const rows = read_all(writer.finish());

    EXPECT_EQ(rows.at(1).cells[0].text, std::string(32'766, 'x') + "…");
}

TEST(Workbook, a_date_that_no_spreadsheet_has_is_a_text)
{
    WorkbookWriter writer;
    writer.add_sheet("s", std::vector<std::string>{"a", "b"});
    writer.add_row({Date{1893, 12, 26}, Date{2015, 3, 0}});

    auto const rows = read_all(writer.finish());

    EXPECT_THAT(texts(rows.at(1)), ElementsAre("1893-12-26", "2015-03"));
}

TEST(Workbook, a_writer_that_is_given_up_leaves_nothing_behind)
{
    WorkbookWriter writer;
    writer.add_sheet("s", std::vector<std::string>{"a"});
    writer.add_row({"x"});
}

TEST(Csv, quotes_guards_and_line_ends_are_as_excel_wants_them)
{
    std::vector<std::vector<Value>> const rows{
        {"张,三", "=1+1", Date{2015, 3, 12}, -2.5},
        {"他说\"好\"", "-1", std::monostate(), std::int64_t{-7}},
    };

    auto const csv = write_csv(headings, rows);

    EXPECT_EQ(csv,
        "\xEF\xBB\xBF姓名,学号,出生日期,课时\r\n"
        "\"张,三\",'=1+1,2015-03-12,-2.5\r\n"
        "\"他说\"\"好\"\"\",'-1,,-7\r\n");
}

TEST(Csv, what_is_written_is_read_back)
{
    std::vector<std::vector<Value>> const rows{{"+86 138", "a\nb", "@x", "c;d"}};

    EXPECT_THAT(all_texts(write_csv(headings, rows)),
        ElementsAre(ElementsAre("姓名", "学号", "出生日期", "课时"), ElementsAre("+86 138", "a\nb", "@x", "c;d")));
}

} // namespace
} // namespace concentric::lib::testing
