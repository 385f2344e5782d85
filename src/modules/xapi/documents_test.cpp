#include "modules/xapi/descriptions.hpp"
#include "modules/xapi/document_rules.hpp"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace concentric::xapi {
namespace {

constexpr char const* json_type = "application/json";
// printf '{"x":1}' | sha1sum
constexpr char const* tag_of_one = "8724fc2165f042facbd9194627e4748bb7571b27";

Document json_document(std::string content) { return {json_type, std::move(content)}; }

// What ended a step; nothing where it went well.
template <class Step> std::optional<ErrorKind> fault_of(Step const& step)
{
    try {
        step();
    } catch (ApiError const& error) {
        return error.kind;
    }
    return std::nullopt;
}

} // namespace

TEST(Document, is_known_by_the_sha_1_of_its_content)
{
    EXPECT_EQ(tag_of(json_document(R"({"x":1})")), tag_of_one);
    EXPECT_EQ(tag_of({"text/plain", R"({"x":1})"}), tag_of_one);
    EXPECT_EQ(tag_of({"text/plain", ""}), "da39a3ee5e6b4b0d3255bfef95601890afd80709");
}

struct Checked {
    char const* name;
    bool is_there;
    Change change;
    Blind blind;
    char const *if_match, *if_none_match;
    std::optional<ErrorKind> fault;
};
struct Preconditioned : testing::TestWithParam<Checked> { };

TEST_P(Preconditioned, change_only_from_the_state_that_was_seen)
{
    auto const& asked = GetParam();
    auto const present = asked.is_there ? std::optional(json_document(R"({"x":1})")) : std::nullopt;

    EXPECT_EQ(fault_of([&] {
        check_change(present, asked.change, asked.blind, {asked.if_match, asked.if_none_match});
    }),
        asked.fault);
}

constexpr auto seen = R"("8724fc2165f042facbd9194627e4748bb7571b27")";
constexpr auto seen_compressed = R"("1", W/"8724fc2165f042facbd9194627e4748bb7571b27")";
constexpr auto other = R"("da39a3ee5e6b4b0d3255bfef95601890afd80709")";
constexpr auto meanwhile = ErrorKind::changed_meanwhile;
INSTANTIATE_TEST_SUITE_P(Each, Preconditioned,
    testing::Values(Checked{"new_profile", false, Change::put, Blind::refused, "", "", {}},
        Checked{"blind_put_of_a_profile", true, Change::put, Blind::refused, "", "", ErrorKind::conflict},
        Checked{"blind_put_of_a_state", true, Change::put, Blind::allowed, "", "", {}},
        Checked{"blind_merge_of_a_profile", true, Change::merge, Blind::refused, "", "", {}},
        Checked{"blind_removal_of_a_profile", true, Change::remove, Blind::refused, "", "", {}},
        Checked{"put_of_what_was_seen", true, Change::put, Blind::refused, seen, "", {}},
        Checked{"put_of_what_was_seen_compressed", true, Change::put, Blind::refused, seen_compressed, "", {}},
        Checked{"put_of_another_state", true, Change::put, Blind::refused, other, "", meanwhile},
        Checked{"put_of_whatever_is_there", true, Change::put, Blind::refused, "*", "", {}},
        Checked{"put_of_what_should_be_there", false, Change::put, Blind::refused, "*", "", meanwhile},
        Checked{"put_of_what_was_removed", false, Change::put, Blind::refused, seen, "", meanwhile},
        Checked{"put_where_nothing_should_be", true, Change::put, Blind::refused, "", "*", meanwhile},
        Checked{"put_where_nothing_is", false, Change::put, Blind::refused, "", "*", {}},
        Checked{"put_unless_it_is_that", true, Change::put, Blind::refused, "", seen, meanwhile},
        Checked{"put_unless_it_is_another", true, Change::put, Blind::refused, "", other, {}},
        Checked{"state_with_a_stale_tag", true, Change::put, Blind::allowed, other, "", meanwhile},
        Checked{"merge_with_a_stale_tag", true, Change::merge, Blind::refused, other, "", meanwhile},
        Checked{"removal_with_a_stale_tag", true, Change::remove, Blind::refused, other, "", meanwhile}),
    [](auto const& checked) { return std::string(checked.param.name); });

TEST(Document, posted_sets_the_properties_that_it_names_and_no_deeper_ones)
{
    // The example of xAPI 1.0.3, Communication 2.2.
    EXPECT_EQ(merged(json_document(R"({"x":"foo","y":"bar"})"), json_document(R"({"x":"bash","z":"faz"})")).content,
        R"({"x":"bash","y":"bar","z":"faz"})");
    EXPECT_EQ(merged(json_document(R"({"a":{"b":1,"c":2}})"), json_document(R"({"a":{"b":3}})")).content, R"({"a":{"b":3}})");
    EXPECT_EQ(merged(json_document(R"({"a":1})"), json_document(R"({"a":null})")).content, R"({"a":null})");
    EXPECT_EQ(merged(std::nullopt, json_document(R"({ "a": 1 })")).content, R"({ "a": 1 })");
    EXPECT_EQ(merged(std::nullopt, {"image/png", "\x89PNG"}).content, "\x89PNG");
}

TEST(Document, is_merged_only_where_both_are_json_objects)
{
    auto const object = json_document("{}");

    for (auto const& [present, posted] : {std::pair(object, json_document("[]")), std::pair(json_document("7"), object),
             std::pair(object, Document{"text/plain", "{}"}), std::pair(Document{"text/plain", "{}"}, object)})
        EXPECT_EQ(fault_of([&] { merged(present, posted); }), ErrorKind::malformed) << present.content << posted.content;
    EXPECT_EQ(fault_of([&] { merged(std::nullopt, json_document("[]")); }), ErrorKind::malformed);
}

TEST(Document, has_a_media_type_that_its_content_does_not_belie_and_a_sensible_size)
{
    EXPECT_EQ(fault_of([] { check_content({"application/json; charset=utf-8", "[1]"}); }), std::nullopt);
    EXPECT_EQ(fault_of([] { check_content({"application/octet-stream", std::string(1 << 20, '\0')}); }), std::nullopt);
    EXPECT_EQ(fault_of([] {
        check_content({"application/octet-stream", std::string((1 << 20) + 1, '\0')});
    }),
        ErrorKind::too_large);
    for (auto const* const type : {"", "json", "text/plain\r\nX: y", "文字/plain"})
        EXPECT_EQ(fault_of([&] { check_content({type, "x"}); }), ErrorKind::malformed) << type;
    EXPECT_EQ(fault_of([] { check_content({"application/json", "{half"}); }), ErrorKind::malformed);
}

TEST(Definition, newer_goes_over_older_word_by_word)
{
    auto known = boost::json::parse(R"({"name":{"zh-CN":"第七课","en":"Lesson"},"type":"http://a.example/lesson",
        "extensions":{"http://a.example/x":1}})")
                     .as_object();

    add_definition(known,
        boost::json::parse(R"({"name":{"en":"Lesson seven"},"moreInfo":"http://a.example/7",
        "extensions":{"http://a.example/y":2}})")
            .as_object());

    EXPECT_EQ(boost::json::serialize(known),
        R"({"name":{"zh-CN":"第七课","en":"Lesson seven"},"type":"http://a.example/lesson",)"
        R"("extensions":{"http://a.example/x":1,"http://a.example/y":2},"moreInfo":"http://a.example/7"})");
}

} // namespace concentric::xapi
