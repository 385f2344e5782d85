#include "core/fields.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

#include <set>

namespace concentric {
namespace {

using ::testing::ElementsAre;

enum class Size { small, large };
BOOST_DESCRIBE_ENUM(Size, small, large)

struct Part {
    Text<1, 5> name;
};
BOOST_DESCRIBE_STRUCT(Part, (), (name))

struct Base {
    PersonId id;
};
BOOST_DESCRIBE_STRUCT(Base, (), (id))

struct Whole : Base {
    std::uint8_t count = 0;
    bool is_good = false;
    double share = 0;
    Size size = Size::small;
    std::optional<Day> day;
    std::vector<Part> parts;
    std::optional<Phone> phone;
};
BOOST_DESCRIBE_STRUCT(Whole, (Base), (count, is_good, share, size, day, parts, phone))

std::vector<std::string> problems_of(std::string_view json)
{
    Whole whole;
    Problems problems;
    reflect::read(boost::json::parse({json.data(), json.size()}), reflect::type_of<Whole>, &whole, problems);
    std::vector<std::string> found;
    for (auto const& problem : problems)
        found.push_back(problem.path + " " + problem.code);
    return found;
}

TEST(Reflect, a_struct_survives_the_way_through_json)
{
    std::string const text
        = R"({"id":"9007199254740993","count":255,"is_good":true,"share":0.25,"size":"large","day":"2026-03-05","parts":[{"name":"脚"}]})";

    EXPECT_EQ(to_json(reflect::from_json<Whole>(text)), text);
}

TEST(Reflect, every_fault_is_named_with_its_place)
{
    EXPECT_THAT(
        problems_of(
            R"({"id":7,"count":256,"is_good":1,"share":"a","size":"huge","day":"2026-02-30","parts":[{"name":"a"},{"name":"123456"},{}],
                               "phone":"12345678901","other/x":0})"),
        ElementsAre("/id type", "/count range", "/is_good type", "/share type", "/size enum", "/day format", "/parts/1/name length",
            "/parts/2/name required", "/phone format", "/other~1x unknown"));
}

TEST(Reflect, what_must_be_there_is_asked_for_and_lists_and_options_may_be_left_out)
{
    EXPECT_THAT(problems_of("{}"),
        ElementsAre("/id required", "/count required", "/is_good required", "/share required", "/size required"));
}

TEST(Reflect, a_length_is_counted_in_characters_not_bytes)
{
    EXPECT_TRUE(
        problems_of(R"({"id":"1","count":1,"is_good":true,"share":1,"size":"small","parts":[{"name":"一二三四五"}]})").empty());
    EXPECT_THAT(problems_of(R"({"id":"1","count":1,"is_good":true,"share":1,"size":"small","parts":[{"name":"一二三四五六"}]})"),
        ElementsAre("/parts/0/name length"));
}

TEST(Reflect, a_text_is_escaped)
{
    std::string out;
    reflect::write_text(out, "a\"\\\n\x01中");

    EXPECT_EQ(out, R"("a\"\\\n\u0001中")");
}

TEST(Reflect, texts_of_a_path_and_query_go_before_the_body)
{
    boost::json::object const texts{{"id", "5"}, {"count", "7"}};
    Whole whole;
    Problems problems;

    reflect::read_request(texts, boost::json::parse(R"({"count":1,"is_good":true,"share":1,"size":"small"})"),
        reflect::type_of<Whole>, &whole, problems);

    EXPECT_TRUE(problems.empty());
    EXPECT_EQ(whole.id, PersonId{5});
    EXPECT_EQ(whole.count, 7);
}

TEST(Fields, an_identity_number_has_a_true_check_digit)
{
    EXPECT_EQ(IdentityNumber::check("11010519491231002X"), std::nullopt); // the example of GB 11643-1999
    EXPECT_NE(IdentityNumber::check("110105194912310021"), std::nullopt);
    EXPECT_NE(IdentityNumber::check("1101051949123100"), std::nullopt);
}

TEST(Fields, ids_grow_and_never_repeat)
{
    std::set<std::int64_t> seen;
    std::int64_t last = 0;
    for (int i = 0; i < 10'000; ++i) {
        auto const id = new_id();
        EXPECT_GT(id, last);
        last = id;
        seen.insert(id);
    }
    EXPECT_EQ(seen.size(), 10'000u);
}

} // namespace
} // namespace concentric
