#include "modules/directory/handover.hpp"

#include "modules/directory/county_for_test.hpp"
#include "modules/directory/post_list.hpp"

#include <set>

namespace concentric::directory {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct ClassTeachers : County {
    ClassTeachers()
    {
        wang = hire("王芳", first, "class_teacher");
        zhou = hire("周涛", school, "teacher");
    }
    PersonId hire(std::string name, OrganisationId unit, std::string role)
    {
        CreateStaff input;
        input.name = Text<1, 60>(name);
        input.organisation = unit;
        input.role = Text<1, 60>(role);
        return create_staff(call, input).id;
    }
    Handover give(PersonId to, Day from, std::vector<Text<1, 60>> roles = {}) { return hand_over(call, {first, to, from, roles}); }
    std::vector<std::string> class_teachers(Day on)
    {
        return db.values<std::string>(
            "SELECT h.name AS value FROM posts p JOIN people h ON h.county = p.county AND h.id = p.person WHERE p.county = $1 "
            "AND p.organisation = $2 AND p.role = 'class_teacher' AND p.from_day <= $3 AND p.to_day >= $3 ORDER BY h.id",
            county, first, on);
    }

    PersonId wang, zhou;
    static constexpr Day before{20260831}, then{20260901}, later{20270901};
};

TEST_F(ClassTeachers, hand_over_from_a_day_and_both_stay_in_the_history)
{
    auto const handed = give(zhou, then);

    ASSERT_EQ(handed.items.size(), 1u);
    EXPECT_EQ(handed.items[0].from->name, "王芳");
    EXPECT_EQ(handed.items[0].to.name, "周涛");
    EXPECT_EQ(handed.items[0].post.from, then);
    EXPECT_THAT(class_teachers(before), ElementsAre("王芳"));
    EXPECT_THAT(class_teachers(then), ElementsAre("周涛"));
    EXPECT_THAT(class_teachers(later), ElementsAre("周涛"));
}

TEST_F(ClassTeachers, hand_back_from_the_same_day_and_all_is_as_it_was)
{
    give(zhou, then);

    give(wang, then);

    EXPECT_THAT(class_teachers(before), ElementsAre("王芳"));
    EXPECT_THAT(class_teachers(then), ElementsAre("王芳"));
    EXPECT_THAT(class_teachers(later), ElementsAre("王芳"));
    EXPECT_EQ(db.value<std::int64_t>("SELECT COUNT(*) AS value FROM posts WHERE county = $1 AND person = $2", county, wang), 1)
        << "the old post goes on";
}

TEST_F(ClassTeachers, hand_back_a_year_later_as_a_new_term)
{
    give(zhou, then);

    give(wang, later);

    EXPECT_THAT(class_teachers({20270831}), ElementsAre("周涛"));
    EXPECT_THAT(class_teachers(later), ElementsAre("王芳"));
}

TEST_F(ClassTeachers, of_a_class_without_one_are_simply_given)
{
    auto const handed = hand_over(call, {second, zhou, then, {}});

    ASSERT_EQ(handed.items.size(), 1u);
    EXPECT_FALSE(handed.items[0].from);
    EXPECT_EQ(handed.items[0].to.name, "周涛");
}

TEST_F(ClassTeachers, are_not_given_twice_nor_to_what_is_no_class)
{
    EXPECT_EQ(error_of([&] { give(wang, then); }).kind, ErrorKind::conflict);
    EXPECT_EQ(error_of([&] { give(zhou, then, {Text<1, 60>("school_leader")}); }).kind, ErrorKind::invalid);
    EXPECT_EQ(error_of([&] { hand_over(call, {school, zhou, then, {}}); }).kind, ErrorKind::not_found);
}

TEST_F(ClassTeachers, belong_to_the_class_from_that_day_on)
{
    heard().clear();

    give(zhou, then);

    auto const told = heard_of(SubjectKind::staff);
    ASSERT_EQ(told.size(), 1u);
    std::set<std::int64_t> subjects;
    for (auto const& membership : told[0].after)
        subjects.insert(membership.subject);
    EXPECT_EQ(subjects, (std::set{wang.value, zhou.value}));
}

TEST_F(ClassTeachers, whose_term_ends_soon_are_found)
{
    auto const post = posts_of(call, wang, {20260305}).at(0);
    ChangePost change;
    change.id = post.id;
    change.to = Day{20260331};
    change_post(call, change);
    auto const names_within = [&](std::int64_t days) {
        std::vector<std::string> names;
        for (auto const& line : list_posts(call, {{}, {}, {}, Within<0, 3660>{days}, {}, {}}).items)
            names.push_back(line.person.name);
        return names;
    };

    EXPECT_THAT(names_within(25), IsEmpty()) << "30 March";
    EXPECT_THAT(names_within(26), ElementsAre("王芳"));
}

TEST_F(ClassTeachers, are_listed_in_pages_those_who_end_first_before_the_others)
{
    auto const first_page = list_posts(call, {{}, {}, {}, {}, {}, Limit{1}});
    ASSERT_TRUE(first_page.next);
    auto const second_page = list_posts(call, {{}, {}, {}, {}, Text<1, 60>(*first_page.next), Limit{1}});

    EXPECT_EQ(first_page.items[0].person.name, "王芳");
    EXPECT_EQ(second_page.items[0].person.name, "周涛");
    EXPECT_FALSE(second_page.next);
    EXPECT_EQ(list_posts(call, {first, {}, {}, {}, {}, {}}).items.size(), 1u);
    EXPECT_EQ(list_posts(call, {{}, Text<1, 60>("teacher"), {}, {}, {}, {}}).items.at(0).person.name, "周涛");
    EXPECT_EQ(list_posts(call, {{}, {}, Text<1, 60>("zhou"), {}, {}, {}}).items.at(0).person.name, "周涛");
}

} // namespace
} // namespace concentric::directory
