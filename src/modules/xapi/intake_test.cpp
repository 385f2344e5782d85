#include "modules/xapi/intake.hpp"

#include "modules/directory/county_for_test.hpp"
#include "modules/directory/person_data.hpp"
#include "modules/ledger/entries.hpp"
#include "modules/xapi/learners.hpp"
#include "modules/xapi/telling.hpp"
#include "modules/xapi/xapi.hpp"

namespace concentric::xapi {
namespace {

constexpr char const* completed = "http://adlnet.gov/expapi/verbs/completed";

// A school that a player sends to, with a teacher and a carer; lessons of the player count as parents' lessons, ten minutes at
// most.
struct Records : directory::County {
    Records()
    {
        configure_address("https://tongxin.example");
        subscribe(events);
        handle_jobs(jobs);
        teacher = directory::create_staff(call, {Text<1, 60>("王芳"), {}, {}, {}, first, {"class_teacher"}, {}}).id;
        auto const child = pupil("李小明", first, {carer("李大明", directory::Relation::father, "13800138001")});
        father = directory::carers_of(call, child.id).front().carer;
        school_path = *directory::path_of(call, school);
        sender.county = county;
        sender.id = {71};
        sender.organisation = school;
        sender.path = school_path;
        sender.user_name = "360100-player";
        add_rule("https://player.example/*");
    }

    void add_rule(std::string activity, std::string kind = "course.parent", OrganisationId of = {})
    {
        call.db.insert("xapi_rules",
            Rule{county, new_id_of<RuleId>(), of ? of : school, completed, std::move(activity), std::move(kind), 10, {}, call.now});
    }

    static std::string account(std::string const& number, std::string const& home = "https://player.example")
    {
        return fmt::format(R"({{"account":{{"homePage":"{}","name":"{}"}}}})", home, number);
    }
    std::string number_of(PersonId person) { return numbers_of(call, {person.value}).at(person.value); }
    std::string one_of_ours(PersonId person) { return account(number_of(person), home_page()); }

    static Statement statement(std::string const& actor, std::string const& lesson = "https://player.example/lessons/7",
        std::string const& more = "", std::string const& verb = completed)
    {
        Problems problems;
        auto made = read_statement(boost::json::parse(fmt::format(R"({{"actor":{},"verb":{{"id":"{}"}},"object":{{"id":"{}"}}{}}})",
                                       actor, verb, lesson, more)),
            "", problems);
        EXPECT_THAT(problems, testing::IsEmpty());
        return made;
    }
    static Statement numbered(Statement made, int number)
    {
        made.id = fmt::format("00000000-0000-4000-8000-{:012}", number);
        return made;
    }
    Statement voiding_of(std::string const& id)
    {
        Problems problems;
        return read_statement(
            boost::json::parse(fmt::format(R"({{"actor":{},"verb":{{"id":"{}"}},"object":{{"objectType":"StatementRef",
            "id":"{}"}}}})",
                account("admin"), voided_verb, id)),
            "", problems);
    }

    std::vector<std::string> send(std::vector<Statement> statements) { return receive(call, sender, std::move(statements)); }
    Outcome outcome_of(std::string const& id)
    {
        return call.db.row<StatementRow>("SELECT * FROM xapi_statements WHERE county = $1 AND statement_id = $2", county, id)
            .value()
            .outcome;
    }
    Outcome outcome_of_sending(Statement made) { return outcome_of(send({std::move(made)}).front()); }
    std::vector<ledger::Entry> entries_of(PersonId person) { return ledger::entries_about(db, county, person.value); }
    void match(std::string const& actor, PersonId person)
    {
        auto const digest = digest_of_actor(call, statement(actor).actor.known_by);
        call.db.execute(
            "INSERT INTO xapi_actors (county, organisation, actor, person, matched_by, matched_at) VALUES ($1, $2, $3, $4, "
            "0, 0)",
            county, school, digest, person);
        look_again_at_actor(call, digest);
        jobs.run_all();
    }

    PersonId teacher, father;
    std::string school_path;
    Sender sender;
};

} // namespace

TEST_F(Records, a_lesson_elsewhere_becomes_one_entry_for_the_child_with_the_minutes_that_the_rule_allows)
{
    auto const id
        = send({statement(one_of_ours(father), "https://player.example/lessons/7", R"(,"result":{"duration":"PT25M"})")}).front();

    auto const entries = entries_of(father);
    ASSERT_EQ(entries.size(), 1U);
    EXPECT_EQ(entries.front().kind, "course.parent");
    EXPECT_EQ(entries.front().minutes, 10);
    EXPECT_EQ(entries.front().unit, first.value);
    EXPECT_NE(entries.front().student, 0);
    EXPECT_EQ(outcome_of(id), Outcome::counted);
}

TEST_F(Records, the_same_lesson_counts_once_however_often_and_under_whatever_ids_it_is_told)
{
    auto const first_time = numbered(statement(one_of_ours(father)), 1);

    EXPECT_EQ(send({first_time}), send({first_time}));
    EXPECT_EQ(outcome_of_sending(numbered(statement(one_of_ours(father)), 2)), Outcome::counted_before);
    auto const twice = send(
        {statement(one_of_ours(father), "https://player.example/8"), statement(one_of_ours(father), "https://player.example/8")});

    EXPECT_EQ(outcome_of(twice[0]), Outcome::counted);
    EXPECT_EQ(outcome_of(twice[1]), Outcome::counted_before);
    EXPECT_EQ(entries_of(father).size(), 2U);
}

TEST_F(Records, an_id_with_another_content_ends_the_whole_batch)
{
    send({numbered(statement(one_of_ours(father)), 1)});

    auto const error = error_of([&] {
        db::Transaction batch(call.db);
        send({statement(one_of_ours(father), "https://player.example/9"),
            numbered(statement(one_of_ours(father), "https://player.example/other"), 1)});
    });

    EXPECT_EQ(error.kind, ErrorKind::conflict);
    EXPECT_EQ(count("xapi_statements"), 1);
}

TEST_F(Records, what_does_not_count_says_why)
{
    auto const outsider = directory::create_staff(call,
        {Text<1, 60>("外人"), {}, {}, {}, add(root, "school", "别的小学", {"primary"}), {"teacher"},
            {}}).id;
    auto const lesson = "https://player.example/lessons/7";

    EXPECT_EQ(outcome_of_sending(statement(account("4711"))), Outcome::unknown_person);
    EXPECT_EQ(outcome_of_sending(statement(account("never-given", home_page()))), Outcome::unknown_person);
    EXPECT_EQ(outcome_of_sending(statement(one_of_ours(father), "https://other.example/1")), Outcome::no_rule);
    EXPECT_EQ(outcome_of_sending(statement(one_of_ours(father), lesson, R"(,"result":{"success":false})")), Outcome::not_passed);
    EXPECT_EQ(outcome_of_sending(statement(R"({"mbox":"mailto:a@example.org"})")), Outcome::no_account);
    EXPECT_EQ(outcome_of_sending(statement(one_of_ours(outsider))), Outcome::out_of_reach);
    EXPECT_EQ(
        outcome_of_sending(statement(one_of_ours(father), lesson, R"(,"timestamp":"2025-03-01T00:00:00Z")")), Outcome::untimely);
    EXPECT_EQ(
        outcome_of_sending(statement(one_of_ours(father), lesson, R"(,"timestamp":"2026-03-05T01:00:00Z")")), Outcome::untimely);
    EXPECT_THAT(entries_of(father), testing::IsEmpty());
    EXPECT_THAT(entries_of(outsider), testing::IsEmpty());
}

TEST_F(Records, wait_until_somebody_says_whose_account_it_is)
{
    auto const waiting = send({statement(account("4711")), statement(account("4712"))});

    match(account("4711"), teacher);

    EXPECT_EQ(outcome_of(waiting[0]), Outcome::counted);
    EXPECT_EQ(outcome_of(waiting[1]), Outcome::unknown_person);
    EXPECT_EQ(entries_of(teacher).size(), 1U);
    EXPECT_EQ(outcome_of_sending(statement(account("4711"), "https://player.example/lessons/8")), Outcome::counted);
}

TEST_F(Records, are_looked_at_anew_when_a_rule_is_added)
{
    auto const id = send({statement(one_of_ours(father), "https://other.example/1")}).front();
    EXPECT_EQ(outcome_of(id), Outcome::no_rule);

    add_rule("https://other.example/*");
    look_again_at_verb(call, completed);
    jobs.run_all();

    EXPECT_EQ(outcome_of(id), Outcome::counted);
}

TEST_F(Records, a_rule_of_another_school_does_not_apply_and_one_of_the_county_does)
{
    auto const other = add(root, "school", "别的小学", {"primary"});
    add_rule("https://other.example/*", "course.parent", other);
    EXPECT_EQ(outcome_of_sending(statement(one_of_ours(father), "https://other.example/1")), Outcome::no_rule);

    add_rule("https://other.example/*", "course.parent", root);

    EXPECT_EQ(outcome_of_sending(statement(one_of_ours(father), "https://other.example/2")), Outcome::counted);
}

TEST_F(Records, voiding_takes_the_entry_back_and_the_lesson_may_count_again)
{
    auto const id = send({statement(one_of_ours(father))}).front();

    send({voiding_of(id)});

    auto const entries = entries_of(father);
    ASSERT_EQ(entries.size(), 2U);
    EXPECT_EQ(entries[1].reverses, entries[0].id.value);
    EXPECT_EQ(outcome_of(id), Outcome::voided);
    EXPECT_EQ(outcome_of_sending(statement(one_of_ours(father))), Outcome::counted);
}

TEST_F(Records, nobody_voids_what_another_log_in_sent_nor_a_voiding)
{
    auto const id = send({statement(one_of_ours(father))}).front();
    auto other = sender;
    other.id = {72};
    receive(call, other, {voiding_of(id)});
    EXPECT_EQ(outcome_of(id), Outcome::counted);
    auto const taken_back = send({voiding_of(id)}).front();

    EXPECT_EQ(error_of([&] { send({voiding_of(taken_back)}); }).kind, ErrorKind::malformed);
}

TEST_F(Records, a_quiz_and_a_lesson_of_one_activity_both_count_once)
{
    call.db.insert("xapi_rules",
        Rule{county, new_id_of<RuleId>(), school, "http://adlnet.gov/expapi/verbs/passed", "", "quiz.passed", 0, {}, call.now});
    auto const lesson = "https://player.example/lessons/7";

    EXPECT_EQ(outcome_of_sending(statement(one_of_ours(father))), Outcome::counted);
    EXPECT_EQ(
        outcome_of_sending(statement(one_of_ours(father), lesson, "", "http://adlnet.gov/expapi/verbs/passed")), Outcome::counted);
    EXPECT_EQ(outcome_of_sending(statement(one_of_ours(father))), Outcome::counted_before);

    EXPECT_EQ(entries_of(father).size(), 2U);
}

TEST_F(Records, of_ours_name_numbers_and_nobody)
{
    send({statement(one_of_ours(father))});
    auto const entries = entries_of(father);

    auto const told = tell(call, entries);

    ASSERT_EQ(told.size(), 1U);
    auto const value = boost::json::parse(told.front());
    EXPECT_EQ(value.at("actor").at("account").at("name").as_string(), number_of(father));
    EXPECT_EQ(value.at("object").at("id").as_string(), "https://player.example/lessons/7");
    EXPECT_EQ(value.at("id").as_string(), statement_id_of(county, entries.front().id));
    for (auto const* const name : {"李大明", "李小明", "13800138001"})
        EXPECT_EQ(told.front().find(name), std::string::npos) << name;
    Problems problems;
    read_statement(value, "", problems);
    EXPECT_THAT(problems, testing::IsEmpty());
}

TEST_F(Records, the_id_of_a_record_of_ours_leads_back_to_its_entry_in_this_county_alone)
{
    auto const id = statement_id_of(county, {0x0123456789abcdef});

    EXPECT_TRUE(is_uuid(id));
    EXPECT_EQ(id[14], '5'); // RFC 4122: a name-based one
    EXPECT_EQ(entry_of_statement(county, id), EntryId{0x0123456789abcdef});
    EXPECT_EQ(entry_of_statement(county + 1, id), std::nullopt);
    EXPECT_EQ(entry_of_statement(county, "00000000-0000-5000-8000-000000000000"), std::nullopt);
}

TEST_F(Records, an_erased_person_leaves_no_number_and_no_account)
{
    match(account("4711"), teacher);
    send({statement(account("4711"))});
    auto const number = number_of(teacher);

    events.publish(call, directory::PersonErased{teacher});

    EXPECT_EQ(person_with_number(call, number), PersonId{});
    EXPECT_EQ(count("xapi_actors"), 0);
    EXPECT_EQ(count("xapi_statements"), 0);
}

} // namespace concentric::xapi
