#include "modules/directory/county_for_test.hpp"
#include "modules/directory/person_data.hpp"
#include "modules/xapi/attachments.hpp"
#include "modules/xapi/documents.hpp"
#include "modules/xapi/learners.hpp"
#include "modules/xapi/queries.hpp"
#include "modules/xapi/xapi.hpp"

#include <boost/json.hpp>

namespace concentric::xapi {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Two programs of a school, and a teacher there whom others know by a number.
struct Storing : directory::County {
    Storing()
    {
        configure_address("https://tongxin.example");
        subscribe(events);
        teacher = directory::create_staff(call, {Text<1, 60>("王芳"), {}, {}, {}, first, {"class_teacher"}, {}}).id;
        number = numbers_of(call, {teacher.value}).at(teacher.value);
        for (auto const& [sender, id] : {std::pair(&player, 71), std::pair(&other, 72)}) {
            sender->county = county;
            sender->id = {id};
            sender->organisation = school;
            sender->path = *directory::path_of(call, school);
            sender->user_name = fmt::format("360100-{}", id);
        }
    }

    std::string digest(std::string_view home, std::string_view name) { return digest_of_actor(call, known_by_account(home, name)); }
    Place state(std::string const& name, std::string registration = "")
    {
        return {DocumentKind::state, "https://p.example/7", digest(home_page(), number), std::move(registration), name};
    }
    void keep(Place const& place, std::string content, Sender const* sender = nullptr)
    {
        auto const& by = sender ? *sender : player;
        keep_document(call, by, place, document_at(call, by, place, Look::change), {"application/json", std::move(content)});
    }
    std::optional<std::string> kept(Place const& place, Sender const* sender = nullptr)
    {
        auto const row = document_at(call, sender ? *sender : player, place, Look::read);
        return row ? std::optional<std::string>(row->content) : std::nullopt;
    }
    std::vector<std::string> names(Place const& place, Instant since = {})
    {
        std::vector<std::string> all;
        for (auto& each : documents_in(call, player, place, since))
            all.push_back(std::move(each.name));
        return all;
    }

    // Stores a statement by an account of the sender's, with more properties, and a file where one is given.
    std::string send(std::string const& actor, std::string const& more = "", std::string_view content = "")
    {
        return send_json(
            fmt::format(
                R"({{"actor":{},"verb":{{"id":"http://v.example"}},"object":{{"id":"https://p.example/7"}}{}}})", actor, more),
            content);
    }
    std::string send_json(std::string const& json, std::string_view content = "", Sender const* sender = nullptr)
    {
        Problems problems;
        auto statement = read_statement(boost::json::parse(json), "", problems);
        EXPECT_THAT(problems, IsEmpty()) << json;
        if (!content.empty())
            statement.attachments.front().content = content;
        return receive(call, sender ? *sender : player, {std::move(statement)}).front();
    }
    // About another one, by whoever checks.
    std::string send_about(
        std::string const& target, std::string const& verb = "http://v.example/confirmed", std::string const& more = "")
    {
        return send_json(fmt::format(R"({{"actor":{},"verb":{{"id":"{}"}},"object":{{"objectType":"StatementRef","id":"{}"}}{}}})",
            account("checker"), verb, target, more));
    }
    static std::string account(std::string_view name, std::string_view home = "https://p.example")
    {
        return fmt::format(R"({{"account":{{"homePage":"{}","name":"{}"}}}})", home, name);
    }
    static std::string attached(char digit)
    {
        return fmt::format(
            R"(,"attachments":[{{"usageType":"http://u.example","display":{{"en":"x"}},"contentType":"text/plain","length":1,"sha2":"{}"}}])",
            std::string(64, digit));
    }
    std::vector<std::string> found(Query const& query)
    {
        std::vector<std::string> ids;
        for (auto const& each : find_statements(call, player, query))
            ids.emplace_back(boost::json::parse(each.statement).at("id").as_string());
        return ids;
    }
    std::vector<std::string> files_of(std::string const& id)
    {
        Query query;
        query.statement_id = id;
        auto const one = find_statements(call, player, query).at(0);
        std::vector<std::string> contents;
        std::set<std::string> given;
        for (auto& each : attachments_of(call, {one.place}, boost::json::parse(one.statement).as_object(), given))
            contents.push_back(std::move(each.content));
        return contents;
    }

    PersonId teacher;
    std::string number;
    Sender player, other;
};

} // namespace

TEST_F(Storing, a_document_is_replaced_in_its_place_and_lies_apart_from_others)
{
    std::string const bytes("\0\xff", 2);
    keep(state("page"), "1");
    keep(state("page"), bytes);
    keep(state("page", "r1"), "2");
    keep(state("sound", "r1"), "3");
    keep(state("page"), "4", &other);

    EXPECT_EQ(kept(state("page")), bytes);
    EXPECT_EQ(kept(state("page", "r1")), "2");
    EXPECT_EQ(kept(state("page"), &other), "4");
    EXPECT_EQ(kept(state("none")), std::nullopt);
    EXPECT_THAT(names(state("")), ElementsAre("page", "sound"));
    EXPECT_THAT(names(state(""), call.now), IsEmpty());
    EXPECT_EQ(count("xapi_documents"), 4);

    remove_documents(call, player, state("", "r1"));
    EXPECT_THAT(names(state("")), ElementsAre("page"));
    remove_documents(call, player, state("page"));
    EXPECT_EQ(count("xapi_documents"), 1);
}

TEST_F(Storing, what_is_kept_of_somebody_is_told_and_goes_with_them)
{
    auto theirs = state("sound"), strangers = state("page");
    theirs.agent = digest("https://p.example", "4711");
    strangers.agent = digest("https://p.example", "4712");
    call.db.execute(
        "INSERT INTO xapi_actors (county, organisation, actor, person, matched_by, matched_at) VALUES ($1, $2, $3, $4, 0, 0)",
        county, school, theirs.agent, teacher);
    keep(state("page"), R"({"page":7})");
    keep(theirs, "1");
    keep(strangers, "2");

    auto const told = documents_about(call, teacher);
    events.publish(call, directory::PersonErased{teacher});

    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[0].content, R"({"page":7})");
    EXPECT_EQ(count("xapi_documents"), 1);
    EXPECT_EQ(kept(strangers), "2");
}

TEST_F(Storing, records_are_found_by_whom_and_what_they_mention_in_the_way_that_was_asked)
{
    auto const by = send(account("a"));
    auto const member = send(fmt::format(R"({{"objectType":"Group","member":[{}]}})", account("a")));
    auto const instructor = send(account("b"), fmt::format(R"(,"context":{{"instructor":{}}})", account("a")));
    auto const part = send(account("c"), R"(,"context":{"contextActivities":{"parent":[{"id":"https://p.example/course"}]}})");
    Query agent, activity;
    Problems none;
    agent.agent = read_agent(account("a"), none);
    agent.is_ascending = activity.is_ascending = true;
    activity.activity = "https://p.example/course";

    EXPECT_THAT(found(agent), ElementsAre(by, member));
    EXPECT_THAT(found(activity), IsEmpty());
    agent.with_related_agents = activity.with_related_activities = true;
    EXPECT_THAT(found(agent), ElementsAre(by, member, instructor));
    EXPECT_THAT(found(activity), ElementsAre(part));
    agent.agent = read_agent(account(player.user_name, home_page()), none);
    EXPECT_EQ(found(agent).size(), 4U) << "of every record of this log-in";
}

TEST_F(Storing, a_record_is_found_by_what_the_one_that_it_is_about_says_in_whatever_order_they_come)
{
    std::string const late = "9ad3b9a8-6f0e-4ba3-8ff9-000000000001", registration = "9ad3b9a8-6f0e-4ba3-8ff9-000000000009";
    auto const before = send_about(late);
    auto const above = send_about(before);
    send_about("9ad3b9a8-6f0e-4ba3-8ff9-000000000002"); // never came
    send(account("a"),
        fmt::format(
            R"(,"id":"{}","context":{{"registration":"{}","contextActivities":{{"parent":{{"id":"https://p.example/c"}}}}}})", late,
            registration));
    auto const after = send_about(late);
    auto const all = ElementsAre(before, above, late, after);
    Query query;
    query.is_ascending = true;
    auto const by = [&](auto const& narrow) {
        auto narrowed = query;
        narrow(narrowed);
        return found(narrowed);
    };
    Problems none;

    EXPECT_THAT(by([&](Query& q) { q.agent = read_agent(account("a"), none); }), all);
    EXPECT_THAT(by([&](Query& q) { q.registration = registration; }), all);
    EXPECT_THAT(by([](Query& q) { q.verb = "http://v.example"; }), all);
    EXPECT_THAT(by([](Query& q) { q.activity = "https://p.example/7"; }), all);
    EXPECT_THAT(by([](Query& q) {
        q.activity = "https://p.example/c";
        q.with_related_activities = true;
    }),
        all);
    EXPECT_THAT(by([](Query& q) {
        q.activity = "https://p.example/7";
        q.with_those_about = false;
    }),
        ElementsAre(late));
    EXPECT_THAT(by([](Query& q) {
        q.verb = "http://v.example/confirmed";
        q.activity = "https://p.example/7"; // no one of them says both
    }),
        IsEmpty());
    EXPECT_EQ(by([](Query&) {}).size(), 5U);
}

TEST_F(Storing, of_many_records_each_page_has_those_that_say_it_and_those_about_them_in_order)
{
    std::string const first = "9ad3b9a8-6f0e-4ba3-8ff9-000000000001", voided = "9ad3b9a8-6f0e-4ba3-8ff9-000000000002";
    send(account("a"), fmt::format(R"(,"id":"{}")", first));
    Problems none;
    auto const one = read_statement(
        boost::json::parse(
            fmt::format(R"({{"actor":{},"verb":{{"id":"http://v.example"}},"object":{{"objectType":"StatementRef","id":"{}"}}}})",
                account("a"), first)),
        "", none);
    for (int i = 0; i < 11; ++i) // 5500 are more than are looked at one by one
        receive(call, player, std::vector<Statement>(500, one));
    auto const about = send_about(first);
    send(account("a"), fmt::format(R"(,"id":"{}")", voided));
    auto const voiding = send_about(voided, std::string(voided_verb));
    auto const above = send_about(about);
    send_about("9ad3b9a8-6f0e-4ba3-8ff9-000000000009");
    Query query;
    query.limit = 3;
    auto const pages_by = [&](auto const& narrow) {
        auto narrowed = query;
        narrow(narrowed);
        auto ids = found(narrowed); // one more than the limit
        narrowed.from = find_statements(call, player, narrowed).at(2).place;
        EXPECT_EQ(found(narrowed).front(), ids.back());
        narrowed.from = 0;
        narrowed.is_ascending = true;
        EXPECT_EQ(found(narrowed).front(), first);
        narrowed.since = call.now; // exclusive
        EXPECT_THAT(found(narrowed), IsEmpty());
        ids.pop_back();
        return ids;
    };

    auto const newest = ElementsAre(above, voiding, about);
    EXPECT_THAT(pages_by([&](Query& q) { q.agent = read_agent(account("a"), none); }), newest);
    EXPECT_THAT(pages_by([](Query& q) { q.verb = "http://v.example"; }), newest);
    EXPECT_THAT(pages_by([](Query& q) { q.activity = "https://p.example/7"; }), newest);
}

TEST_F(Storing, records_about_each_other_and_those_of_another_log_in_are_followed_no_further)
{
    std::string const one = "9ad3b9a8-6f0e-4ba3-8ff9-000000000001", other_one = "9ad3b9a8-6f0e-4ba3-8ff9-000000000002";
    send_about(other_one, "http://v.example/a", fmt::format(R"(,"id":"{}")", one));
    send_about(one, "http://v.example/b", fmt::format(R"(,"id":"{}")", other_one));
    auto const strange = send_json(
        R"({"actor":{"mbox":"mailto:a@example.org"},"verb":{"id":"http://v.example/c"},"object":{"id":"x:1"}})", "", &other);
    send_about(strange);
    Query query;
    query.is_ascending = true;

    query.verb = "http://v.example/b";
    EXPECT_THAT(found(query), ElementsAre(one, other_one));
    query.verb = "http://v.example/c";
    EXPECT_THAT(found(query), IsEmpty());
    query.verb = "";
    Problems none;
    query.agent = read_agent(R"({"mbox":"mailto:a@example.org"})", none);
    EXPECT_THAT(found(query), IsEmpty());
}

TEST_F(Storing, what_was_taken_back_before_it_came_is_found_only_as_such_and_by_what_takes_it_back)
{
    std::string const id = "9ad3b9a8-6f0e-4ba3-8ff9-000000000001";
    auto const voiding = send_about(id, std::string(voided_verb));
    call.db.insert(
        "xapi_rules", Rule{county, new_id_of<RuleId>(), school, "http://v.example", "", "course.parent", 10, {}, call.now});
    send(account(number, home_page()), fmt::format(R"(,"id":"{}")", id));
    Query query;
    query.verb = "http://v.example";

    EXPECT_THAT(found(query), ElementsAre(voiding));
    EXPECT_EQ(count("entries"), 0);
    query = {};
    query.statement_id = id;
    EXPECT_THAT(found(query), IsEmpty());
    query.is_voided = true;
    EXPECT_THAT(found(query), ElementsAre(id));
}

TEST_F(Storing, a_file_is_kept_once_and_goes_with_the_last_record_that_names_it)
{
    auto const ours = account(number, home_page());
    call.db.insert(
        "xapi_rules", Rule{county, new_id_of<RuleId>(), school, "http://v.example", "", "course.parent", 10, {}, call.now});
    auto const own = send(ours, attached('a'), "x");
    send(ours, R"(,"result":{"success":false})" + attached('b'), "y"); // does not count, and is about them all the same
    auto const shared = send(account("4711"), attached('b'), "y");

    EXPECT_THAT(files_of(own), ElementsAre("x"));
    EXPECT_EQ(count("xapi_attachments"), 2);
    EXPECT_EQ(count("xapi_attached"), 3);
    auto const addresses = call.db.values<std::string>("SELECT blob AS value FROM xapi_attachments");

    events.publish(call, directory::PersonErased{teacher});
    for (auto const& next : call.after_commit)
        next();

    EXPECT_THAT(files_of(shared), ElementsAre("y"));
    EXPECT_EQ(count("xapi_statements"), 1);
    EXPECT_EQ(count("xapi_attachments"), 1);
    EXPECT_EQ(std::ranges::count_if(addresses, [&](auto const& address) { return call.blobs.has(address); }), 1);
}

} // namespace concentric::xapi
