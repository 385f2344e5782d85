#include "lib/workbook_fixture.hpp"

#include <gmock/gmock.h>

namespace concentric::lib::testing {
namespace {

using namespace std::string_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Fault = SheetError::Fault;

TEST(CsvReader, quotes_hold_delimiters_line_breaks_and_quotes)
{
    EXPECT_THAT(all_texts("姓名,备注\r\n张三,\"说:\"\"好\"\",\n然后走了\"\r\n"),
        ElementsAre(ElementsAre("姓名", "备注"), ElementsAre("张三", "说:\"好\",\n然后走了")));
}

TEST(CsvReader, odd_quotes_are_taken_as_they_stand)
{
    EXPECT_THAT(all_texts("a,b 5\"\n\"\",\"\"\"\"\n\"x\"y\"z,1\n"),
        ElementsAre(ElementsAre("a", "b 5\""), ElementsAre("", "\""), ElementsAre("xy\"z", "1")));
}

TEST(CsvReader, lines_end_in_any_way_and_the_last_may_lack_its_end)
{
    EXPECT_THAT(all_texts("a,b\rc,d\ne,f\r\ng,h"),
        ElementsAre(ElementsAre("a", "b"), ElementsAre("c", "d"), ElementsAre("e", "f"), ElementsAre("g", "h")));
}

TEST(CsvReader, semicolons_and_tabs_are_found)
{
    EXPECT_THAT(all_texts("a;b;c\n1,5;2,5;3\n"), ElementsAre(ElementsAre("a", "b", "c"), ElementsAre("1,5", "2,5", "3")));
    EXPECT_THAT(all_texts("姓名\t住址\n张三\t三溪镇,1号\n李四\t官仓,2号\n"),
        ElementsAre(ElementsAre("姓名", "住址"), ElementsAre("张三", "三溪镇,1号"), ElementsAre("李四", "官仓,2号")));
}

TEST(CsvReader, a_title_above_the_table_does_not_mislead)
{
    EXPECT_THAT(all_texts("2025学年学生名单\n姓名;班级\n张三;1班\n"),
        ElementsAre(ElementsAre("2025学年学生名单"), ElementsAre("姓名", "班级"), ElementsAre("张三", "1班")));
}

TEST(CsvReader, empty_rows_count_but_are_not_handed_over)
{
    auto const rows = read_all("a,b\n\n,,,\nc,d,,\n");

    ASSERT_THAT(rows, SizeIs(2));
    EXPECT_EQ(rows[1].number, 4u);
    EXPECT_THAT(texts(rows[1]), ElementsAre("c", "d"));
    EXPECT_EQ(rows[1].sheet_name, "");
}

TEST(CsvReader, blanks_and_guards_around_a_value_are_taken_off)
{
    EXPECT_THAT(all_texts("\t张三\xE3\x80\x80,=\"0123\",'=1+1,'张,\"=\"\"510\"\"\"\n"),
        ElementsAre(ElementsAre("张三", "0123", "=1+1", "'张", "510")));
}

TEST(CsvReader, an_identity_number_that_was_shortened_is_marked)
{
    auto const rows = read_all("5.10164E+17,E+1,1E+,510164201503123124\n");

    EXPECT_TRUE(rows.at(0).cells[0].digits_lost);
    EXPECT_FALSE(rows[0].cells[1].digits_lost);
    EXPECT_FALSE(rows[0].cells[3].digits_lost);
}

TEST(CsvReader, utf8_is_read_with_and_without_a_byte_order_mark)
{
    EXPECT_THAT(all_texts("\xEF\xBB\xBF姓名,𠮷\n"), ElementsAre(ElementsAre("姓名", "𠮷")));
    EXPECT_THAT(all_texts("姓名,𠮷\n"), ElementsAre(ElementsAre("姓名", "𠮷")));
}

TEST(CsvReader, utf16_is_read_in_both_byte_orders)
{
    // 张,𠮷 and a line feed
    EXPECT_THAT(all_texts("\xFF\xFE\x20\x5F\x2C\x00\x42\xD8\xB7\xDF\x0A\x00"s), ElementsAre(ElementsAre("张", "𠮷")));
    EXPECT_THAT(all_texts("\xFE\xFF\x5F\x20\x00\x2C\xD8\x42\xDF\xB7\x00\x0A"s), ElementsAre(ElementsAre("张", "𠮷")));
}

TEST(CsvReader, gb18030_keeps_rare_characters_whole)
{
    // 张三 in GB2312, 䶮 in GBK, 㛃 and 𠮷 in four bytes
    EXPECT_THAT(all_texts("\xD5\xC5\xC8\xFD,\xFE\x9F,\x82\x30\xB7\x31,\x95\x34\xB2\x35\r\n"),
        ElementsAre(ElementsAre("张三", "䶮", "㛃", "𠮷")));
}

TEST(CsvReader, gb18030_is_whole_wherever_the_decoder_pauses)
{
    for (std::size_t shift = 0; shift < 3; ++shift) {
        std::string bytes(shift, 'x'), expected(shift, 'x');
        for (int i = 0; i < 20'000; ++i) {
            bytes += "\x95\x34\xB2\x35";
            expected += "𠮷";
        }

        EXPECT_THAT(all_texts(bytes), ElementsAre(ElementsAre(expected)));
    }
}

TEST(CsvReader, bytes_that_fit_no_encoding_are_named_by_line_and_byte)
{
    // 姓名 in GB18030, then a byte that begins nothing
    auto const error = error_of("\xD0\xD5\xC3\xFB\n\xFF\xFF,a\n");

    EXPECT_EQ(error.fault, Fault::damaged);
    EXPECT_THAT(error.en, HasSubstr("Line 2 (byte 6)"));
    EXPECT_THAT(error.zh, HasSubstr("第 2 行（第 6 字节）"));
}

TEST(CsvReader, a_broken_place_in_utf8_does_not_turn_the_file_into_gb18030)
{
    auto const error = error_of("姓名,班级\n张\xE4,1\n");

    EXPECT_THAT(error.en, HasSubstr("Line 2 (byte 18)"));
}

TEST(CsvReader, a_quote_that_never_ends_is_named_by_its_line)
{
    auto const error = error_of("a,b\nc,\"d\ne,f\n");

    EXPECT_EQ(error.fault, Fault::damaged);
    EXPECT_THAT(error.en, HasSubstr("line 2"));
}

TEST(CsvReader, limits_hold)
{
    EXPECT_EQ(error_of("a\nb\n", {.rows = 1}).fault, Fault::too_large);
    EXPECT_EQ(error_of("a,b\n", {.columns = 1}).fault, Fault::too_large);
    EXPECT_EQ(error_of("a,b\n", {.bytes = 2}).fault, Fault::too_large);
    EXPECT_THAT(read_all("a,,\n", {.columns = 1}), SizeIs(1));
}

TEST(Sheets, an_old_or_encrypted_workbook_says_what_to_do)
{
    auto const error = error_of("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rest"s);

    EXPECT_EQ(error.fault, Fault::locked);
    EXPECT_THAT(error.zh, HasSubstr("另存为 .xlsx"));
    EXPECT_THAT(error.en, HasSubstr(".xlsx"));
}

TEST(Sheets, other_files_are_not_workbooks)
{
    EXPECT_EQ(error_of("").fault, Fault::not_a_workbook);
    EXPECT_EQ(error_of("\x89PNG\r\n\x1A\n\0\0\0\rIHDR"s).fault, Fault::not_a_workbook);
    EXPECT_EQ(error_of("\xEF\xBB\xBF <HTML><table>").fault, Fault::not_a_workbook);
    EXPECT_EQ(error_of("<?xml version='1.0'?><Workbook/>").fault, Fault::not_a_workbook);
}

TEST(Sheets, every_way_to_cut_a_text_off_is_read_or_complained_about)
{
    auto const whole = "\xEF\xBB\xBF姓名,\"备\"\"注\"\r\n𠮷,=\"1\"\r\n"s;
    for (std::size_t length = 1; length <= whole.size(); ++length) {
        try {
            read_all(std::string_view(whole).substr(0, length));
        } catch (SheetError const&) {
        }
    }
    EXPECT_THAT(read_all("\xEF\xBB\xBF"), IsEmpty());
}

} // namespace
} // namespace concentric::lib::testing
