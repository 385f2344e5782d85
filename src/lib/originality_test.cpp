#include "lib/originality.hpp"

#include "lib/text.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace concentric::lib {
namespace {

// Chinese characters in no order, so that two such texts share nothing by chance.
std::string noise(std::mt19937_64& source, std::size_t characters)
{
    std::string text;
    std::uniform_int_distribution<char32_t> any(0x4E00, 0x9FA5);
    for (std::size_t i = 0; i < characters; ++i)
        append_character(text, any(source));
    return text;
}

bool share_a_fingerprint(std::string const& one, std::string const& other)
{
    auto const first = ComparableText(one).fingerprints(), second = ComparableText(other).fingerprints();
    return std::ranges::any_of(first, [&](std::int64_t print) { return std::ranges::binary_search(second, print); });
}

std::vector<std::string> shared(std::string const& one, std::string const& other)
{
    std::vector<std::string> passages;
    for (auto const& passage : ComparableText(one).shared_with(ComparableText(other)))
        passages.push_back(one.substr(passage.begin, passage.end - passage.begin));
    return passages;
}

TEST(Originality, a_shared_passage_of_the_promised_length_is_always_found)
{
    std::mt19937_64 source(20251123);
    for (int round = 0; round < 300; ++round) {
        auto const passage = noise(source, surely_found);
        auto const one = noise(source, source() % 500) + passage + noise(source, source() % 500);
        auto const other = noise(source, source() % 500) + passage + noise(source, source() % 500);

        ASSERT_TRUE(share_a_fingerprint(one, other)) << "round " << round;
        ASSERT_EQ(shared(one, other), std::vector{passage}) << "round " << round;
    }
}

TEST(Originality, unrelated_texts_share_nothing)
{
    std::mt19937_64 source(7);
    for (int round = 0; round < 100; ++round) {
        auto const one = noise(source, 3000), other = noise(source, 3000);

        ASSERT_FALSE(share_a_fingerprint(one, other));
        ASSERT_TRUE(shared(one, other).empty());
    }
}

TEST(Originality, about_a_twentieth_of_the_places_leave_a_fingerprint)
{
    std::mt19937_64 source(11);

    auto const prints = ComparableText(noise(source, 5000)).fingerprints();

    // 2 of 41 places on average (Schleimer and others, 2003): 243 of 4,985.
    EXPECT_GT(prints.size(), 210U);
    EXPECT_LT(prints.size(), 280U);
    EXPECT_GE(prints.front(), 0);
}

TEST(Originality, punctuation_width_case_and_blanks_make_no_difference)
{
    std::string const one = "家校社协同育人，教联体 ABC 方案：每学期至少家访一次。";
    std::string const other = "前文家校社协同育人；教联体ａｂｃ方案 每学期\n至少家访一次后文";

    EXPECT_EQ(shared(one, other), (std::vector<std::string>{"家校社协同育人，教联体 ABC 方案：每学期至少家访一次"}));
}

TEST(Originality, fifteen_characters_are_nobodys_property_sixteen_are)
{
    EXPECT_TRUE(shared("甲乙丙丁戊己庚辛壬癸子丑寅卯辰", "甲乙丙丁戊己庚辛壬癸子丑寅卯辰").empty());
    EXPECT_EQ(shared("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳", "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳").size(), 1U);
}

TEST(Originality, quotations_are_left_out_but_not_a_whole_text_in_quotation_marks)
{
    std::mt19937_64 source(3);
    auto const sentence = noise(source, 60), page = noise(source, longest_quotation + 1);

    EXPECT_TRUE(shared("文件指出“" + sentence + "”。", sentence).empty());
    EXPECT_TRUE(shared("文件指出「" + sentence + "」。", sentence).empty());
    EXPECT_EQ(shared("文件指出“" + sentence, sentence).size(), 1U) << "a quotation that never ends";
    EXPECT_EQ(shared("“" + page + "”", page).size(), 1U);
}

TEST(Originality, what_stands_in_the_template_is_left_out)
{
    std::mt19937_64 source(5);
    auto const heading = noise(source, 40), own = noise(source, 80), copied = noise(source, 80);
    auto const other = ComparableText(heading + copied);
    ComparableText text(heading + own + copied);

    text.leave_out(ComparableText(heading));

    EXPECT_EQ(text.size(), 160U);
    auto const passages = text.shared_with(other);
    ASSERT_EQ(passages.size(), 1U);
    EXPECT_EQ(passages.front().characters, 80U);
    EXPECT_EQ(passages.front().other_begin, heading.size());
}

TEST(Originality, passages_come_in_order_and_do_not_overlap)
{
    std::mt19937_64 source(9);
    auto const first = noise(source, 50), second = noise(source, 50);

    auto const passages = ComparableText(first + "自己的话" + second).shared_with(ComparableText(second + first));

    ASSERT_EQ(passages.size(), 2U);
    EXPECT_LE(passages[0].end, passages[1].begin);
    EXPECT_EQ(passages[0].other_begin, second.size());
    EXPECT_EQ(passages[1].other_begin, 0U);
}

TEST(Originality, nothing_comes_of_nothing)
{
    EXPECT_TRUE(ComparableText("").fingerprints().empty());
    EXPECT_TRUE(ComparableText("，。！").fingerprints().empty());
    EXPECT_EQ(ComparableText("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳").fingerprints().size(), 1U);
}

} // namespace
} // namespace concentric::lib
