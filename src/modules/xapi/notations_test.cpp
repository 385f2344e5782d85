#include "modules/xapi/formats.hpp"
#include "modules/xapi/languages.hpp"
#include "modules/xapi/notations.hpp"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace concentric::xapi {

TEST(Notation, of_an_address_begins_with_a_scheme)
{
    for (auto const* const good : {"http://a.example/x", "mailto:a@b", "urn:uuid:1", "x-y+z.1:课", "act:7"})
        EXPECT_TRUE(is_iri(good)) << good;
    for (auto const* const bad :
        {"", "lesson", ":x", "ab=c://a.example", "7:x", "http://a b", "http://a/<x>", "http://a/\"x", "a/b:c"})
        EXPECT_FALSE(is_iri(bad)) << bad;
}

TEST(Notation, of_a_language_is_that_of_rfc_5646)
{
    for (auto const* const good : {"zh", "zh-CN", "zh-Hans-CN", "en-US", "es-419", "cmn-Hans-CN", "zh-yue-HK", "sl-rozaj-biske",
             "de-CH-1996", "en-a-myext-b-another", "x-whatever", "i-klingon", "de-DE-u-co-phonebk", "und", "en-x-a"})
        EXPECT_TRUE(is_language(good)) << good;
    for (auto const* const bad :
        {"", "a", "a12345", "zh_CN", "de-419-DE", "en-", "-en", "en--US", "englishlanguage", "en-a", "x", "en US"})
        EXPECT_FALSE(is_language(bad)) << bad;
}

TEST(Notation, of_the_version_is_1_0_and_a_number)
{
    for (auto const* const good : {"1.0", "1.0.0", "1.0.3", "1.0.12"})
        EXPECT_TRUE(is_version_1_0(good)) << good;
    for (auto const* const bad : {"", "1", "1.0.", "1.0.x", "1.05", "1.1.0", "0.9.9", "1.0.3 "})
        EXPECT_FALSE(is_version_1_0(bad)) << bad;
}

TEST(Notation, of_a_moment_has_an_offset_that_is_somewhere)
{
    Instant const moment{1'772'668'800'601}; // 2026-03-05 00:00:00.601 UTC
    for (auto const* const good : {"2026-03-05T00:00:00.601Z", "2026-03-05T08:00:00.601+08:00", "2026-03-05T08:00:00.601+0800",
             "2026-03-05T08:00:00.601+08", "2026-03-04T19:00:00.601-05", "2026-03-05T00:00:00.601+00:00"})
        EXPECT_EQ(moment_in(good), moment) << good;
    for (auto const* const bad : {"", "2026-03-05", "2026-03-05T08:00:00", "2026-03-05T08:00:00-00:00", "2026-03-05T08:00:00-0000",
             "2026-03-05T08:00:00-00", "2026-03-05T08:00:00+8", "2026-02-30T08:00:00Z", "01/011/2015"})
        EXPECT_EQ(moment_in(bad), std::nullopt) << bad;
}

TEST(Duration, is_counted_in_seconds)
{
    EXPECT_EQ(seconds_of_duration("PT15M"), 900);
    EXPECT_EQ(seconds_of_duration("PT1H0M1.9S"), 3601);
    EXPECT_EQ(seconds_of_duration("PT0,5H"), 1800);
    EXPECT_EQ(seconds_of_duration("P1DT1S"), 86'401);
    EXPECT_EQ(seconds_of_duration("P2W"), 1'209'600);
    EXPECT_EQ(seconds_of_duration("P3Y1M29DT4H35M59.14S"), 0) << "years have no length of their own";
    EXPECT_EQ(seconds_of_duration("P1M"), 0);
    EXPECT_EQ(seconds_of_duration("PT9999999999999S"), 1'000'000'000);
    for (auto const* const none : {"", "P", "PT", "15M", "PT-5M", "PT5", "PT5X", "P1DT", "PA1H0M0S", "PT1S1M", "P1H", "PT1.5H1M",
             "PT.5S", "PT5.S", "PT1.2.3S", "PTinfS", "P1TT1S", "PT1S "})
        EXPECT_EQ(seconds_of_duration(none), std::nullopt) << none;
}

TEST(Languages, are_read_in_the_order_in_which_they_are_liked)
{
    EXPECT_THAT(languages_read("en;q=0.5, fr-CH, *;q=0.1, de;q=0"), testing::ElementsAre("fr-ch", "fr", "en", "zh-cn", "zh", "en"));
    EXPECT_THAT(languages_read(""), testing::ElementsAre("zh-cn", "zh", "en"));
}

TEST(Languages, of_each_map_leave_the_one_that_is_understood_best)
{
    auto const kept = [](std::string_view accepted, char const* map) {
        auto value = boost::json::parse(map).as_object();
        keep_one_language(value, languages_read(accepted));
        return boost::json::serialize(value);
    };
    EXPECT_EQ(kept("en-GB", R"({"en-US":"a","en-GB":"b"})"), R"({"en-GB":"b"})");
    EXPECT_EQ(kept("en-GB", R"({"zh-CN":"a","en-US":"b"})"), R"({"en-US":"b"})");
    EXPECT_EQ(kept("en", R"({"enm":"a","en-US":"b"})"), R"({"en-US":"b"})");
    EXPECT_EQ(kept("", R"({"en":"a","zh-CN":"b"})"), R"({"zh-CN":"b"})");
    EXPECT_EQ(kept("ja", R"({"fr":"a","de":"b"})"), R"({"fr":"a"})");
    EXPECT_EQ(kept("ja", "{}"), "{}");
}

namespace {

constexpr char const* rich_statement = R"({"actor":{"objectType":"Group","name":"g","member":[{"mbox":"mailto:a@b","name":"a"}]},
    "verb":{"id":"x:v","display":{"zh-CN":"做","en":"did"}},
    "object":{"objectType":"SubStatement","actor":{"openid":"x:o","name":"o"},"verb":{"id":"x:w","display":{"en":"w","fr":"w"}},
        "object":{"id":"x:q","definition":{"name":{"zh-CN":"题","en":"q"},
            "choices":[{"id":"1","description":{"zh-CN":"一","en":"one"}}]}}},
    "context":{"instructor":{"mbox":"mailto:i@b","name":"i"},"team":{"objectType":"Group","openid":"x:t","member":[{"openid":"x:o"}]},
        "contextActivities":{"parent":[{"id":"x:p","definition":{"description":{"zh-CN":"课","en":"p"}}}]}}})";

} // namespace

TEST(Format, of_ids_leaves_of_agents_verbs_and_activities_what_they_are_known_by)
{
    EXPECT_EQ(boost::json::parse(formatted(rich_statement, Format::ids, {})), boost::json::parse(R"({
        "actor":{"objectType":"Group","member":[{"mbox":"mailto:a@b"}]},"verb":{"id":"x:v"},
        "object":{"objectType":"SubStatement","actor":{"openid":"x:o"},"verb":{"id":"x:w"},"object":{"id":"x:q"}},
        "context":{"instructor":{"mbox":"mailto:i@b"},"team":{"objectType":"Group","openid":"x:t"},
            "contextActivities":{"parent":[{"id":"x:p"}]}}})"));
}

TEST(Format, canonical_is_in_one_language_wherever_an_activity_or_a_verb_stands)
{
    EXPECT_EQ(
        boost::json::parse(formatted(rich_statement, Format::canonical, languages_read("fr, en;q=0.5"))), boost::json::parse(R"({
        "actor":{"objectType":"Group","name":"g","member":[{"mbox":"mailto:a@b","name":"a"}]},"verb":{"id":"x:v","display":{"en":"did"}},
        "object":{"objectType":"SubStatement","actor":{"openid":"x:o","name":"o"},"verb":{"id":"x:w","display":{"fr":"w"}},
            "object":{"id":"x:q","definition":{"name":{"en":"q"},"choices":[{"id":"1","description":{"en":"one"}}]}}},
        "context":{"instructor":{"mbox":"mailto:i@b","name":"i"},"team":{"objectType":"Group","openid":"x:t","member":[{"openid":"x:o"}]},
            "contextActivities":{"parent":[{"id":"x:p","definition":{"description":{"en":"p"}}}]}}})"));
}

} // namespace concentric::xapi
