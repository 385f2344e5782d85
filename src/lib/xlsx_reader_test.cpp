#include "lib/workbook_fixture.hpp"

#include <gmock/gmock.h>

namespace concentric::lib::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Fault = SheetError::Fault;

TEST(XlsxReader, shared_inline_and_formula_texts_are_read)
{
    auto parts = workbook_parts(R"(<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="inlineStr"><is><t>李四</t></is></c>)"
                                R"(<c r="C1" t="str"><f>A1&amp;B1</f><v>王五</v></c></row>)");
    parts["xl/sharedStrings.xml"] = "<sst><si><t>不用</t></si><si><t>张三</t></si></sst>";

    auto const rows = read_all(zip_of(parts));

    ASSERT_THAT(rows, SizeIs(1));
    EXPECT_EQ(rows[0].sheet_name, "学生");
    EXPECT_EQ(rows[0].number, 1u);
    EXPECT_THAT(texts(rows[0]), ElementsAre("张三", "李四", "王五"));
}

TEST(XlsxReader, rich_text_is_joined_and_phonetic_hints_are_left_out)
{
    auto parts
        = workbook_parts(R"(<row r="1"><c t="s"><v>0</v></c><c t="inlineStr"><is><r><t>欧</t></r><r><t>阳</t></r></is></c></row>)");
    parts["xl/sharedStrings.xml"] = "<sst><si><r><t>张</t></r><r><rPr><b/></rPr><t>小三</t></r>"
                                    "<rPh sb='0' eb='1'><t>zhang</t></rPh><phoneticPr fontId='1'/></si></sst>";

    EXPECT_THAT(all_texts(zip_of(parts)), ElementsAre(ElementsAre("张小三", "欧阳")));
}

TEST(XlsxReader, blanks_around_a_value_are_taken_off_and_escaped_characters_are_read)
{
    auto const bytes = workbook_of("<row><c t='inlineStr'><is><t xml:space='preserve'> \xE3\x80\x80张三\xC2\xA0</t></is></c>"
                                   "<c t='inlineStr'><is><t>一_x000A_二_x000D_</t></is></c></row>");

    EXPECT_THAT(all_texts(bytes), ElementsAre(ElementsAre("张三", "一\n二")));
}

TEST(XlsxReader, sparse_rows_and_cells_keep_their_places)
{
    auto const bytes = workbook_of(R"(<row r="3"><c r="C3"><v>7</v></c><c r="A3"><v>5</v></c></row>)"
                                   R"(<row r="9" hidden="1"><c r="AB9"><v>1</v></c></row><row><c/><c><v>2</v></c></row>)");

    auto const rows = read_all(bytes);

    ASSERT_THAT(rows, SizeIs(3));
    EXPECT_EQ(rows[0].number, 3u);
    EXPECT_THAT(texts(rows[0]), ElementsAre("5", "", "7"));
    EXPECT_EQ(rows[1].number, 9u);
    EXPECT_THAT(rows[1].cells, SizeIs(28));
    EXPECT_EQ(rows[2].number, 10u);
    EXPECT_THAT(texts(rows[2]), ElementsAre("", "2"));
}

TEST(XlsxReader, rows_without_any_text_are_passed_over_and_do_not_count)
{
    std::string rows;
    for (int i = 1; i <= 50; ++i)
        rows += R"(<row><c s="1"/><c t="inlineStr"><is><t> </t></is></c></row>)";

    auto const read = read_all(workbook_of(rows + "<row><c><v>1</v></c></row>"), {.rows = 1});

    ASSERT_THAT(read, SizeIs(1));
    EXPECT_EQ(read[0].number, 51u);
}

TEST(XlsxReader, numbers_are_written_as_a_person_would)
{
    auto const bytes = workbook_of("<row><c><v>12</v></c><c><v>9007199254740992</v></c><c><v>5.10164201503121e17</v></c>"
                                   "<c><v>0.30000000000000004</v></c><c><v>-2.5E-3</v></c><c><v>1.38E+10</v></c><c><v>3.0</v></c>"
                                   "<c><v>510164201503123124</v></c></row>");

    EXPECT_THAT(all_texts(bytes),
        ElementsAre(ElementsAre(
            "12", "9007199254740992", "510164201503121000", "0.3", "-0.0025", "13800000000", "3", "510164201503123124")));
}

TEST(XlsxReader, a_number_of_more_than_fifteen_digits_is_marked)
{
    auto const rows = read_all(workbook_of("<row><c><v>999999999999999</v></c><c><v>1000000000000000</v></c>"
                                           "<c><v>5.10164201503121E+17</v></c><c><v>0.12345678901234567</v></c></row>"));

    auto const& cells = rows.at(0).cells;
    EXPECT_EQ(cells[0].kind, Cell::Kind::number);
    EXPECT_FALSE(cells[0].digits_lost);
    EXPECT_TRUE(cells[1].digits_lost);
    EXPECT_TRUE(cells[2].digits_lost);
    EXPECT_FALSE(cells[3].digits_lost);
}

TEST(XlsxReader, booleans_and_error_values_are_words)
{
    auto const rows = read_all(workbook_of("<row><c t='b'><v>1</v></c><c t='b'><v>0</v></c><c t='e'><v>#N/A</v></c></row>"));

    EXPECT_THAT(texts(rows.at(0)), ElementsAre("TRUE", "FALSE", "#N/A"));
    EXPECT_EQ(rows[0].cells[0].kind, Cell::Kind::boolean);
}

TEST(XlsxReader, a_number_in_a_date_format_is_a_date)
{
    auto parts = workbook_parts("<row><c s='1'><v>42075</v></c><c s='2'><v>42075.354166666664</v></c><c s='3'><v>0.5</v></c>"
                                "<c s='4'><v>42075</v></c><c s='5'><v>1.5</v></c><c s='1'><v>1</v></c><c s='1'><v>61</v></c>"
                                "<c t='d'><v>2015-03-12T00:00:00.000Z</v></c></row>");
    parts["xl/styles.xml"]
        = R"(<styleSheet><numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/>)"
          R"(<numFmt numFmtId="177" formatCode="0&quot;days&quot;"/><numFmt numFmtId="178" formatCode="[h]:mm"/>)"
          R"(</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>)"
          R"(<xf numFmtId="14"/><xf numFmtId="176"/><xf numFmtId="20"/><xf numFmtId="177"/><xf numFmtId="178"/>)"
          R"(</cellXfs></styleSheet>)";

    auto const rows = read_all(zip_of(parts));

    EXPECT_THAT(texts(rows.at(0)),
        ElementsAre("2015-03-12", "2015-03-12 08:30:00", "12:00:00", "42075", "1.5", "1900-01-01", "1900-03-01", "2015-03-12"));
    EXPECT_EQ(rows[0].cells[0].kind, Cell::Kind::date);
    EXPECT_EQ(rows[0].cells[3].kind, Cell::Kind::number);
}

TEST(XlsxReader, a_workbook_of_old_macintoshes_counts_from_1904)
{
    auto parts = workbook_parts("<row><c s='1'><v>40613</v></c><c s='1'><v>1</v></c></row>");
    auto& workbook = parts["xl/workbook.xml"];
    workbook.insert(workbook.find("<sheets>"), "<workbookPr date1904='1'/>");

    EXPECT_THAT(all_texts(zip_of(parts)), ElementsAre(ElementsAre("2015-03-12", "1904-01-02")));
}

TEST(XlsxReader, a_serial_beyond_the_calendar_stays_a_number)
{
    auto const rows
        = read_all(workbook_of("<row><c s='1'><v>-1</v></c><c s='1'><v>99999999</v></c><c s='1'><v>1e300</v></c></row>"));

    EXPECT_THAT(texts(rows.at(0)), ElementsAre("-1", "99999999", HasSubstr("e+300")));
}

TEST(XlsxReader, all_sheets_are_read_in_the_order_of_the_tabs)
{
    auto parts = workbook_parts("<row><c><v>1</v></c></row>");
    parts["xl/worksheets/sheet2.xml"]
        = "<x:worksheet xmlns:x='y'><x:sheetData><x:row><x:c><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>";
    auto& relationships = parts["xl/_rels/workbook.xml.rels"];
    relationships.insert(
        relationships.find("</Relationships>"), "<Relationship Id='rId9' Type='x/worksheet' Target='worksheets/sheet2.xml'/>");
    auto& workbook = parts["xl/workbook.xml"];
    workbook.insert(workbook.find("<sheet name"), "<sheet name='教师' sheetId='2' r:id='rId9'/>");

    auto const rows = read_all(zip_of(parts));

    ASSERT_THAT(rows, SizeIs(2));
    EXPECT_EQ(rows[0].sheet_name, "教师");
    EXPECT_EQ(rows[0].sheet, 0u);
    EXPECT_THAT(texts(rows[0]), ElementsAre("2"));
    EXPECT_EQ(rows[1].sheet_name, "学生");
    EXPECT_EQ(rows[1].sheet, 1u);
}

TEST(XlsxReader, a_bomb_is_stopped_at_the_limit)
{
    auto const bomb = workbook_of("<row><c t='inlineStr'><is><t>" + std::string(20 << 20, 'a') + "</t></is></c></row>");
    ASSERT_LT(bomb.size(), 100'000u);

    EXPECT_EQ(error_of(bomb, {.bytes = 1 << 20}).fault, Fault::too_large);
}

TEST(XlsxReader, a_long_text_that_many_cells_share_is_stopped_too)
{
    std::string rows;
    for (int i = 0; i < 1000; ++i)
        rows += "<row><c t='s'><v>0</v></c></row>";
    auto parts = workbook_parts(rows);
    parts["xl/sharedStrings.xml"] = "<sst><si><t>" + std::string(100'000, 'a') + "</t></si></sst>";

    EXPECT_EQ(error_of(zip_of(parts), {.bytes = 10 << 20}).fault, Fault::too_large);
}

TEST(XlsxReader, rows_columns_and_sheets_have_limits)
{
    auto const bytes = workbook_of("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>");

    EXPECT_EQ(error_of(bytes, {.rows = 1}).fault, Fault::too_large);
    EXPECT_EQ(error_of(bytes, {.columns = 1}).fault, Fault::too_large);
    EXPECT_EQ(error_of(bytes, {.sheets = 0}).fault, Fault::too_large);
    EXPECT_EQ(error_of(workbook_of("<row><c r='ZZZZZZZZZZZZZZ1'><v>1</v></c></row>")).fault, Fault::too_large);
}

TEST(XlsxReader, entities_are_refused_wherever_they_are_declared)
{
    for (auto const* part : {"xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "xl/workbook.xml"}) {
        auto parts = workbook_parts("");
        parts[part] = "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><x>&b;</x>";

        auto const error = error_of(zip_of(parts));

        EXPECT_EQ(error.fault, Fault::damaged);
        EXPECT_THAT(error.en, HasSubstr("DOCTYPE"));
    }
}

TEST(XlsxReader, a_tag_without_end_is_not_gathered_in_memory)
{
    EXPECT_EQ(error_of(workbook_of("<row r='" + std::string(8 << 20, '1') + "'/>")).fault, Fault::damaged);
}

TEST(XlsxReader, broken_xml_names_its_part)
{
    auto const error = error_of(workbook_of("<row><c></row>"));

    EXPECT_EQ(error.fault, Fault::damaged);
    EXPECT_THAT(error.zh, HasSubstr("xl/worksheets/sheet1.xml"));
}

TEST(XlsxReader, a_file_that_was_cut_off_is_damaged)
{
    auto const whole = workbook_of("<row><c><v>1</v></c></row>");

    for (auto length = whole.size() - 1; length >= 4; length -= 3)
        EXPECT_EQ(error_of(std::string_view(whole).substr(0, length)).fault, Fault::damaged) << length;
}

TEST(XlsxReader, flipped_bits_never_do_worse_than_a_complaint)
{
    auto const whole = workbook_of("<row><c t='s'><v>0</v></c><c s='1'><v>42075</v></c></row>");

    for (std::size_t i = 4; i < whole.size(); ++i) {
        auto broken = whole;
        broken[i] = static_cast<char>(broken[i] ^ 0x41);
        try {
            read_all(broken, {.bytes = 1 << 20});
        } catch (SheetError const&) {
        }
    }
}

TEST(XlsxReader, an_archive_with_a_password_is_locked)
{
    EXPECT_EQ(error_of(zip_of(workbook_parts(""), "secret")).fault, Fault::locked);
}

TEST(XlsxReader, another_kind_of_archive_is_not_a_workbook)
{
    EXPECT_EQ(error_of(zip_of({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}})).fault, Fault::not_a_workbook);
}

TEST(XlsxReader, a_missing_sheet_is_damage)
{
    auto parts = workbook_parts("");
    parts.erase("xl/worksheets/sheet1.xml");

    EXPECT_EQ(error_of(zip_of(parts)).fault, Fault::damaged);
}

TEST(XlsxReader, a_workbook_without_texts_and_styles_is_read)
{
    auto parts = workbook_parts("<row><c s='4'><v>1</v></c><c t='s'><v>3</v></c></row>");
    parts["xl/sharedStrings.xml"] = "<sst/>";
    parts["xl/styles.xml"] = "<styleSheet/>";

    EXPECT_THAT(all_texts(zip_of(parts)), ElementsAre(ElementsAre("1")));
    EXPECT_THAT(read_all(workbook_of("")), IsEmpty());
}

TEST(XlsxReader, what_the_receiver_throws_comes_out_unchanged)
{
    struct Enough { };
    auto const bytes = workbook_of("<row><c><v>1</v></c></row><row><c><v>2</v></c></row>");
    int rows = 0;

    EXPECT_THROW(read_sheets(bytes, {},
                     [&](Row const&) {
                         ++rows;
                         throw Enough();
                     }),
        Enough);
    EXPECT_EQ(rows, 1);
}

} // namespace
} // namespace concentric::lib::testing
