#include "modules/accounts/access.hpp"

#include "modules/accounts/small_county_for_test.hpp"

namespace concentric::accounts {
namespace {

struct Access : SmallCounty {
    Access()
    {
        add_account(official, "hejing");
        add_account(red_leader, "wangjg");
    }
    std::vector<std::string> reasons(PersonId person, std::string const& by = "hejing")
    {
        auto made = call_with(log_in_as(by));
        std::vector<std::string> found;
        for (auto const& reason : show_access(made, {person}).items)
            found.push_back(reason.person.name + ": " + reason.reason);
        return found;
    }
};

using Reasons = std::vector<std::string>;

TEST_F(Access, to_a_pupil_is_by_posts_above_the_class_and_by_care)
{
    EXPECT_EQ(reasons(son),
        (Reasons{"何静: 县级管理员 · 安宁县", "王建国: 校（园）长 · 红星小学", "李梅: 班主任 · 三（1）班", "陈兰: 母亲 · 监护人"}));
    EXPECT_EQ(reasons(son, "wangjg"), reasons(son));
}

TEST_F(Access, is_not_by_a_post_that_ended_or_opens_no_files)
{
    db.execute("UPDATE posts SET to_day = $1 WHERE id = 23", plus_days(day_at(clock.now()), -1));
    add_post(31, teacher, red_class, "teacher");

    EXPECT_EQ(reasons(son), (Reasons{"何静: 县级管理员 · 安宁县", "王建国: 校（园）长 · 红星小学", "陈兰: 母亲 · 监护人"}));
}

TEST_F(Access, tells_what_each_may_and_whether_they_can_log_in)
{
    auto made = call_with(log_in_as("hejing"));

    auto const items = show_access(made, {son}).items;

    EXPECT_EQ(items[2].person.id, teacher);
    EXPECT_EQ(items[2].may,
        (std::vector{Permission::read_people, Permission::read_numbers, Permission::manage_people, Permission::read_ledger}));
    EXPECT_FALSE(items[2].can_log_in);
    EXPECT_TRUE(items[1].can_log_in);
    EXPECT_EQ(made.audit_subject, "person:16");
}

TEST_F(Access, to_a_teacher_is_by_posts_above_their_own)
{
    EXPECT_EQ(
        reasons(teacher), (Reasons{"何静: 县级管理员 · 安宁县", "王建国: 校（园）长 · 红星小学", "李梅: 班主任 · 三（1）班"}));
}

TEST_F(Access, is_told_only_to_those_who_reach_the_person)
{
    add_account(blue_leader, "zhaohong");

    EXPECT_EQ(error_of([&] { reasons(son, "zhaohong"); }).kind, ErrorKind::not_found);
}

TEST_F(Access, has_the_reasons_of_other_modules_too)
{
    events.subscribe<AccessAsked>([](Call&, AccessAsked const& asked) {
        if (asked.person == son)
            asked.reasons.push_back({{blue_leader, {}}, "approval", "批准查阅", {Permission::read_people}, Day{20260301},
                Day{20260331}, false, {}, {}});
    });

    EXPECT_EQ(reasons(son).back(), "赵红: 批准查阅");
}

} // namespace
} // namespace concentric::accounts
