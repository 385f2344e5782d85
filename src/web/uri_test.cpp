#include "web/uri.hpp"

#include "web/message.hpp"

#include <gmock/gmock.h>

using namespace concentric::web;
using testing::ElementsAre;
using testing::Pair;

TEST(uri, chinese_words_come_out_of_their_percent_signs)
{
    EXPECT_EQ(percent_decode("%E5%90%8C%e5%bf%83"), "同心");
    EXPECT_EQ(percent_decode("a+b"), "a+b");
}

TEST(uri, a_broken_percent_sign_is_no_address)
{
    EXPECT_EQ(percent_decode("%"), std::nullopt);
    EXPECT_EQ(percent_decode("%4"), std::nullopt);
    EXPECT_EQ(percent_decode("%4g"), std::nullopt);
}

TEST(uri, a_query_keeps_its_order_and_its_doubles)
{
    EXPECT_THAT(parse_query("school=7&name=%E5%BF%83+1&school=8&&open"),
        ElementsAre(Pair("school", "7"), Pair("name", "心 1"), Pair("school", "8"), Pair("open", "")));
    EXPECT_THAT(parse_query("rate=100%"), ElementsAre(Pair("rate", "100%")));
    EXPECT_THAT(parse_query(""), ElementsAre());
}

TEST(uri, a_target_is_parted_at_the_first_question_mark)
{
    auto const target = parse_target("/schools/%37?a=1?b");

    ASSERT_TRUE(target);
    EXPECT_EQ(target->path, "/schools/7");
    EXPECT_EQ(target->query, "a=1?b");
}

TEST(uri, the_absolute_form_of_proxies_means_the_same_path)
{
    EXPECT_EQ(parse_target("http://county.cn:80/a?b")->path, "/a");
    EXPECT_EQ(parse_target("https://county.cn")->path, "/");
}

TEST(uri, a_path_that_climbs_or_hides_control_characters_is_refused)
{
    for (auto const* target : {"/..", "/%ff", "/%c0%ae", "/%ed%a0%80", "/a/../b", "/a/%2e%2E/b", "/a%2f..%2fb", "/a%00b",
             "/a%0d%0ab", "/a%7f", "a", "*", "/a#b", "/%zz", "", "?a"})
        EXPECT_FALSE(parse_target(target)) << target;
    EXPECT_EQ(parse_target("/a..b/...")->path, "/a..b/...");
}

TEST(uri, what_is_no_text_is_told_and_can_be_made_one)
{
    EXPECT_TRUE(is_text("同心 \xEF\xBF\xBD"));
    for (auto const bytes : {std::string_view("\xC0\xAF"), std::string_view("\xFF"), std::string_view("\xED\xA0\x80"),
             std::string_view("a\0b", 3), std::string_view("\xE5\xBF")})
        EXPECT_FALSE(is_text(bytes)) << bytes;
    EXPECT_EQ(as_text("a\xFF", 9), "a\xEF\xBF\xBD");
    EXPECT_EQ(as_text(std::string_view("a\0b", 3), 9),
        "a\xEF\xBF\xBD"
        "b");
    EXPECT_EQ(as_text("同心圆", 8), "同心") << "never a part of a character";
}

TEST(uri, a_cookie_is_found_by_its_whole_name)
{
    Request request;
    request.headers = {{"cookie", "my_session=wrong; session=\"right\""}, {"cookie", "later=here"}};

    EXPECT_EQ(cookie_of(request, "session"), "right");
    EXPECT_EQ(cookie_of(request, "later"), "here");
    EXPECT_EQ(cookie_of(request, "sess"), "");
}
