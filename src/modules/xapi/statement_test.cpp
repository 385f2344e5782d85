#include "modules/xapi/rules.hpp"
#include "modules/xapi/statement.hpp"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace concentric::xapi {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr char const* usual_statement = R"({"actor":{"account":{"homePage":"https://player.example","name":"4711"}},
    "verb":{"id":"http://adlnet.gov/expapi/verbs/completed","display":{"zh-CN":"完成","en":"completed"}},
    "object":{"id":"https://player.example/lessons/7","definition":{"name":{"zh-CN":"第七课"}}},
    "result":{"duration":"PT12M30S"},"timestamp":"2026-03-05T08:00:00+08:00"})";

// Puts a part in its place, "/result/success"; what leads to it is made where it is not there.
void put(boost::json::value& value, std::string_view pointer, boost::json::value part)
{
    auto const end = pointer.find('/', 1);
    auto& members = value.is_object() ? value.get_object() : value.emplace_object();
    auto& member = members[pointer.substr(1, end == pointer.npos ? end : end - 1)];
    if (end == pointer.npos)
        member = std::move(part);
    else
        put(member, pointer.substr(end), std::move(part));
}

// The usual_statement statement with one of its parts in another form; null takes the part away.
boost::json::value with(std::string_view pointer, std::string_view json)
{
    auto value = boost::json::parse(usual_statement);
    auto const part = boost::json::parse({json.data(), json.size()});
    if (part.is_null())
        value.as_object().erase(pointer.substr(1));
    else
        put(value, pointer, part);
    return value;
}

std::vector<std::string> places_of_faults(boost::json::value const& value)
{
    Problems problems;
    read_statement(value, "", problems);
    std::vector<std::string> places;
    for (auto const& problem : problems)
        places.push_back(problem.path);
    return places;
}

Statement read(std::string_view pointer = "/version", std::string_view json = R"("1.0.0")")
{
    Problems problems;
    auto statement = read_statement(with(pointer, json), "", problems);
    EXPECT_THAT(problems, IsEmpty());
    return statement;
}

} // namespace

TEST(Statement, says_who_did_what_for_how_long_and_when)
{
    auto const statement = read();

    EXPECT_EQ(statement.actor.known_by, "account https://player.example 4711");
    EXPECT_EQ(statement.verb, "http://adlnet.gov/expapi/verbs/completed");
    EXPECT_EQ(statement.verb_words, "完成");
    EXPECT_EQ(statement.activity, "https://player.example/lessons/7");
    EXPECT_EQ(statement.activity_words, "第七课");
    EXPECT_EQ(statement.seconds, 750);
    EXPECT_EQ(text_of(statement.happened_at), "2026-03-05T08:00:00.000+08:00");
    EXPECT_FALSE(statement.is_failed);
}

struct Fault {
    char const *pointer, *json, *place;
};
struct FaultsOfStatements : testing::TestWithParam<Fault> { };

TEST_P(FaultsOfStatements, are_told_with_their_place)
{
    EXPECT_THAT(places_of_faults(with(GetParam().pointer, GetParam().json)), testing::Contains(GetParam().place));
}

INSTANTIATE_TEST_SUITE_P(Each, FaultsOfStatements,
    testing::Values(Fault{"/actor", "null", "/actor"}, Fault{"/verb", "null", "/verb"}, Fault{"/object", "null", "/object"},
        Fault{"/id", R"("4711")", "/id"}, Fault{"/more", "1", "/more"}, Fault{"/verb/id", R"("completed")", "/verb/id"},
        Fault{"/verb/display", R"({"zh-CN":1})", "/verb/display/zh-CN"}, Fault{"/object/id", R"("lesson seven")", "/object/id"},
        Fault{"/object/objectType", R"("Thing")", "/object/objectType"},
        Fault{"/actor/objectType", R"("Robot")", "/actor/objectType"}, Fault{"/actor", R"({"name":"somebody"})", "/actor"},
        Fault{"/actor", R"({"mbox":"mailto:a@example.org","openid":"https://a.example"})", "/actor"},
        Fault{"/actor", R"({"mbox":"a@example.org"})", "/actor/mbox"},
        Fault{"/actor", R"({"mbox_sha1sum":"abc"})", "/actor/mbox_sha1sum"},
        Fault{"/actor/account/name", "7", "/actor/account/name"},
        Fault{"/actor/account/name", R"("13800138000")", "/actor/account/name"},
        Fault{"/actor/account/name", R"("11010519491231002X")", "/actor/account/name"},
        Fault{"/actor", R"({"mbox":"mailto:13800138000@139.com"})", "/actor/mbox"},
        Fault{"/actor", R"({"objectType":"Group"})", "/actor"}, Fault{"/result/duration", R"("12 minutes")", "/result/duration"},
        Fault{"/result/success", R"("yes")", "/result/success"},
        Fault{"/result/score", R"({"scaled":1.5})", "/result/score/scaled"},
        Fault{"/result/score", R"({"raw":11,"min":0,"max":10})", "/result/score/raw"},
        Fault{"/result/extensions", R"({"colour":1})", "/result/extensions/colour"},
        Fault{"/context", R"({"registration":"7"})", "/context/registration"},
        Fault{"/context", R"({"contextActivities":{"parent":[{"id":"x"}]}})", "/context/contextActivities/parent/0/id"},
        Fault{"/timestamp", R"("yesterday")", "/timestamp"}, Fault{"/timestamp", R"("2026-03-05T08:00:00-00:00")", "/timestamp"},
        Fault{"/version", R"("2.0.0")", "/version"}, Fault{"/attachments", "{}", "/attachments"},
        Fault{"/attachments", R"([{"usageType":"http://a.example"}])", "/attachments/0/sha2"},
        Fault{"/attachments", R"([{"display":{},"contentType":"text\nplain"}])", "/attachments/0/contentType"},
        Fault{"/attachments", R"([{"sha2":"1234"}])", "/attachments/0/sha2"},
        Fault{"/attachments", R"([{"length":1.5}])", "/attachments/0/length"},
        Fault{"/attachments", R"([{"fileUrl":"here"}])", "/attachments/0/fileUrl"},
        Fault{"/object", R"({"objectType":"SubStatement","id":"x"})", "/object/id"},
        Fault{"/verb/id", R"("http://adlnet.gov/expapi/verbs/voided")", "/object"}, Fault{"/verb/display", "{}", "/verb/display"},
        Fault{"/verb/display", R"({"a12345":"x"})", "/verb/display/a12345"},
        Fault{"/object/id", R"("ab=c://lesson.example")", "/object/id"},
        Fault{"/object", R"({"objectType":"SubStatement","more":1})", "/object/more"},
        Fault{"/object", R"({"id":"x:1","definition":{"interactionType":"Choice"}})", "/object/definition/interactionType"},
        Fault{"/object", R"({"id":"x:1","definition":{"correctResponsesPattern":"a"}})",
            "/object/definition/correctResponsesPattern"},
        Fault{"/object", R"({"id":"x:1","definition":{"correctResponsesPattern":[1]}})",
            "/object/definition/correctResponsesPattern/0"},
        Fault{"/object", R"({"id":"x:1","definition":{"choices":[{"id":"a"},{"id":"a"}]}})", "/object/definition/choices/1/id"},
        Fault{"/object", R"({"id":"x:1","definition":{"steps":[{"description":{"en":"a"}}]}})", "/object/definition/steps/0/id"},
        Fault{"/object", R"({"id":"x:1","definition":{"scale":[{"id":"a","description":"a"}]}})",
            "/object/definition/scale/0/description"},
        Fault{"/actor", R"({"objectType":"Group","member":[]})", "/actor"}, Fault{"/actor/name", "7", "/actor/name"},
        Fault{"/result/response", "7", "/result/response"},
        Fault{"/context", R"({"team":{"mbox":"mailto:a@example.org"}})", "/context/team/objectType"},
        Fault{"/context", R"({"language":"zh_CN"})", "/context/language"},
        Fault{"/context", R"({"statement":{"id":"9ad3b9a8-6f0e-4ba3-8ff9-000000000001"}})", "/context/statement/objectType"},
        Fault{"/context", R"({"contextActivities":{"other":{"objectType":"Agent","id":"x:1"}}})",
            "/context/contextActivities/other/objectType"},
        Fault{"/authority", R"({"objectType":"Group","mbox":"mailto:a@example.org"})", "/authority"},
        Fault{"/authority", R"({"objectType":"Group","member":[{"mbox":"mailto:a@example.org"}]})", "/authority"},
        Fault{"/version", R"("1.0.x")", "/version"}, Fault{"/version", R"("1.05")", "/version"}));

TEST(Statement, tells_all_its_faults_at_once)
{
    auto value = with("/id", R"("4711")");
    put(value, "/result/success", "yes");
    put(value, "/more", nullptr);

    EXPECT_THAT(places_of_faults(value), testing::UnorderedElementsAre("/id", "/result/success", "/more", "/more"));
}

TEST(Statement, has_no_fault_where_the_standard_leaves_it_free)
{
    for (auto const& [pointer, json] :
        std::vector<std::pair<std::string, std::string>>{{"/result/response", R"("")"}, {"/actor/name", R"("")"},
            {"/version", R"("1.0")"}, {"/version", R"("1.0.9")"}, {"/result/duration", R"("P3Y1M29DT4H35M59.14S")"},
            {"/context", R"({"revision":"","platform":"web"})"},
            {"/actor", R"({"mbox_sha1sum":"61E82864D7559AB5C29C373D44DBC4D37C4749E5"})"},
            {"/context", R"({"contextActivities":{"parent":{"objectType":"Activity","id":"x:1"}}})"},
            {"/authority", R"({"objectType":"Group","member":[{"mbox":"mailto:a@b"},{"openid":"https://a.example"}]})"},
            {"/object", R"({"id":"x:1","definition":{"interactionType":"matching","source":[{"id":"a"}],"target":[{"id":"a"}]}})"}})
        EXPECT_THAT(places_of_faults(with(pointer, json)), IsEmpty()) << json;
}

TEST(Statement, names_the_one_that_is_its_object_and_voids_it_only_by_that_verb)
{
    auto const id = "9ad3b9a8-6f0e-4ba3-8ff9-0000000000af";
    auto const object = R"({"objectType":"StatementRef","id":"9AD3B9A8-6F0E-4BA3-8FF9-0000000000AF"})";
    auto voiding = with("/object", object);
    put(voiding, "/verb/id", boost::json::string(voided_verb));
    Problems problems;

    EXPECT_EQ(read("/object", object).target, id);
    EXPECT_EQ(read("/object", object).voids, "");
    EXPECT_EQ(read_statement(voiding, "", problems).voids, id);
    EXPECT_EQ(
        read("/context", R"({"statement":{"objectType":"StatementRef","id":"9ad3b9a8-6f0e-4ba3-8ff9-0000000000af"}})").target, "");
}

TEST(Statement, an_address_and_its_digest_are_one_actor)
{
    auto const by_address = read("/actor", R"({"mbox":"mailto:a@example.org"})");
    // printf mailto:a@example.org | sha1sum
    auto const by_digest = read("/actor", R"({"mbox_sha1sum":"61e82864d7559ab5c29c373d44dbc4d37c4749e5"})");

    EXPECT_EQ(by_address.actor.known_by, by_digest.actor.known_by);
    EXPECT_FALSE(by_address.actor.is_account());
}

TEST(Statement, that_says_it_was_not_completed_or_no_success_has_failed)
{
    EXPECT_TRUE(read("/result/success", "false").is_failed);
    EXPECT_TRUE(read("/result/completion", "false").is_failed);
    EXPECT_FALSE(read("/result/success", "true").is_failed);
}

TEST(Statement, is_the_same_in_whatever_order_it_is_written_and_whatever_a_store_adds)
{
    auto value = boost::json::parse(usual_statement);
    boost::json::object turned;
    auto const& object = value.get_object();
    for (auto each = object.end(); each != object.begin();) {
        --each;
        turned[each->key()] = each->value();
    }
    turned["stored"] = "2026-03-06T08:00:00Z";
    Problems problems;

    auto const one = read_statement(value, "", problems), other = read_statement(turned, "", problems);

    EXPECT_EQ(one.canonical(), other.canonical());
    EXPECT_NE(one.canonical(), read("/result/duration", R"("PT13M")").canonical());
}

namespace {

Rule rule(std::int64_t id, std::string activity, std::int64_t most_minutes = 45)
{
    Rule made;
    made.id = {id};
    made.verb = "http://adlnet.gov/expapi/verbs/completed";
    made.activity = std::move(activity);
    made.kind = "course.parent";
    made.most_minutes = most_minutes;
    return made;
}

} // namespace

TEST(Rule, that_names_the_activity_most_closely_applies)
{
    std::vector<Rule> const rules{rule(1, ""), rule(2, "https://player.example/*"), rule(3, "https://player.example/lessons/*"),
        rule(4, "https://player.example/lessons/7"), rule(5, "https://player.example/lessons/7")};

    EXPECT_EQ(rule_for(read(), rules)->id.value, 4);
    EXPECT_EQ(rule_for(read("/object/id", R"("https://player.example/lessons/8")"), rules)->id.value, 3);
    EXPECT_EQ(rule_for(read("/object/id", R"("https://player.example/films/8")"), rules)->id.value, 2);
    EXPECT_EQ(rule_for(read("/object/id", R"("https://other.example/8")"), rules)->id.value, 1);
}

TEST(Rule, does_not_apply_to_another_verb_or_what_is_no_activity)
{
    std::vector<Rule> const rules{rule(1, "")};

    EXPECT_EQ(rule_for(read("/verb/id", R"("http://adlnet.gov/expapi/verbs/attempted")"), rules), nullptr);
    EXPECT_EQ(rule_for(read("/object", R"({"objectType":"Agent","mbox":"mailto:a@example.org"})"), rules), nullptr);
}

TEST(Rule, counts_whole_minutes_up_to_its_most)
{
    EXPECT_EQ(minutes_of(read(), rule(1, "")), 12); // 12 min 30 s
    EXPECT_EQ(minutes_of(read(), rule(1, "", 10)), 10);
    EXPECT_EQ(minutes_of(read(), rule(1, "", 0)), 0);
}

} // namespace concentric::xapi
