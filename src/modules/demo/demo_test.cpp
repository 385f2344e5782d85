#include "modules/demo/demo.hpp"

#include "core/crypto.hpp"
#include "lib/identity.hpp"
#include "modules/accounts/accounts.hpp"
#include "modules/demo/people.hpp"
#include "modules/demo/plan_text.hpp"
#include "modules/tally/figures.hpp"
#include "modules/tally/tally.hpp"
#include "testing/fresh.hpp"

#include <gtest/gtest.h>

namespace concentric::demo {
namespace {

constexpr Day today{20261122};

// Hashing at full cost would be most of the time that these tests take.
struct QuickPasswords {
    QuickPasswords() { crypto::set_password_cost({8192, 1}); }
    ~QuickPasswords() { crypto::set_password_cost({}); }
};

Order small_order() { return {6, 400, 7, today, {}}; }
Made made_in(Fresh& place, Order const& order)
{
    QuickPasswords const quick;
    return make(place.call, order, [](Words const&, double) {});
}

// A county for all tests that only look at it.
struct Demo : testing::Test {
    static void SetUpTestSuite()
    {
        place = std::make_unique<Fresh>();
        made = made_in(*place, small_order());
    }
    static void TearDownTestSuite() { place.reset(); }
    static inline std::unique_ptr<Fresh> place;
    static inline Made made;

    db::Connection& db = place->db;
    Call& call = place->call;
    std::int64_t const county = place->county;

    std::int64_t count(std::string const& what)
    {
        return db.value<std::int64_t>("SELECT count(*) AS value FROM " + what).value_or(-1);
    }
};

struct DemoAnew : testing::Test, Fresh {
    // All rows of a table, in the order of their text.
    static std::string content(Fresh& place, std::string const& columns, std::string const& table)
    {
        std::vector<std::string> lines;
        std::string line;
        for (std::size_t at = 0; at < columns.size();) {
            auto const comma = std::min(columns.find(',', at), columns.size());
            line += (line.empty() ? "" : " || '|' || ") + std::string("COALESCE(CAST(") + columns.substr(at, comma - at)
                + " AS TEXT), '')";
            at = comma + 1;
        }
        std::string all;
        for (auto const& row : place.db.values<std::string>("SELECT " + line + " AS value FROM " + table + " ORDER BY 1"))
            all += row + "\n";
        return crypto::sha256_hex(all);
    }
    // Sealed twice, a number reads differently in the database; opened it must not.
    static std::string numbers(Fresh& place)
    {
        std::string all;
        for (auto const* const sql : {"SELECT identity_number AS value FROM people ORDER BY id",
                 "SELECT phone AS value FROM people ORDER BY id", "SELECT student_number AS value FROM students ORDER BY person"})
            for (auto const& number : place.db.values<SealedNumber>(sql))
                all += number + "\n";
        return crypto::sha256_hex(all);
    }
    static std::vector<std::string> contents(Fresh& place)
    {
        // These carry the ids of what modules made and the numbers of signed papers, which no two installations share.
        std::string const made_by_modules
            = "(source LIKE 'recognition:%' OR source LIKE 'programmes:%' OR source LIKE 'activities:%' OR source LIKE "
              "'coursework:%' OR source LIKE "
              "'instructors:%' OR source LIKE 'xapi:%' OR source LIKE 'visits:%' OR source LIKE 'service:%' OR source LIKE "
              "'rosters:%' "
              "OR source = 'demo:training')";
        // The rows of a unit are parted by the connections that happened to write them.
        std::string const coverage
            = "(SELECT unit, requirement, period, SUM(covered) AS covered, SUM(excused) AS excused FROM coverage "
              "GROUP BY unit, requirement, period HAVING SUM(covered) <> 0 OR SUM(excused) <> 0) AS c";
        return {content(place, "id,parent,path,kind,name,search,code,stages,entry_year,number,resource_kind,address,opened_on",
                    "organisations"),
            content(place, "id,name,search,sex,birth_day,created_at", "people"), numbers(place),
            content(place, "id,name", "families"), content(place, "person,class,family,residence", "students"),
            content(place, "student,from_day,to_day,class,stage", "enrolments"),
            content(place, "student,name,from_day", "student_groups"),
            content(place, "student,carer,relation,position,is_guardian", "carers"),
            content(place, "id,person,organisation,role,title,from_day", "posts"),
            content(place,
                "id,kind,happened_at,recorded_at,recorded_by,person,student,unit,resource,minutes,count,source,reverses,reason,"
                "data",
                "entries WHERE NOT " + made_by_modules),
            content(place, "kind,happened_at,recorded_at,person,unit", "entries WHERE " + made_by_modules),
            content(place, "requirement,period,subject,amount,excuses,parts,state", "tallies"),
            content(place, "rule,period,subject,raw,earned", "points"),
            content(place, "unit,requirement,period,covered,excused", coverage),
            content(place, "unit,audience,day,total", "headcounts"), content(place, "key,version,title_zh,body,loaded_at", "plans"),
            content(place, "person,user_name,must_change", "accounts")};
    }
};

TEST_F(DemoAnew, the_same_order_gives_the_same_county)
{
    Fresh other;

    made_in(*this, small_order());
    made_in(other, small_order());

    EXPECT_EQ(contents(*this), contents(other));
}

TEST_F(DemoAnew, another_seed_gives_another_county)
{
    Fresh other;
    auto order = small_order();
    order.seed = 8;

    made_in(*this, small_order());
    made_in(other, order);

    EXPECT_NE(content(*this, "name", "people"), content(other, "name", "people"));
}

TEST_F(Demo, there_are_as_many_schools_and_pupils_as_were_ordered)
{
    EXPECT_EQ(count("organisations WHERE kind IN ('school', 'kindergarten')"), 6);
    EXPECT_EQ(count("students"), 400);
    EXPECT_EQ(made.entries, count("entries"));
}

TEST_F(Demo, the_stored_figures_are_those_that_are_computed_anew)
{
    db::Transaction transaction(db);
    auto const report = tally::rebuild(call, tally::Rebuild::check);

    EXPECT_GT(report.rows, 0);
    EXPECT_EQ(report.different, 0);
}

TEST_F(Demo, some_obligations_are_met_and_others_at_risk_or_missed)
{
    std::map<tally::Outlook, int> outlooks;

    auto const root = db.value<std::int64_t>("SELECT id AS value FROM organisations WHERE kind = 'county'").value();
    tally::UnitFigures const figures(db, county, {root});
    auto const rules = tally::Rules::in_force(call);
    for (auto const& rule : rules->rules())
        for (auto const& period : rule.calendar->periods())
            if (rule.requirement->purpose == plan::Purpose::obligation && period.from <= today && period.to >= Day{20260201})
                ++outlooks[tally::outlook(figures.of(rule, period), plan::target_at(*rule.requirement, today), period, today)];

    for (auto const outlook : {tally::Outlook::met, tally::Outlook::at_risk, tally::Outlook::missed, tally::Outlook::on_course})
        EXPECT_GT(outlooks[outlook], 0) << static_cast<int>(outlook);
}

TEST_F(Demo, every_pupil_has_a_carer_and_a_number_that_holds)
{
    auto const numbers = db.values<SealedNumber>("SELECT student_number AS value FROM students");

    EXPECT_EQ(count("students s WHERE NOT EXISTS (SELECT 1 FROM carers c WHERE c.county = s.county AND c.student = s.person)"), 0);
    EXPECT_EQ(count("students s WHERE NOT EXISTS (SELECT 1 FROM carers c WHERE c.county = s.county AND c.student = s.person AND "
                    "c.is_guardian)"),
        0);
    for (auto const& number : numbers)
        EXPECT_TRUE(lib::check_pupil_number(number)) << number;
}

TEST_F(Demo, nobody_has_a_number_that_a_real_person_could_have)
{
    for (auto const& number : db.values<SealedNumber>("SELECT identity_number AS value FROM people WHERE identity_number <> ''"))
        EXPECT_TRUE(number.starts_with("5199")) << number;
    for (auto const& phone : db.values<SealedNumber>("SELECT phone AS value FROM people WHERE phone <> ''"))
        EXPECT_TRUE(phone.starts_with("154")) << phone;
    EXPECT_EQ(db.value<std::int64_t>(
                  "SELECT count(DISTINCT substr(identity_number, 1, 28)) AS value FROM people WHERE identity_number <> ''"),
        count("people WHERE identity_number <> ''"));
    // Two carers came in twice, and one asks to join who is on the roster.
    EXPECT_EQ(db.value<std::int64_t>("SELECT count(DISTINCT substr(phone, 1, 28)) AS value FROM people WHERE phone <> ''"),
        count("people WHERE phone <> ''") - 3);
}

TEST(FictitiousNumbers, hold_by_the_standard_and_say_birth_and_sex)
{
    auto const man = lib::check_citizen_number(fictitious_identity_number({20150312}, Sex::male, 0));
    auto const woman = lib::check_citizen_number(fictitious_identity_number({19881130}, Sex::female, 731));

    EXPECT_EQ(man.fault, lib::NumberFault::none);
    EXPECT_EQ(man.birth_date, (lib::Date{2015, 3, 12}));
    EXPECT_EQ(man.sex, lib::Sex::male);
    EXPECT_EQ(woman.fault, lib::NumberFault::none);
    EXPECT_EQ(woman.number.substr(0, 6), "519901");
    EXPECT_EQ(woman.sex, lib::Sex::female);
}

TEST_F(Demo, a_family_is_whoever_shares_a_carer)
{
    EXPECT_GT(count("(SELECT family FROM students GROUP BY family HAVING count(*) > 1) several"), 0);
    EXPECT_EQ(count("carers a JOIN carers b ON b.county = a.county AND b.carer = a.carer JOIN students s ON s.county = a.county "
                    "AND s.person = a.student "
                    "JOIN students t ON t.county = b.county AND t.person = b.student WHERE s.family <> t.family"),
        0);
    EXPECT_EQ(count("students s JOIN students t ON t.county = s.county AND t.family = s.family WHERE NOT EXISTS (SELECT 1 FROM "
                    "carers a JOIN carers b "
                    "ON b.county = a.county AND b.carer = a.carer WHERE a.county = s.county AND a.student = s.person AND b.student "
                    "= t.person)"),
        0);
    EXPECT_GT(count("carers WHERE relation = 'grandparent'"), 0);
}

TEST_F(Demo, nothing_has_happened_today_or_later_and_mistakes_were_taken_back)
{
    auto const midnight = std::to_string(start_of(today).milliseconds);

    EXPECT_EQ(
        count("entries WHERE happened_at >= " + midnight + " OR recorded_at >= " + midnight + " OR recorded_at < happened_at"), 0);
    EXPECT_GT(count("entries WHERE reverses <> 0 AND reason <> ''"), 0);
    EXPECT_EQ(count("entries r JOIN entries e ON e.county = r.county AND e.id = r.reverses WHERE e.kind <> r.kind OR e.recorded_at "
                    "> r.recorded_at"),
        0);
}

TEST_F(DemoAnew, the_ledger_is_about_as_long_as_was_ordered)
{
    for (auto const entries : {std::int64_t{5000}, std::int64_t{20'000}}) {
        Fresh place;
        auto order = small_order();
        order.entries = entries;

        auto const result = made_in(place, order);

        EXPECT_NEAR(static_cast<double>(result.entries), static_cast<double>(entries), 0.1 * static_cast<double>(entries));
    }
}

TEST_F(Demo, new_ids_are_greater_than_all_of_the_demo_county)
{
    EXPECT_LT(db.value<std::int64_t>("SELECT max(id) AS value FROM entries").value(), new_id());
}

TEST_F(Demo, everyone_who_is_named_can_log_in)
{
    EXPECT_EQ(made.log_ins.size(), 8U);
    for (auto const& one : made.log_ins) {
        auto stranger = place->call_by({});
        auto const me = accounts::log_in(stranger, {one.user_name, std::string(password), {}}).me.value();
        EXPECT_FALSE(me.must_change_password);
        EXPECT_EQ(me.children.size() > 1, one.user_name == "parent");
    }
}

TEST_F(Demo, a_teacher_finds_requests_corrections_and_a_data_check_that_runs)
{
    EXPECT_EQ(count("join_requests WHERE state IN ('waiting', 'asked')"), 4);
    auto const letter = db.value<std::string>("SELECT l.title_zh AS value FROM inbox_letters l JOIN inbox_items i ON i.county = "
                                              "l.county AND i.letter = l.id JOIN accounts a "
                                              "ON a.county = i.county AND a.person = i.person WHERE a.user_name = 'teacher' AND "
                                              "l.kind = 'join_request' AND i.read_at = 0");
    EXPECT_TRUE(letter && letter->ends_with("：3 人申请加入，等您审核")) << letter.value_or("no letter");
    EXPECT_EQ(count("change_requests WHERE state = 'waiting'"), 3);
    EXPECT_EQ(count("class_codes WHERE closed_at = 0"), 1);
    EXPECT_EQ(count("delegations WHERE revoked_at = 0"), 1);
    EXPECT_GT(count("check_answers"), 150); // of 400 pupils, about 57 %
    EXPECT_LT(count("check_answers"), 300);
}

TEST_F(Demo, a_county_is_made_only_once)
{
    EXPECT_EQ(error_of([&] { made_in(*place, small_order()); }).kind, ErrorKind::conflict);
}

TEST_F(DemoAnew, one_school_with_one_pupil_is_a_county_too)
{
    auto const result = made_in(*this, {1, 1, 1, today, {}});

    EXPECT_EQ(result.pupils, 1);
    EXPECT_GT(result.entries, 0);
}

TEST(InOtherYears, dates_move_and_what_stands_in_texts_and_comments_stays)
{
    auto const moved = in_other_years("from = 2021-09-01 # since 2021-09-01\ntitle = \"2021-09-01 \\\" "
                                      "2021\"\nto=[2023-12-31,2024-02-29]\nkey-2021-09-01 = '2021-01-01'\n",
        3);

    EXPECT_EQ(moved,
        "from = 2024-09-01 # since 2021-09-01\ntitle = \"2021-09-01 \\\" 2021\"\nto=[2026-12-31,2027-02-28]\nkey-2021-09-01 = "
        "'2021-01-01'\n");
}

TEST(DemoPlan, today_lies_in_its_second_year)
{
    for (auto const day : {Day{20260305}, Day{20260831}, Day{20260901}, Day{20261122}}) {
        auto const parsed = plan::parse(demo_plan(day), "demo.toml");

        ASSERT_TRUE(parsed.plan);
        EXPECT_LE(plus_months(parsed.plan->from, 12), day);
        EXPECT_LT(day, plus_months(parsed.plan->from, 24));
        EXPECT_EQ(parsed.plan->key, "tianfu-2021-2023");
        EXPECT_TRUE(parsed.plan->title.zh.ends_with("（演示）"));
    }
}

} // namespace
} // namespace concentric::demo
