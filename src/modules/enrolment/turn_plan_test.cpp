#include "modules/enrolment/turn_plan.hpp"

#include "modules/directory/next_year.hpp"
#include "modules/enrolment/dealing.hpp"
#include "modules/enrolment/turn_names.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace concentric::enrolment {
namespace {

using directory::Sex;
using testing::ElementsAre;

// 河滨小学 with a grade and a class for each given entry year, in the manner of 2023级1班 unless names are given.
struct TurnPlan : testing::Test {
    TurnPlan()
    {
        rolls.schools.push_back({{1}, "/9/1/", "school", "河滨小学", "primary"});
        settings.on = Day{20260901};
        settings.school_year = 2026;
        settings.schools = {{1}};
    }

    OrganisationId grade(std::int64_t id, std::string name, int year)
    {
        rolls.units.push_back({{id}, {1}, "/9/1/" + std::to_string(id) + "/", "grade", std::move(name), "primary", year, 0});
        return {id};
    }

    void room(std::int64_t id, OrganisationId grade, std::string name, int year, int number, int girls = 0, int boys = 0)
    {
        rolls.units.push_back({{id}, grade, "/9/1/" + std::to_string(grade.value) + "/" + std::to_string(id) + "/", "class",
            std::move(name), "primary", year, number});
        for (int i = 0; i < girls + boys; ++i)
            rolls.pupils.push_back({{id * 100 + i}, {id}, i < girls ? Sex::female : Sex::male, Day{20240901}});
    }

    SchoolPlan plan() const { return plan_turn(rolls, settings).front(); }

    directory::Rolls rolls;
    TurnSettings settings;
};

TEST_F(TurnPlan, a_class_named_by_its_entry_year_goes_on_without_any_step)
{
    room(20, grade(10, "2023级", 2023), "2023级1班", 2023, 1, 3, 3);

    auto const result = plan();

    EXPECT_EQ(result.counts.up, 6);
    EXPECT_TRUE(result.steps.empty());
    EXPECT_TRUE(result.closed.empty());
}

TEST_F(TurnPlan, a_class_named_by_its_year_at_school_closes_and_a_successor_opens_under_a_new_grade)
{
    room(20, grade(10, "三年级", 2023), "三年级（2）班", 2023, 2, 1, 1);

    auto const result = plan();

    EXPECT_THAT(result.closed, ElementsAre(OrganisationId{20}, OrganisationId{10}));
    ASSERT_EQ(result.opened.size(), 2U);
    EXPECT_EQ(result.opened[0].unit.name, "四年级");
    EXPECT_EQ(result.opened[1].unit.name, "四年级（2）班");
    EXPECT_EQ(result.opened[1].unit.parent, result.opened[0].unit.id);
    EXPECT_EQ(result.counts.up, 2);
    EXPECT_EQ(result.counts.classes_new, 0);
}

TEST_F(TurnPlan, a_class_whose_grade_alone_speaks_of_a_year_goes_on_below_the_next_grade)
{
    room(20, grade(10, "三年级", 2023), "1班", 2023, 1, 1, 1);

    auto const result = plan();

    ASSERT_EQ(result.opened.size(), 2U);
    EXPECT_EQ(result.opened[0].unit.name, "四年级");
    EXPECT_EQ(result.opened[1].unit.name, "1班");
    EXPECT_TRUE(result.faults.empty());
}

TEST_F(TurnPlan, the_last_year_graduates_and_as_many_new_classes_open)
{
    auto const last = grade(10, "2020级", 2020);
    room(20, last, "2020级1班", 2020, 1, 2, 2);
    room(21, last, "2020级2班", 2020, 2, 2, 2);

    auto const result = plan();

    EXPECT_EQ(result.counts.graduated, 8);
    EXPECT_EQ(result.counts.classes_new, 2);
    EXPECT_EQ(result.opened[0].unit.name, "2026级");
    EXPECT_EQ(result.opened[1].unit.name, "2026级1班");
    EXPECT_EQ(result.opened[2].unit.name, "2026级2班");
}

TEST_F(TurnPlan, five_years_of_primary_school_end_a_year_earlier)
{
    settings.schooling = Schooling::five_four;
    room(20, grade(10, "2021级", 2021), "2021级1班", 2021, 1, 1, 1);

    EXPECT_EQ(plan().counts.graduated, 2);
}

TEST_F(TurnPlan, regrouping_spreads_girls_and_boys_evenly)
{
    auto const year = grade(10, "2023级", 2023);
    room(20, year, "2023级1班", 2023, 1, 5, 1);
    room(21, year, "2023级2班", 2023, 2, 1, 5);
    settings.classes = {{{20}, ClassAction::regroup, {}}, {{21}, ClassAction::regroup, {}}};

    auto const result = plan();

    ASSERT_EQ(result.opened.size(), 2U);
    for (auto const& opened : result.opened) {
        EXPECT_EQ(opened.girls, 3) << opened.unit.name;
        EXPECT_EQ(opened.boys, 3) << opened.unit.name;
        EXPECT_EQ(opened.unit.parent, year);
    }
}

TEST_F(TurnPlan, a_list_goes_before_the_even_split_and_a_class_that_is_not_opened_is_a_fault)
{
    auto const year = grade(10, "2023级", 2023);
    room(20, year, "2023级1班", 2023, 1, 4, 0);
    settings.classes = {{{20}, ClassAction::regroup, {}}};
    settings.sizes = {{{1}, "primary", 2023, 2}};
    settings.list = {{{2000}, 2}, {{2001}, 2}, {{2002}, 7}};

    auto const result = plan();

    ASSERT_EQ(result.faults.size(), 1U);
    EXPECT_EQ(result.faults[0].code, "no_such_number");
    EXPECT_EQ(result.faults[0].student, PersonId{2002});
    EXPECT_EQ(result.opened[1].girls, 2);
    EXPECT_EQ(result.opened[0].girls, 1);
}

TEST_F(TurnPlan, a_class_without_entry_year_is_a_fault)
{
    room(20, grade(10, "启智", 0), "启智班", 0, 0, 1, 1);

    auto const result = plan();

    ASSERT_EQ(result.faults.size(), 1U);
    EXPECT_EQ(result.faults[0].code, "class_unclear");
    EXPECT_EQ(result.faults[0].class_, OrganisationId{20});
}

TEST_F(TurnPlan, a_pupil_who_came_after_the_day_into_a_class_that_closes_is_a_fault)
{
    room(20, grade(10, "2020级", 2020), "2020级1班", 2020, 1, 1, 0);
    rolls.pupils[0].since = Day{20260903};

    EXPECT_EQ(plan().faults.at(0).code, "came_later");
}

TEST_F(TurnPlan, schools_whose_pupils_go_to_others_come_after_them)
{
    rolls.schools.push_back({{2}, "/9/2/", "school", "城关中学", "junior"});
    room(20, grade(10, "2020级", 2020), "2020级1班", 2020, 1, 2, 1);
    settings.schools = {{1}, {2}};
    settings.classes = {{{20}, ClassAction::graduate, {2}}};
    settings.sizes = {{{2}, "junior", 2026, 1}};

    auto const plans = plan_turn(rolls, settings);

    EXPECT_EQ(plans[0].school.name, "城关中学");
    EXPECT_EQ(plans[0].counts.received, 3);
    EXPECT_EQ(plans[1].counts.promoted, 3);
}

TEST_F(TurnPlan, schools_that_wait_for_each_other_are_told_so)
{
    rolls.schools.push_back({{2}, "/9/2/", "school", "河东小学", "primary"});
    room(20, grade(10, "2023级", 2023), "2023级1班", 2023, 1, 1, 0);
    rolls.units.push_back({{30}, {2}, "/9/2/30/", "class", "2023级1班", "primary", 2023, 1});
    rolls.pupils.push_back({{3000}, {30}, Sex::male, Day{20230901}});
    settings.schools = {{1}, {2}};
    settings.pupils = {{{2000}, ExceptionKind::go_to, {30}}, {{3000}, ExceptionKind::go_to, {20}}};

    for (auto const& school : plan_turn(rolls, settings))
        EXPECT_EQ(school.faults.at(0).code, "circle");
}

TEST(NextYear, names_that_speak_of_a_year_move_on)
{
    EXPECT_EQ(directory::name_next_year("三年级（2）班", "primary", 3), "四年级（2）班");
    EXPECT_EQ(directory::name_next_year("小二班", "kindergarten", 1), "中二班");
    EXPECT_EQ(directory::name_next_year("初一（3）班", "junior", 1), "初二（3）班");
    EXPECT_EQ(directory::name_next_year("七年级3班", "junior", 1), "八年级3班");
    EXPECT_EQ(directory::name_next_year("五（1）班", "primary", 5), "六（1）班");
    EXPECT_EQ(directory::name_next_year("七（2）班", "junior", 1), "八（2）班");
    EXPECT_EQ(directory::name_next_year("302班", "primary", 3), "402班");
    EXPECT_EQ(directory::name_next_year("2023级2班", "primary", 3), std::nullopt);
    EXPECT_EQ(directory::name_next_year("启智班", "primary", 3), std::nullopt);
    EXPECT_EQ(directory::name_next_year("六年级（1）班", "primary", 6), std::nullopt);
}

TEST(NameLike, a_new_class_is_called_as_the_others_are)
{
    EXPECT_EQ(name_like({{"一年级（2）班", 2}}, 5), "一年级（5）班");
    EXPECT_EQ(name_like({{"小一班", 1}}, 3), "小三班");
    EXPECT_EQ(name_like({{"一年级一班", 1}}, 2), "一年级二班");
    EXPECT_EQ(name_like({{"向日葵班", 1}}, 2), std::nullopt);
}

TEST(Dealing, classes_differ_by_at_most_one_girl_and_one_boy)
{
    std::vector<Dealt> pupils(23);
    for (std::size_t i = 0; i < pupils.size(); ++i)
        pupils[i].sex = i < 10 ? Sex::female : Sex::male;

    deal(pupils, {1, 2, 3});

    std::array<std::array<int, 3>, 3> sizes{};
    for (auto const& pupil : pupils)
        ++sizes[pupil.class_][static_cast<std::size_t>(pupil.sex)];
    // Ten girls are 4, 3, 3; thirteen boys 5, 4, 4, the fifth in a class with fewer pupils.
    std::vector<int> totals;
    for (auto const& [girls, boys, unknown] : sizes) {
        EXPECT_TRUE(girls == 3 || girls == 4);
        EXPECT_TRUE(boys == 4 || boys == 5);
        totals.push_back(girls + boys);
    }
    EXPECT_THAT(totals, testing::UnorderedElementsAre(8, 8, 7));
}

} // namespace
} // namespace concentric::enrolment
