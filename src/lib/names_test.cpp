#include "lib/compare_names.hpp"
#include "lib/mask.hpp"
#include "lib/pinyin.hpp"
#include "lib/text.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace concentric::lib {
namespace {

TEST(Text, blanks_of_every_kind_are_taken_off_at_both_ends)
{
    EXPECT_EQ(trim(" \t\r\n\xC2\xA0\xE3\x80\x80\xE2\x80\x8B\xEF\xBB\xBF张 三\xE3\x80\x80\xC2\xA0 "), "张 三");
    EXPECT_EQ(trim("\xE3\x80\x80\xC2\xA0"), "");
    EXPECT_EQ(trim(""), "");
    EXPECT_EQ(trim("𠮷"), "𠮷");
    EXPECT_EQ(trim("、a。"), "、a。");
}

TEST(Text, lines_of_a_protocol_know_blanks_and_cases_of_ascii_only)
{
    EXPECT_EQ(trim_ascii(" \tgzip, br \r\n"), "gzip, br");
    EXPECT_EQ(trim_ascii("\xE3\x80\x80 "), "\xE3\x80\x80");
    EXPECT_EQ(trim_ascii(" \r\n"), "");
    EXPECT_EQ(to_lower_ascii("Content-TYPE Ä[@"), "content-type Ä[@");
}

TEST(Text, broken_bytes_are_walked_over)
{
    for (auto const* broken : {"\xE5", "\x80\x80\x80\x80\x80", "a\xF0\x9F", "\xE3\x80", " \x80 "}) {
        EXPECT_GE(count_characters(broken), 1u);
        EXPECT_FALSE(trim(broken).empty());
    }
}

TEST(Mask, only_the_ends_of_an_identity_number_show)
{
    EXPECT_EQ(mask_identity_number("510164201503123121"), "510164********3121");
    EXPECT_EQ(mask_identity_number("110105491231002"), "110105*****1002");
    EXPECT_EQ(mask_identity_number("E12345678"), "********8");
    EXPECT_EQ(mask_identity_number("8"), "*");
    EXPECT_EQ(mask_identity_number(""), "");
}

TEST(Mask, the_middle_of_a_telephone_number_is_hidden)
{
    EXPECT_EQ(mask_phone("13812345678"), "138****5678");
    EXPECT_EQ(mask_phone("84932211"), "******11");
    EXPECT_EQ(mask_phone("11"), "**");
}

TEST(Mask, names_keep_their_first_and_last_character)
{
    EXPECT_EQ(mask_name("张三"), "张*");
    EXPECT_EQ(mask_name("张小三"), "张*三");
    EXPECT_EQ(mask_name("欧阳小三"), "欧**三");
    EXPECT_EQ(mask_name("𠮷䶮㛃"), "𠮷*㛃");
    EXPECT_EQ(mask_name("张"), "*");
    EXPECT_EQ(mask_name(""), "");
}

TEST(Pinyin, a_name_is_found_by_itself_its_pinyin_and_its_initials)
{
    EXPECT_EQ(search_key("张伟"), "张伟 zhangwei zw");
    EXPECT_EQ(search_key("张\xE3\x80\x80伟 "), "张伟 zhangwei zw");
    EXPECT_EQ(search_key("欧阳修"), "欧阳修 ouyangxiu oyx");
}

TEST(Pinyin, surnames_are_read_as_surnames_and_as_words)
{
    EXPECT_EQ(search_key("单伟"), "单伟 shanwei sw danwei dw");
    EXPECT_EQ(search_key("曾伟"), "曾伟 zengwei zw cengwei cw");
    EXPECT_EQ(search_key("张单"), "张单 zhangdan zd");
}

TEST(Pinyin, u_with_two_dots_is_typed_as_v_or_as_u) { EXPECT_EQ(search_key("吕布"), "吕布 lvbu lb lubu"); }

TEST(Pinyin, rare_characters_stay_in_the_name_only)
{
    EXPECT_EQ(search_key("张𠮷"), "张𠮷 zhang z");
    EXPECT_EQ(search_key("䶮"), "䶮 yan y");
    EXPECT_EQ(search_key("㛃"), "㛃 jie j");
}

TEST(Pinyin, other_scripts_are_folded)
{
    EXPECT_EQ(search_key("Anna Ｓmith"), "annasmith as");
    EXPECT_EQ(search_key("买买提·艾"), "买买提艾 maimaitiai mmta");
    EXPECT_EQ(search_key(""), "");
    EXPECT_EQ(search_fold("Zhang Wei"), "zhangwei");
}

TEST(Pinyin, threads_get_the_same_answer)
{
    std::vector<std::thread> threads;
    std::vector<std::string> keys(4);
    for (auto& key : keys)
        threads.emplace_back([&key] { key = search_key("冯骥才蔡志忠"); });
    for (auto& thread : threads)
        thread.join();

    for (auto const& key : keys)
        EXPECT_EQ(key, "冯骥才蔡志忠 fengjicaicaizhizhong fjcczz");
}

TEST(CompareNames, the_same_column_has_the_same_heading)
{
    for (auto const* heading :
        {"姓名", "*姓名", "姓名（必填）", "姓 名", "姓\n名", "姓名*", "【必填】姓名", "姓名(必填", "姓名：", "\xE3\x80\x80姓名 "})
        EXPECT_EQ(canonical_heading(heading), "姓名") << heading;
    EXPECT_EQ(canonical_heading("ＩＤ Number"), "idnumber");
    EXPECT_EQ(canonical_heading("（姓名）"), "姓名");
    EXPECT_EQ(canonical_heading(" * "), "");
}

TEST(CompareNames, likeness_is_the_share_of_characters_that_stay)
{
    EXPECT_DOUBLE_EQ(heading_similarity("*学生姓名", "学生姓名（必填）"), 1);
    EXPECT_DOUBLE_EQ(heading_similarity("学生姓名", "姓名"), 0.5);
    EXPECT_DOUBLE_EQ(heading_similarity("姓名", "班级"), 0);
    EXPECT_DOUBLE_EQ(heading_similarity("", ""), 0);
    EXPECT_DOUBLE_EQ(heading_similarity("身份证件号", "身份证号"), 0.8);
}

} // namespace
} // namespace concentric::lib
