#include "modules/plan/plan.hpp"

#include <gmock/gmock.h>

namespace concentric::plan {
namespace {

std::string const head = R"([plan]
key = "small"
title = "小方案"
issuer = "教体局"
region = { code = "510164", name = "天府新区" }
from = 2025-03-01
to = 2026-12-31
)"; // seven lines: what a test adds begins in line 8

std::string requirement_with(std::string const& lines)
{
    return head + "[[requirement]]\nkey = \"visit\"\ntitle = \"家访\"\nsubject = \"student\"\n" + lines; // `lines` begin in line 12
}

std::string const visit = "entries = [\"visit.home\"]\nat_least = { entries = 1 }\nper = \"term\"\n";

Plan parsed(std::string const& text)
{
    auto result = parse(text, "small.toml");
    for (auto const& fault : result.faults)
        ADD_FAILURE() << fault.line << ":" << fault.column << " " << fault.at << " " << fault.words.en;
    return result.plan.value_or(Plan{});
}

struct Faulty {
    char const* name;
    std::string text;
    int line, column;
    std::string at, found;
    std::string words; // in English, at least this
};
void PrintTo(Faulty const& faulty, std::ostream* out) { *out << faulty.name; }

class FaultTest : public testing::TestWithParam<Faulty> { };

TEST_P(FaultTest, is_reported_once_with_its_place_and_in_both_languages)
{
    auto const& wanted = GetParam();

    auto const result = parse(wanted.text, "small.toml");

    EXPECT_FALSE(result.plan);
    ASSERT_EQ(result.faults.size(), 1U) << (result.faults.size() > 1 ? result.faults[0].words.en + result.faults[1].words.en : "");
    auto const& fault = result.faults.front();
    EXPECT_EQ(fault.file, "small.toml");
    EXPECT_EQ(std::pair(fault.line, fault.column), std::pair(wanted.line, wanted.column)) << fault.words.en;
    EXPECT_EQ(fault.at, wanted.at);
    EXPECT_EQ(fault.found, wanted.found);
    EXPECT_THAT(fault.words.en, testing::HasSubstr(wanted.words));
    EXPECT_FALSE(fault.words.zh.empty());
    EXPECT_FALSE(fault.expected.zh.empty());
    EXPECT_FALSE(fault.expected.en.empty());
}

std::string with_points(std::string const& cap, std::string const& requirement)
{
    return head
        + "[[points]]\nentries = [\"course.parent\"]\nto = \"carer\"\naward = { per_hour = 5 }\ncap = " + cap // lines 8 to 12
        + "\n[[requirement]]\nkey = \"points\"\ntitle = \"积分\"\n" + requirement; // 13 to 15, `requirement` from 16
}

std::string credential_with(std::string const& number, std::string const& needs)
{
    return head + "[[credential]]\nkey = \"hours\"\ntitle = \"证明\"\nto = \"carer\"\nnumber = \"" + number + "\"\nneeds = " + needs
        + "\n";
}

INSTANTIATE_TEST_SUITE_P(Syntax, FaultTest,
    testing::Values(Faulty{"no_value", head + "x = \n", 8, 5, "", "", "expected value"},
        Faulty{"a_key_written_twice", head + "to = 2026-01-01\n", 8, 6, "", "", "cannot redefine"},
        Faulty{"not_utf8", head + "[[commitment]]\nkey = \"\xff\"\n", 9, 7, "", "", "utf-8"},
        Faulty{"a_chinese_quotation_mark", head + "x = “中文”\n", 8, 5, "", "", "write the plain \" instead"},
        Faulty{"a_chinese_comma", head + "x = [1，2]\n", 8, 7, "", "", "write the plain , instead"},
        Faulty{"a_day_that_does_not_exist",
            head + "[[milestone]]\nkey = \"a\"\ntitle = \"中文\"\nfrom = 2025-03-01\nto = 2025-06-31\n", 12, 6, "", "2025-06-31",
            "There is no day 2025-06-31"},
        Faulty{"a_leap_day_in_a_common_year",
            head + "[[milestone]]\nkey = \"a\"\ntitle = \"中文\"\nfrom = 2026-02-29\nto = 2026-03-01\n", 11, 8, "", "2026-02-29",
            "There is no day 2026-02-29"}));

INSTANTIATE_TEST_SUITE_P(Keys, FaultTest,
    testing::Values(Faulty{"no_plan", "# nothing\n", 1, 1, "plan", "", "plan is missing"},
        Faulty{"an_unknown_table", head + "[[requirements]]\nkey = \"a\"\n", 8, 3, "requirements", "\"requirements\"",
            "Did you mean \"requirement\"?"},
        Faulty{"an_unknown_key", requirement_with("excusedby = \"visit.declined\"\n" + visit), 12, 1, "requirement[1].excusedby",
            "\"excusedby\"", "Did you mean \"excused_by\"?"},
        Faulty{"a_missing_key", head + "[[commitment]]\nkey = \"a\"\n", 8, 1, "commitment[1].title", "", "title is missing"},
        Faulty{"a_wrong_type", head + "[[commitment]]\nkey = \"a\"\ntitle = 3\n", 10, 9, "commitment[1].title", "3",
            "must be text in quotes, not 3"},
        Faulty{"an_empty_title", head + "[[commitment]]\nkey = \"a\"\ntitle = \"\"\n", 10, 9, "commitment[1].title", "\"\"",
            "must be text"},
        Faulty{"a_key_in_capitals", head + "[[commitment]]\nkey = \"A b\"\ntitle = \"甲\"\n", 9, 7, "commitment[1].key", "\"A b\"",
            "small letters"},
        Faulty{"a_key_used_twice",
            head + "[[commitment]]\nkey = \"a\"\ntitle = \"甲\"\n[[commitment]]\ntitle = \"乙\"\nkey = \"a\"\n", 13, 7,
            "commitment[2].key", "a", "already used in line 8"},
        Faulty{
            "a_table_instead_of_a_list", head + "[milestone]\nkey = \"a\"\n", 8, 1, "milestone", "{…}", "must be a list of tables"},
        Faulty{"a_region_code_of_five_digits",
            "[plan]\nkey=\"a\"\ntitle=\"b\"\nissuer=\"c\"\nregion={ code = \"51016\", name = \"d\" "
            "}\nfrom=2025-01-01\nto=2025-12-31\n",
            5, 17, "plan.region.code", "\"51016\"", "six digits"}));

INSTANTIATE_TEST_SUITE_P(Calendar, FaultTest,
    testing::Values(Faulty{"a_quoted_day", head + "[[term]]\nfrom = \"2025-09-01\"\nto = 2026-01-31\n", 9, 8, "term[1].from",
                        "\"2025-09-01\"", "without quotes"},
        Faulty{"a_plan_that_ends_before_it_begins",
            "[plan]\nkey=\"a\"\ntitle=\"b\"\nissuer=\"c\"\nregion={ code = \"510164\", name = \"d\" "
            "}\nfrom=2025-12-31\nto=2025-01-01\n",
            7, 4, "plan.to", "2025-01-01", "not before from"},
        Faulty{"a_milestone_after_the_plan", head + "[[milestone]]\nkey=\"a\"\ntitle=\"b\"\nfrom = 2026-12-01\nto = 2027-01-01\n",
            12, 6, "milestone[1].to", "2027-01-01", "a day of the plan (2025-03-01 to 2026-12-31)"},
        Faulty{"terms_that_overlap",
            head + "[[term]]\nfrom = 2025-09-01\nto = 2026-02-01\n[[term]]\nfrom = 2026-02-01\nto = 2026-07-10\n", 12, 8,
            "term[2].from", "2026-02-01", "overlaps \"Autumn term 2025–2026\" (2025-09-01 to 2026-02-01)"},
        Faulty{"a_term_outside_the_plan", head + "[[term]]\nfrom = 2024-09-01\nto = 2025-01-20\n", 9, 8, "term[1].from",
            "2024-09-01", "a day of the plan"},
        Faulty{"a_window_day_that_never_exists",
            head
                + "[[window]]\nkey=\"w\"\ntitle=\"摸排\"\neach = [{ key = \"a\", title = \"春\", from = \"02-30\", to = \"03-31\" "
                  "}]\n",
            11, 42, "window[1].each[1].from", "\"02-30\"", "month and day"},
        Faulty{"windows_that_cross",
            head
                + "[[window]]\nkey=\"w\"\ntitle=\"摸排\"\neach = [{ key = \"a\", title = \"冬\", from = \"12-01\", to = \"01-31\" "
                  "}, { key = \"b\", title = \"春\", from = \"01-31\", to = \"03-31\" }]\n",
            11, 8, "window[1].each", "01-31", "\"冬 2022\" overlaps \"春 2023\""},
        Faulty{"a_window_named_like_a_period",
            head
                + "[[window]]\nkey=\"term\"\ntitle=\"摸排\"\neach = [{ key = \"a\", title = \"春\", from = \"03-01\", to = "
                  "\"03-31\" }]\n",
            9, 5, "window[1].key", "\"term\"", "no period of the calendar"}));

INSTANTIATE_TEST_SUITE_P(Requirements, FaultTest,
    testing::Values(Faulty{"an_unknown_kind",
                        requirement_with("entries = [\"visit.home\", \"visit.hom\"]\nat_least = { entries = 1 }\nper = \"term\"\n"),
                        12, 26, "requirement[1].entries", "\"visit.hom\"", "Did you mean \"visit.home\"?"},
        Faulty{"an_unknown_family_of_kinds",
            requirement_with("entries = \"visits.*\"\nat_least = { entries = 1 }\nper = \"term\"\n"), 12, 11,
            "requirement[1].entries", "\"visits.*\"", "Did you mean \"visit.*\"?"},
        Faulty{"an_unknown_period", requirement_with("entries = \"visit.home\"\nat_least = { entries = 1 }\nper = \"terms\"\n"), 14,
            7, "requirement[1].per", "\"terms\"", "Did you mean \"term\"?"},
        Faulty{"no_period", requirement_with("entries = \"visit.home\"\nat_least = { entries = 1 }\n"), 8, 1, "requirement[1].per",
            "", "per is missing"},
        Faulty{"both_period_and_rolling_window",
            requirement_with(visit + "within = { months = 3, from = \"training.enrolled\" }\n"), 14, 7, "requirement[1].per",
            "\"term\"", "there is within already"},
        Faulty{"a_rolling_window_without_start",
            requirement_with("entries = \"visit.home\"\nat_least = { entries = 1 }\nwithin = \"3 months of start\"\n"), 8, 1,
            "requirement[1].start", "", "start is missing"},
        Faulty{"a_rolling_window_in_weeks",
            requirement_with("entries = \"visit.home\"\nat_least = { entries = 1 }\nwithin = \"3 weeks of start\"\nstart = "
                             "\"training.enrolled\"\n"),
            14, 10, "requirement[1].within", "\"3 weeks of start\"", "3 months of start"},
        Faulty{"no_amount", requirement_with("entries = \"visit.home\"\nat_least = {}\nper = \"term\"\n"), 13, 12,
            "requirement[1].at_least", "", "Give one amount"},
        Faulty{"two_amounts", requirement_with("entries = \"visit.home\"\nat_least = { entries = 1, hours = 2 }\nper = \"term\"\n"),
            13, 12, "requirement[1].at_least", "hours", "Give one amount"},
        Faulty{"half_an_entry", requirement_with("entries = \"visit.home\"\nat_least = { entries = 1.5 }\nper = \"term\"\n"), 13,
            24, "requirement[1].at_least.entries", "1.5", "whole number above 0"},
        Faulty{"a_negative_amount", requirement_with("entries = \"visit.home\"\nat_least = { hours = -6 }\nper = \"term\"\n"), 13,
            22, "requirement[1].at_least.hours", "-6", "from 0 to"},
        Faulty{"a_share_above_one", requirement_with(visit + "target = 90\n"), 15, 10, "requirement[1].target", "90",
            "a number from 0 to 1"},
        Faulty{"targets_that_go_back",
            requirement_with(visit + "target = [{ by = 2026-12-31, share = 0.5 }, { by = 2025-12-31, share = 1.0 }]\n"), 15, 52,
            "requirement[1].target[2].by", "2025-12-31", "a day after the step before"},
        Faulty{"targets_that_fall",
            requirement_with(visit + "target = [{ by = 2025-12-31, share = 0.5 }, { by = 2026-12-31, share = 0.4 }]\n"), 15, 72,
            "requirement[1].target[2].share", "0.4", "not below"},
        Faulty{"a_target_after_the_plan", requirement_with(visit + "target = [{ by = 2027-01-01, share = 0.5 }]\n"), 15, 18,
            "requirement[1].target[1].by", "2027-01-01", "a day of the plan"},
        Faulty{"an_unknown_ring", requirement_with(visit + "ring = \"schools\"\n"), 15, 8, "requirement[1].ring", "\"schools\"",
            "Did you mean \"school\"?"},
        Faulty{"an_unknown_stage", requirement_with(visit + "where = { stage = [\"primry\"] }\n"), 15, 20,
            "requirement[1].where.stage", "\"primry\"", "Did you mean \"primary\"?"},
        Faulty{"a_stage_in_chinese", requirement_with(visit + "where = { stage = \"小学\" }\n"), 15, 19,
            "requirement[1].where.stage", "\"小学\"", "It can be one of: kindergarten, primary, junior, senior"},
        Faulty{"a_group_that_nobody_is_in", requirement_with(visit + "where = { group = \"boarders\" }\n"), 15, 19,
            "requirement[1].where.group", "\"boarders\"", "It can be one of: left-behind"},
        Faulty{"a_kind_by_its_chinese_word", requirement_with("entries = \"入户\"\nat_least = { entries = 1 }\nper = \"term\"\n"),
            12, 11, "requirement[1].entries", "\"入户\"", "visit.home（入户家访）"},
        Faulty{"a_kind_asked_of_a_pupil", requirement_with(visit + "where = { kind = \"museum\" }\n"), 15, 18,
            "requirement[1].where.kind", "\"museum\"", "means something for student"},
        Faulty{"entries_that_no_pupil_has",
            requirement_with("entries = [\"held.drill\"]\nat_least = { entries = 2 }\nper = \"term\"\n"), 12, 11,
            "requirement[1].entries", "student", "never written for student"},
        Faulty{"entries_that_use_no_resource",
            head
                + "[[requirement]]\nkey=\"use\"\ntitle=\"使用\"\nsubject=\"resource\"\nentries = [\"visit.home\"]\nat_least = { "
                  "entries = 1 }\nper = \"plan\"\n",
            12, 11, "requirement[1].entries", "resource", "never written for resource"},
        Faulty{"persons_and_organisations_together",
            head
                + "[[requirement]]\nkey=\"use\"\ntitle=\"使用\"\nsubject=[\"school\", \"student\"]\nentries = "
                  "[\"visit.home\"]\nat_least = { entries = 1 }\nper = \"plan\"\n",
            11, 9, "requirement[1].subject", "[…]", "one kind of person"},
        Faulty{"an_empty_list_of_parts", requirement_with("all = []\nper = \"term\"\n"), 12, 7, "requirement[1].all", "[]",
            "at least one item"}));

INSTANTIATE_TEST_SUITE_P(Recognition, FaultTest,
    testing::Values(Faulty{"points_that_nobody_gives", requirement_with("at_least = { points = 100 }\nper = \"term\"\n"), 12, 12,
                        "requirement[1].at_least", "student", "No point rule gives points to student"},
        Faulty{"points_with_entries",
            with_points("{ per = \"term\", points = 60 }",
                "subject = \"carer\"\nentries = \"course.parent\"\nat_least = { points = 9 }\nper = \"term\"\n"),
            17, 11, "requirement[1].entries", "\"course.parent\"", "points come from [[points]]"},
        Faulty{"a_cap_longer_than_the_period",
            with_points(
                "{ per = \"school-year\", points = 60 }", "subject = \"carer\"\nat_least = { points = 9 }\nper = \"term\"\n"),
            18, 7, "requirement[1].per", "\"term\"", "capped by school-year"},
        Faulty{"a_cap_across_the_new_year",
            with_points(
                "{ per = \"term\", points = 60 }", "subject = \"carer\"\nat_least = { points = 9 }\nper = \"calendar-year\"\n"),
            18, 7, "requirement[1].per", "\"calendar-year\"", "capped by term"},
        Faulty{"points_in_a_rolling_window",
            with_points("{ per = \"term\", points = 60 }",
                "subject = \"carer\"\nat_least = { points = 9 }\nwithin = { months = 3, from = \"training.enrolled\" }\n"),
            13, 1, "requirement[1].within", "", "Points are counted by period"},
        Faulty{"points_in_thousandths",
            with_points("{ per = \"term\", points = 0.005 }", "subject = \"carer\"\nat_least = { points = 9 }\nper = \"term\"\n"),
            12, 32, "points[1].cap.points", "0.005", "at most two decimals"},
        Faulty{"a_number_without_serial", credential_with("TF-{year}", R"([{ entries = ["course.parent"], hours = 1 }])"), 12, 10,
            "credential[1].number", "\"TF-{year}\"", "one {serial}"},
        Faulty{"a_number_with_an_open_brace", credential_with("TF-{serial", R"([{ entries = ["course.parent"], hours = 1 }])"), 12,
            10, "credential[1].number", "\"TF-{serial\"", "one {serial}"},
        Faulty{"a_number_with_an_unknown_part",
            credential_with("TF-{month}-{serial}", R"([{ entries = ["course.parent"], hours = 1 }])"), 12, 10,
            "credential[1].number", "\"TF-{month}-{serial}\"", "one {serial}"},
        Faulty{"a_need_without_amount", credential_with("{serial:06}", R"([{ entries = ["course.parent"] }])"), 13, 10,
            "credential[1].needs[1]", "", "Give one amount: one of: hours, credit_hours, points"},
        Faulty{"a_need_with_two_amounts",
            credential_with("{serial:06}", R"([{ entries = ["course.parent"], at_least = { hours = 1 }, hours = 1 }])"), 13, 75,
            "credential[1].needs[1].hours", "1", "its place is inside at_least"},
        Faulty{"a_need_with_its_own_period_in_a_rolling_window",
            credential_with("{serial:06}", R"([{ entries = ["course.parent"], hours = 1, per = "term" }])")
                + "within = { months = 3, from = \"training.enrolled\" }\n",
            13, 58, "credential[1].needs[1].per", "\"term\"", "the whole credential has within"},
        Faulty{"a_cap_by_window",
            head
                + "[[window]]\nkey = \"w\"\ntitle = \"摸排\"\neach = [{ key = \"a\", title = \"春\", from = \"03-01\", to = "
                  "\"03-31\" }]\n"
                  "[[points]]\nentries = \"course.parent\"\nto = \"carer\"\naward = { per_hour = 5 }\ncap = { per = \"w\", points "
                  "= 6 }\n",
            16, 15, "points[1].cap.per", "\"w\"", "a period of the calendar"},
        Faulty{"no_needs", credential_with("{serial:06}", "[]"), 13, 9, "credential[1].needs", "[]", "at least one condition"},
        Faulty{"candidates_without_a_limit",
            head
                + "[[award]]\nkey = \"a\"\ntitle = \"优秀\"\ncandidates = { subject = \"carer\", by = \"entries\", entries = "
                  "\"volunteer.*\" }\n",
            11, 14, "award[1].candidates.top", "", "either top = 0.05 (a share) or first = 10"},
        Faulty{"candidates_by_something_unknown",
            head + "[[award]]\nkey = \"a\"\ntitle = \"优秀\"\ncandidates = { subject = \"carer\", by = \"point\", first = 3 }\n",
            11, 40, "award[1].candidates.by", "\"point\"", "Did you mean \"points\"?"}));

TEST(Parse, all_faults_come_at_once_in_the_order_of_lines)
{
    auto const text = requirement_with("entries = \"visit.hom\"\nat_least = { entries = 0 }\nper = \"trem\"\ntarget = 2\n")
        + "[[milestone]]\nkey = \"m\"\ntitle = \"阶段\"\nfrom = 2025-13-01\nto = 2025-02-30\n";

    auto const faults = parse(text, "small.toml").faults;

    std::vector<int> lines;
    for (auto const& fault : faults)
        lines.push_back(fault.line);
    EXPECT_EQ(lines, (std::vector{12, 13, 14, 15, 19, 20}));
}

TEST(Parse, no_bad_input_throws)
{
    auto const whole = requirement_with(visit + "target = [{ by = 2025-12-31, share = 0.5 }]\n")
        + "[[award]]\nkey = \"a\"\ntitle = \"优秀\"\ncandidates = { subject = \"carer\" }\n";

    for (std::size_t i = 0; i < whole.size(); ++i)
        for (char const c : {'\0', '"', '[', '}', '9', '\xe4', '\n'}) {
            auto text = whole;
            text[i] = c;
            EXPECT_NO_THROW(parse(text, "f"));
            EXPECT_NO_THROW(parse(whole.substr(0, i), "f"));
        }
}

TEST(Parse, an_obligation_without_a_ring_stands_in_that_of_its_subject)
{
    auto const ring_of = [](std::string const& subject, std::string const& entries, std::string const& more = "") {
        return parsed(head + "[[requirement]]\nkey = \"a\"\ntitle = \"题\"\nsubject = " + subject + "\nentries = \"" + entries
            + "\"\nat_least = { entries = 1 }\nper = \"term\"\n" + more)
            .requirements.at(0)
            .ring;
    };

    EXPECT_EQ(ring_of("\"student\"", "visit.home"), Ring::school);
    EXPECT_EQ(ring_of("\"family\"", "course.parent"), Ring::family);
    EXPECT_EQ(ring_of("\"community\"", "held.lecture"), Ring::community);
    EXPECT_EQ(ring_of("\"student\"", "visit.home", "ring = \"family\"\n"), Ring::family);
}

TEST(Parse, the_short_form_is_one_part)
{
    auto const plan = parsed(requirement_with(
        "entries = [\"visit.home\", \"visit.online\"]\nat_least = { entries = 1, kindergarten = 2 }\nper = \"term\"\n"));

    auto const& requirement = plan.requirements.at(0);
    ASSERT_EQ(requirement.all.size(), 1U);
    EXPECT_EQ(requirement.all[0].entries, (std::vector<std::string>{"visit.home", "visit.online"}));
    EXPECT_EQ(requirement.all[0].at_least, 1);
    EXPECT_EQ(requirement.all[0].by_stage.at(0).stage, Stage::kindergarten);
    EXPECT_EQ(requirement.all[0].by_stage.at(0).at_least, 2);
    EXPECT_EQ(requirement.per, Per::term);
    EXPECT_EQ(requirement.purpose, Purpose::obligation);
    EXPECT_EQ(requirement.targets.at(0).share, 1.0);
    EXPECT_EQ(requirement.title.en, "家访"); // falls back
}

TEST(Parse, hours_are_of_the_clock_and_credit_hours_of_the_plan)
{
    auto const plan = parsed(requirement_with("per = \"term\"\nall = [\n"
                                              "{ entries = \"course.required\", at_least = { hours = 1.5 } },\n"
                                              "{ entries = \"course.elective\", at_least = { credit_hours = 2 } }]\n"));

    auto const& parts = plan.requirements.at(0).all;
    EXPECT_EQ(parts.at(0).measure, Measure::minutes);
    EXPECT_EQ(parts.at(0).at_least, 90);
    EXPECT_EQ(parts.at(1).at_least, 90);
}

TEST(Parse, both_ways_to_write_a_rolling_window_mean_the_same)
{
    std::string const rule = "entries = \"training.completed\"\nat_least = { entries = 1 }\n";
    auto const table = parsed(requirement_with(rule + "within = { months = 3, from = \"training.enrolled\" }\n"));
    auto const text = parsed(requirement_with(rule + "within = \"3 months of start\"\nstart = \"training.enrolled\"\n"));

    for (auto const* plan : {&table, &text}) {
        ASSERT_TRUE(plan->requirements.at(0).rolling);
        EXPECT_EQ(plan->requirements[0].rolling->months, 3);
        EXPECT_EQ(plan->requirements[0].rolling->start, "training.enrolled");
    }
}

TEST(Parse, points_become_hundredths_and_each_kind_of_subject_gets_a_rule)
{
    auto const plan = parsed(head
        + "[[points]]\nkey = \"learning\"\nentries = [\"course.parent\"]\nto = [\"carer\", \"family\"]\naward = { per_credit_hour "
          "= 0.5 }\n"
          "cap = { per = \"term\", points = 60 }\n");

    ASSERT_EQ(plan.points.size(), 2U);
    EXPECT_EQ(plan.points[0].key, "learning/carer");
    EXPECT_EQ(plan.points[1].key, "learning/family");
    EXPECT_EQ(plan.points[1].to, Subject::family);
    EXPECT_EQ(plan.points[0].per_hour, 50);
    EXPECT_TRUE(plan.points[0].by_credit_hour);
    EXPECT_EQ(plan.points[0].cap, 6000);
    EXPECT_EQ(plan.points[0].cap_per, Per::term);
    EXPECT_EQ(plan.points[0].title.zh, "家长课程学习"); // from the catalogue
}

TEST(Parse, needs_of_a_credential_and_candidates_of_an_award_become_requirements)
{
    auto const plan = parsed(
        with_points("{ per = \"term\", points = 60 }", "subject = \"carer\"\nat_least = { points = 9 }\nper = \"school-year\"\n")
        + "[[credential]]\nkey = \"hours\"\ntitle = \"证明\"\nto = \"carer\"\nnumber = \"TF-{year}-{serial:06}\"\n"
          "needs = [{ points = 100, per = \"school-year\" }, { entries = \"course.parent\", hours = 2 }]\n"
          "[[award]]\nkey = \"excellent\"\ntitle = \"优秀家长\"\n"
          "candidates = { subject = \"carer\", by = \"points\", per = \"school-year\", top = 0.05, within = \"school\" }\n");

    EXPECT_EQ(plan.credentials.at(0).needs, (std::vector<std::string>{"hours/1", "hours/2"}));
    auto const* need = find_requirement(plan, "hours/1");
    ASSERT_NE(need, nullptr);
    EXPECT_EQ(need->purpose, Purpose::credential);
    EXPECT_EQ(need->all.at(0).measure, Measure::points);
    EXPECT_EQ(need->all[0].at_least, 10000);
    EXPECT_EQ(need->per, Per::school_year);
    EXPECT_EQ(find_requirement(plan, "hours/2")->all.at(0).at_least, 120);
    auto const* candidates = find_requirement(plan, "excellent/candidates");
    ASSERT_NE(candidates, nullptr);
    EXPECT_EQ(candidates->purpose, Purpose::award);
    EXPECT_EQ(candidates->all.at(0).at_least, 1);
    EXPECT_TRUE(candidates->targets.empty());
    EXPECT_EQ(plan.awards.at(0).by, "excellent/candidates");
    EXPECT_EQ(plan.awards[0].top, 0.05);
    EXPECT_EQ(plan.awards[0].within, "school");
    EXPECT_EQ(plan.credentials[0].issuer, "教体局");
}

TEST(Parse, a_named_window_is_a_period)
{
    auto const plan = parsed(head
        + "[[window]]\nkey = \"survey\"\ntitle = \"摸排\"\neach = [{ key = \"spring\", title = \"三月摸排\", from = \"03-01\", to "
          "= \"03-31\" }]\n"
          "[[requirement]]\nkey = \"survey-twice\"\ntitle = \"摸排\"\nsubject = \"school\"\nentries = \"care.surveyed\"\nat_least "
          "= { entries = 1 }\nper = \"survey\"\n");

    EXPECT_EQ(plan.requirements.at(0).per, Per::window);
    EXPECT_EQ(plan.requirements[0].window, "survey");
}

} // namespace
} // namespace concentric::plan
