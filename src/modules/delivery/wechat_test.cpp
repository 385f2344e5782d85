#include "modules/delivery/wechat.hpp"

#include <gtest/gtest.h>

namespace concentric::delivery {
namespace {

// 5 March 2026, 8:05 in China.
Message const message{{}, "openid", "江湾小学", "关于明天上午因台风停课一天并改为线上学习的紧急通知", 3,
    {start_of({20260305}).milliseconds + (8 * 60 + 5) * 60'000}};

TEST(AKeyword, is_cut_to_what_wechat_takes)
{
    EXPECT_EQ(keyword_value("thing1", "title", message), "关于明天上午因台风停课一天并改为线上学…");
    EXPECT_EQ(keyword_value("thing2", "office", message), "江湾小学");
    EXPECT_EQ(keyword_value("phrase3", "office", {{}, "", "江湾区教育局", "", 1, {}}), "江湾区教…");
    EXPECT_EQ(keyword_value("thing4", "text", message), "您有 3 条未读消息");
    EXPECT_EQ(keyword_value("number5", "count", message), "3");
    EXPECT_EQ(keyword_value("number5", "title", message), "3") << "a number takes no text";
    EXPECT_EQ(keyword_value("time6", "time", message), "2026年3月5日 08:05");
    EXPECT_EQ(keyword_value("date7", "time", message), "2026年3月5日");
}

TEST(Keywords, name_a_kind_with_its_number_and_one_of_our_contents)
{
    EXPECT_TRUE(are_good_keywords({"thing1=office", "time2=time"}));
    EXPECT_FALSE(are_good_keywords({}));
    EXPECT_FALSE(are_good_keywords({"thing=office"}));
    EXPECT_FALSE(are_good_keywords({"thing1=body"}));
    EXPECT_FALSE(are_good_keywords({"thing1"}));
}

} // namespace
} // namespace concentric::delivery
