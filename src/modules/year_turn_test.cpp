#include "modules/all.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/organisations.hpp"
#include "modules/directory/person_changes.hpp"
#include "modules/directory/post_changes.hpp"
#include "modules/ledger/entries.hpp"
#include "modules/plan/plans.hpp"
#include "modules/tally/tally.hpp"
#include "testing/fresh.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

// The turn of a school year with everything that counts: last year's figures stay, and undoing it leaves no trace.
namespace concentric {
namespace {

constexpr std::string_view small_plan = R"toml(
[plan]
key = "test"
title = "测试方案"
issuer = "教体局"
region = { code = "360100", name = "测试县" }
from = 2025-09-01
to = 2027-08-31
source = "试"

[[term]]
key = "t1"
title = "第一学期"
from = 2025-09-01
to = 2026-01-20

[[term]]
key = "t2"
title = "第二学期"
from = 2026-02-20
to = 2026-07-10

[[term]]
key = "t3"
title = "第三学期"
from = 2026-09-01
to = 2027-01-20

[[requirement]]
key = "home-visit"
title = "每生每学期至少一次入户家访"
source = "一"
text = "每生每期至少一次"
subject = "student"
entries = ["visit.home"]
at_least = { entries = 1 }
per = "term"
target = 1.0
ring = "school"

[[requirement]]
key = "guidance"
title = "家庭教育指导每年全覆盖"
source = "三"
text = "每年全覆盖"
subject = "family"
entries = ["attended.guidance"]
at_least = { entries = 1 }
per = "school-year"
target = 0.9
ring = "family"

[[requirement]]
key = "parents"
title = "家长参与"
source = "四"
text = "每学期一次"
subject = "carer"
entries = ["attended.guidance"]
at_least = { entries = 1 }
per = "term"
target = 0.9
ring = "family"
)toml";

struct Classroom {
    OrganisationId id;
    std::vector<PersonId> pupils;
};

struct YearTurn : testing::Test, Fresh {
    YearTurn()
    {
        subscribe_all(events);
        handle_all_jobs(jobs);
        clock.set(Day{20260905});
        call.now = clock.now();
        db::Transaction transaction(db);
        root = directory::create_county(call, county, "江湾区");
        primary = add(root, "school", "河滨小学", {"primary"});
        junior = add(root, "school", "城关中学", {"junior"});
        for (int year = 2020; year <= 2025; ++year)
            for (int number = 1; number <= 2; ++number)
                class_in(grade_in(primary, fmt::format("{}级", year), year), fmt::format("{}级{}班", year, number), year, number);
        static constexpr char const* names[]{"初三", "初二", "初一"};
        for (int year = 2023; year <= 2025; ++year)
            class_in(grade_in(junior, names[year - 2023], year), fmt::format("{}（1）班", names[year - 2023]), year, 1);
        auto const loaded = plan::load(call, small_plan, "test.toml", "");
        for (auto const& fault : loaded.faults)
            ADD_FAILURE() << fault.words.en;
        write_history();
        transaction.commit();
        jobs.run_all();
        call.viewer.path = *directory::path_of(call, root);
        call.viewer.organisation = root;
    }

    OrganisationId add(OrganisationId parent, std::string kind, std::string name, std::vector<directory::StageName> stages,
        int year = 0, int number = 0)
    {
        directory::CreateOrganisation input{parent, kind, name, {}, std::move(stages)};
        if (year)
            input.entry_year = Within<1900, 2200>{year};
        if (number)
            input.number = Within<0, 999>{number};
        input.opened_on = year ? day_of(year, 9, 1) : Day{20190901};
        return directory::create(call, input).id;
    }

    OrganisationId grade_in(OrganisationId school, std::string name, int year)
    {
        auto& grade = grades[{school, year}];
        if (!grade)
            grade = add(school, "grade", std::move(name), {}, year);
        return grade;
    }

    // Six pupils, each with a father; the third one's father is also that of the third one of the next class.
    void class_in(OrganisationId grade, std::string name, int year, int number)
    {
        Classroom room{add(grade, "class", name, {}, year, number), {}};
        for (int i = 0; i < 6; ++i) {
            directory::CreateStudent pupil;
            pupil.name = Text<1, 60>(fmt::format("学生{}之{}", rooms.size(), i));
            pupil.sex = i % 2 ? directory::Sex::male : directory::Sex::female;
            pupil.class_ = room.id;
            pupil.from = day_of(year, 9, 1);
            auto const father = i == 2 ? rooms.size() / 2 : rooms.size() * 10 + static_cast<std::size_t>(i) + 500;
            pupil.carers.push_back({Text<1, 60>(fmt::format("家长{}", father)), directory::Relation::father,
                Phone(fmt::format("139{:08}", father)), {}, {}});
            room.pupils.push_back(directory::create_student(call, pupil).id);
        }
        directory::CreateStaff teacher;
        teacher.name = Text<1, 60>(fmt::format("{}的班主任", name));
        teacher.organisation = room.id;
        teacher.role = Text<1, 60>("class_teacher");
        directory::create_staff(call, teacher);
        call.db.execute("UPDATE posts SET from_day = $2 WHERE county = $1", county, Day{20250901});
        rooms.push_back(std::move(room));
    }

    // Every other pupil was visited in each term of last year; some parents came to the guidance.
    void write_history()
    {
        std::vector<ledger::NewEntry> facts;
        std::int64_t number = 0;
        for (auto const& room : rooms)
            for (auto const pupil : room.pupils)
                for (auto const day : {Day{20251015}, Day{20260310}, Day{20260903}})
                    if (++number % 2) {
                        auto const carer = directory::show_person(call, {pupil}).student->carers.front().person;
                        facts.push_back(
                            {"visit.home", start_of(day), 0, pupil.value, room.id.value, 0, 0, 1, fmt::format("t:{}", number)});
                        facts.push_back({"attended.guidance", start_of(day), carer.value, pupil.value, room.id.value, 0, 60, 1,
                            fmt::format("g:{}", number)});
                    }
        ledger::append(call, facts);
    }

    boost::json::value ask(std::string_view name, std::string const& input)
    {
        for (auto const& route : all_routes())
            if (route.name == name) {
                auto const object = route.make_input();
                Problems problems;
                reflect::read(boost::json::parse(input), *route.input, object.get(), problems);
                if (!problems.empty())
                    throw invalid(std::move(problems));
                if (route.check)
                    route.check(object.get(), problems);
                if (!problems.empty())
                    throw invalid(std::move(problems));
                std::string answer;
                std::optional<Download> file;
                db::Transaction transaction(db);
                route.run(call, object.get(), answer, file);
                transaction.commit();
                return answer.empty() ? boost::json::value() : boost::json::parse(answer);
            }
        throw std::logic_error("no such route");
    }

    std::string new_turn() { return std::string(ask("turn_create", R"({"on":"2026-09-01"})").at("id").as_string()); }

    void choose_class(std::string const& turn, OrganisationId id, std::string_view action, OrganisationId destination = {})
    {
        auto const more = destination ? fmt::format(R"(,"destination":"{}")", destination.value) : "";
        ask("turn_class_choose", fmt::format(R"({{"id":"{}","class":"{}","action":"{}"{}}})", turn, id.value, action, more));
    }

    void except(std::string const& turn, PersonId pupil, std::string_view kind, OrganisationId to = {})
    {
        auto const more = to ? fmt::format(R"(,"class":"{}")", to.value) : "";
        ask("turn_exception_set", fmt::format(R"({{"id":"{}","student":"{}","kind":"{}"{}}})", turn, pupil.value, kind, more));
    }

    std::string run(std::string_view route, std::string const& turn)
    {
        ask(route, fmt::format(R"({{"id":"{}"}})", turn));
        jobs.run_all();
        return std::string(ask("turn_show", fmt::format(R"({{"id":"{}"}})", turn)).at("state").as_string());
    }

    std::string dump(std::string const& sql)
    {
        std::string all;
        for (auto const& line : db.values<std::string>(sql, county))
            all += line + "\n";
        return all;
    }

    // Everything that a turn touches, without versions and without rows that say nothing.
    std::string state()
    {
        return dump("SELECT id || ' ' || parent || ' ' || path || ' ' || name || ' ' || opened_on || ' ' || closed_on AS value "
                    "FROM organisations WHERE county = $1 ORDER BY id")
            + dump("SELECT person || ' ' || class || ' ' || status AS value FROM students WHERE county = $1 ORDER BY person")
            + dump("SELECT student || ' ' || from_day || ' ' || to_day || ' ' || class || ' ' || stage AS value FROM enrolments "
                   "WHERE county = $1 ORDER BY student, from_day")
            + dump("SELECT id || ' ' || person || ' ' || organisation || ' ' || role || ' ' || from_day || ' ' || to_day AS value "
                   "FROM posts WHERE county = $1 ORDER BY id")
            + coverage(99991231) + headcounts(99991231);
    }

    // Of periods that begin before a day.
    std::string coverage(std::int64_t before)
    {
        return dump(fmt::format(
            "SELECT unit || ' ' || requirement || ' ' || period || ' ' || sum(covered) || ' ' || sum(excused) AS value FROM "
            "coverage "
            "WHERE county = $1 AND period < {} GROUP BY unit, requirement, period HAVING sum(covered) <> 0 OR sum(excused) <> 0 "
            "ORDER BY unit, requirement, period",
            before));
    }

    // The days before a day on which a total changes.
    std::string headcounts(std::int64_t before)
    {
        return dump(fmt::format(
            "SELECT unit || ' ' || audience || ' ' || day || ' ' || total AS value FROM (SELECT unit, audience, day, total, "
            "lag(total, 1, 0) OVER (PARTITION BY unit, audience ORDER BY day) AS earlier FROM headcounts WHERE county = $1) h "
            "WHERE total <> earlier AND day < {} ORDER BY unit, audience, day",
            before));
    }

    void expect_figures_agree()
    {
        db::Transaction transaction(db);
        auto const report = tally::rebuild(call, tally::Rebuild::check);
        for (auto const& d : report.differences)
            ADD_FAILURE() << d.table << " " << d.key << " stored [" << d.stored << "] computed [" << d.computed << "]";
    }

    std::int64_t number(std::string const& sql) { return db.value<std::int64_t>(sql, county).value_or(-1); }

    std::string class_of(PersonId pupil)
    {
        auto const part = directory::show_person(call, {pupil}).student;
        return part->class_ ? part->class_->name : "";
    }

    // Classes that stay, go on, or are dealt anew; some pupils go their own way.
    void choose_at_random(std::string const& turn, std::mt19937& random)
    {
        for (std::size_t i = 0; i < rooms.size(); ++i) {
            bool const is_last = i < 2 || i == 12, has_year_above = (i >= 4 && i < 12) || i == 14;
            auto const what = random() % 6;
            if (what == 0 && !is_last)
                choose_class(turn, rooms[i].id, "leave_out");
            else if (what == 1 && !is_last)
                choose_class(turn, rooms[i].id, "regroup");
            else if (what < 4 && i < 2)
                choose_class(turn, rooms[i].id, "graduate", junior);
            for (auto const pupil : rooms[i].pupils) {
                if (auto const way = random() % 12; way == 0)
                    except(turn, pupil, "repeat_year");
                else if (way == 1)
                    except(turn, pupil, "leave");
                else if (way == 2 && has_year_above)
                    except(turn, pupil, "skip_year");
                else if (way == 3 && i >= 2 && i < 12 && random() % 4 == 0)
                    except(turn, pupil, "go_to", rooms[2 + random() % 10].id);
            }
        }
    }

    OrganisationId root, primary, junior;
    std::map<std::pair<OrganisationId, int>, OrganisationId> grades;
    std::vector<Classroom> rooms; // 0 to 11: the primary school's from 2020 on; 12 to 14: 初三, 初二, 初一
};

TEST_F(YearTurn, classes_move_up_graduates_go_to_the_next_school_and_last_years_figures_stay)
{
    auto const turn = new_turn();
    choose_class(turn, rooms[0].id, "graduate", junior);
    choose_class(turn, rooms[1].id, "graduate", junior);
    auto const figures = coverage(20260901), heads = headcounts(20260901);

    EXPECT_EQ(run("turn_apply", turn), "applied");

    EXPECT_EQ(class_of(rooms[2].pupils[0]), "2021级1班"); // goes on
    EXPECT_EQ(class_of(rooms[14].pupils[0]), "初二（1）班"); // under the next year's name
    EXPECT_EQ(class_of(rooms[0].pupils[0]), "初一（1）班"); // at the junior school
    EXPECT_EQ(directory::show_person(call, {rooms[12].pupils[0]}).student->status, directory::StudentStatus::graduated);
    EXPECT_EQ(coverage(20260901), figures);
    EXPECT_EQ(headcounts(20260901), heads);
    expect_figures_agree();
}

TEST_F(YearTurn, undoing_leaves_everything_as_it_was)
{
    auto const before = state();
    auto const turn = new_turn();
    choose_class(turn, rooms[0].id, "graduate", junior);
    choose_class(turn, rooms[4].id, "regroup");
    choose_class(turn, rooms[5].id, "regroup");
    except(turn, rooms[6].pupils[0], "leave");
    ASSERT_EQ(run("turn_apply", turn), "applied");
    ASSERT_NE(state(), before);

    EXPECT_EQ(run("turn_undo", turn), "undone");

    EXPECT_EQ(state(), before);
    expect_figures_agree();
}

TEST_F(YearTurn, a_class_that_is_left_out_stays_where_it_is_with_its_pupils)
{
    auto const turn = new_turn();
    choose_class(turn, rooms[13].id, "leave_out"); // 初二, while 初一 moves up to that name

    EXPECT_EQ(run("turn_apply", turn), "applied");

    EXPECT_EQ(class_of(rooms[13].pupils[0]), "初二（1）班");
    EXPECT_EQ(class_of(rooms[14].pupils[0]), "初二（1）班（2025级）"); // told apart by its year
    expect_figures_agree();
}

TEST_F(YearTurn, pupils_go_their_own_way)
{
    auto const turn = new_turn();
    except(turn, rooms[2].pupils[0], "repeat_year"); // 2021 to 2022
    except(turn, rooms[4].pupils[0], "skip_year"); // 2022 to 2021
    except(turn, rooms[6].pupils[0], "leave");
    except(turn, rooms[8].pupils[0], "go_to", rooms[9].id);
    except(turn, rooms[13].pupils[0], "repeat_year"); // into the class that is called 初二 from now on

    EXPECT_EQ(run("turn_apply", turn), "applied");

    EXPECT_EQ(class_of(rooms[2].pupils[0]), "2022级1班");
    EXPECT_EQ(class_of(rooms[4].pupils[0]), "2021级1班");
    EXPECT_EQ(directory::show_person(call, {rooms[6].pupils[0]}).student->status, directory::StudentStatus::left);
    EXPECT_EQ(class_of(rooms[8].pupils[0]), "2024级2班");
    EXPECT_EQ(class_of(rooms[13].pupils[0]), "初二（1）班");
    EXPECT_EQ(class_of(rooms[13].pupils[1]), "初三（1）班");
}

TEST_F(YearTurn, a_school_with_a_fault_stays_as_it_was_and_the_others_are_turned)
{
    auto const turn = new_turn();
    choose_class(turn, rooms[12].id, "up"); // 初三 has no year above

    EXPECT_EQ(run("turn_apply", turn), "applied");

    EXPECT_EQ(class_of(rooms[14].pupils[0]), "初一（1）班");
    EXPECT_EQ(directory::show_person(call, {rooms[0].pupils[0]}).student->status, directory::StudentStatus::graduated);
    auto const shown = ask("turn_show", fmt::format(R"({{"id":"{}"}})", turn));
    EXPECT_EQ(shown.at("schools_applied").as_int64(), 1);
    EXPECT_EQ(shown.at("schools_failed").as_int64(), 1);

    choose_class(turn, rooms[12].id, "graduate");
    run("turn_apply", turn);

    EXPECT_EQ(class_of(rooms[14].pupils[0]), "初二（1）班");
}

TEST_F(YearTurn, a_class_teacher_of_graduates_takes_over_the_new_intake)
{
    auto const turn = new_turn();

    run("turn_apply", turn);

    EXPECT_EQ(number("SELECT count(*) AS value FROM posts p JOIN organisations o ON o.county = p.county AND o.id = p.organisation "
                     "WHERE p.county = $1 "
                     "AND o.name = '2026级1班' AND p.role = 'class_teacher' AND p.from_day = 20260901 AND p.person = (SELECT "
                     "q.person FROM posts q JOIN "
                     "organisations c ON c.county = q.county AND c.id = q.organisation WHERE q.county = $1 AND c.name = "
                     "'2020级1班' AND q.to_day = 20260831)"),
        1);
}

TEST_F(YearTurn, what_came_later_stands_in_the_way_of_undoing)
{
    auto const turn = new_turn();
    run("turn_apply", turn);
    auto const intake
        = db.value<OrganisationId>("SELECT id AS value FROM organisations WHERE county = $1 AND name = '2026级1班'", county);
    directory::CreateStudent pupil;
    pupil.name = Text<1, 60>("赵新");
    pupil.class_ = *intake;
    directory::create_student(call, pupil);
    auto const before = state();

    auto const error = error_of([&] { ask("turn_undo", fmt::format(R"({{"id":"{}"}})", turn)); });

    EXPECT_EQ(error.kind, ErrorKind::conflict);
    EXPECT_THAT(error.words.zh, testing::HasSubstr("赵新"));
    EXPECT_EQ(state(), before);
}

TEST_F(YearTurn, a_turn_for_a_coming_day_waits_for_it)
{
    clock.set(Day{20260820});
    call.now = clock.now();
    auto const turn = new_turn();

    EXPECT_EQ(run("turn_apply", turn), "scheduled");
    EXPECT_EQ(class_of(rooms[14].pupils[0]), "初一（1）班");

    clock.set(Day{20260901});
    call.now = clock.now();
    jobs.run_all();

    EXPECT_EQ(class_of(rooms[14].pupils[0]), "初二（1）班");
}

TEST_F(YearTurn, a_year_is_turned_only_once)
{
    run("turn_apply", new_turn());

    auto const preview = ask("turn_preview", fmt::format(R"({{"id":"{}"}})", new_turn()));

    EXPECT_EQ(preview.at("faults").as_array().front().at("code").as_string(), "turned");
}

TEST_F(YearTurn, a_class_of_pupils_without_a_place_to_go_is_named)
{
    auto const turn = new_turn();
    choose_class(turn, rooms[0].id, "graduate", junior);
    ask("turn_size_choose",
        fmt::format(R"({{"id":"{}","school":"{}","stage":"junior","entry_year":2026,"classes":0}})", turn, junior.value));

    auto const faults = ask("turn_preview", fmt::format(R"({{"id":"{}"}})", turn)).at("faults").as_array();

    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults[0].at("code").as_string(), "missing_target");
    EXPECT_EQ(faults[0].at("class").at("name").as_string(), "2020级1班");
}

// Any turn at all: nobody is in two classes on a day, stored figures equal computed ones, and undoing it leaves no trace.
TEST_F(YearTurn, any_turn_keeps_figures_right_and_can_be_undone_without_trace)
{
    auto const before = state(), figures = coverage(20260901);
    std::int64_t turned = 0; // schools; a choice may leave a pupil without a class to go to, and then the school stays
    for (unsigned const seed : {1u, 2u, 3u, 4u, 5u, 6u}) {
        std::mt19937 random(seed);
        auto const turn = new_turn();
        choose_at_random(turn, random);

        run("turn_apply", turn);

        EXPECT_EQ(
            number(
                "SELECT count(*) AS value FROM enrolments a JOIN enrolments b ON b.county = a.county AND b.student = a.student AND "
                "b.from_day > a.from_day AND b.from_day <= a.to_day WHERE a.county = $1"),
            0)
            << seed;
        EXPECT_EQ(number("SELECT count(*) AS value FROM students s JOIN organisations o ON o.county = s.county AND o.id = s.class "
                         "WHERE s.county = $1 "
                         "AND s.status = 'active' AND o.closed_on < 99991231"),
            0)
            << seed;
        EXPECT_EQ(coverage(20260901), figures) << seed;
        expect_figures_agree();

        auto const shown = ask("turn_show", fmt::format(R"({{"id":"{}"}})", turn));
        turned += shown.at("schools_applied").as_int64();
        if (shown.at("state").as_string() == "applied") {
            EXPECT_EQ(run("turn_undo", turn), "undone") << seed;
        }
        EXPECT_EQ(state(), before) << seed;
        expect_figures_agree();
        if (HasFailure())
            return;
    }
    EXPECT_GE(turned, 6);
}

} // namespace
} // namespace concentric
