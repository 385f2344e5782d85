#include "modules/accounts/action_names.hpp"
#include "modules/accounts/small_county_for_test.hpp"

namespace concentric::accounts {

struct AuditLog : SmallCounty {
    AuditLog()
    {
        add_account(official, "hejing");
        add_account(red_leader, "wangjg");
        add_account(blue_leader, "zhaohong");
        // Four lines: the official and both schools look at files, the mother logs in.
        write(official, {21}, "person_show", "person:16");
        write(red_leader, {22}, "person_show", "person:13");
        write(blue_leader, {24}, "organisation_change", "organisation:4");
        write(mother, {}, "session_create", "person:15");
    }
    void write(PersonId person, PostId post, std::string_view action, std::string const& subject)
    {
        Viewer viewer;
        viewer.person = person;
        viewer.acting_as = post;
        auto made = call_by(viewer);
        made.audit_subject = subject;
        record_audit(made, action);
        clock.advance(std::chrono::hours(24));
    }
    // Who did what, newest first.
    std::vector<std::string> lines(std::string const& name, FindAudit const& input = {})
    {
        auto made = call_with(log_in_as(name));
        std::vector<std::string> found;
        for (auto const& line : list_audit(made, input).items)
            found.push_back(line.person.name + " " + line.action_name + " " + line.subject_name.value_or(line.subject));
        return found;
    }
};

using Lines = std::vector<std::string>;

TEST_F(AuditLog, the_county_sees_every_line_newest_first)
{
    EXPECT_EQ(
        lines("hejing"), (Lines{"陈兰 登录 陈兰", "赵红 修改机构 蓝天小学", "王建国 查看个人档案 李梅", "何静 查看个人档案 周明"}));
}

TEST_F(AuditLog, a_school_sees_what_was_done_in_its_posts_and_by_its_carers)
{
    EXPECT_EQ(lines("wangjg"), (Lines{"陈兰 登录 陈兰", "王建国 查看个人档案 李梅"}));
    EXPECT_EQ(lines("zhaohong"), (Lines{"赵红 修改机构 蓝天小学"}));
}

TEST_F(AuditLog, a_school_sees_who_from_above_looked_at_its_pupil)
{
    FindAudit about_the_son;
    about_the_son.subject = "person:16";

    EXPECT_EQ(lines("wangjg", about_the_son), (Lines{"何静 查看个人档案 周明"}));
    EXPECT_EQ(lines("zhaohong", about_the_son), Lines{});
}

TEST_F(AuditLog, what_somebody_does_in_another_schools_post_stays_there)
{
    add_post(31, blue_leader, red_school, "teacher");

    EXPECT_EQ(lines("wangjg"), (Lines{"陈兰 登录 陈兰", "王建国 查看个人档案 李梅"}));
}

TEST_F(AuditLog, lines_stay_visible_after_a_term_has_ended)
{
    write(teacher, {23}, "entry_append", "entry:9");
    db.execute("UPDATE posts SET to_day = 20260305 WHERE id = 23");

    EXPECT_EQ(lines("wangjg").front(), "李梅 登记台账记录 entry:9");
}

TEST_F(AuditLog, lines_are_found_by_person_action_and_days)
{
    FindAudit by_person, by_action, by_days;
    by_person.person = red_leader;
    by_action.action = "person_show";
    by_days.from = Day{20260306};
    by_days.to = Day{20260307};

    EXPECT_EQ(lines("hejing", by_person), (Lines{"王建国 查看个人档案 李梅"}));
    EXPECT_EQ(lines("hejing", by_action), (Lines{"王建国 查看个人档案 李梅", "何静 查看个人档案 周明"}));
    EXPECT_EQ(lines("hejing", by_days), (Lines{"赵红 修改机构 蓝天小学", "王建国 查看个人档案 李梅"}));
}

TEST_F(AuditLog, comes_in_pages)
{
    auto made = call_with(log_in_as("hejing"));
    FindAudit input;
    input.limit = Limit{3};

    auto const first = list_audit(made, input);
    input.after = AuditId{std::stoll(first.next.value())};
    auto const second = list_audit(made, input);

    EXPECT_EQ(first.items.size(), 3u);
    ASSERT_EQ(second.items.size(), 1u);
    EXPECT_FALSE(second.next);
    EXPECT_EQ(second.items[0].person.name, "何静");
    EXPECT_EQ(second.items[0].acting_as->title, "县级管理员 · 安宁县");
}

TEST_F(AuditLog, the_programs_own_lines_are_the_countys_alone)
{
    write({}, {}, "plan_load", "plan:7");

    EXPECT_EQ(lines("hejing").front(), "系统 载入方案 plan:7");
    EXPECT_EQ(lines("wangjg").front(), "陈兰 登录 陈兰");
}

TEST(ActionNames, are_a_verb_and_a_noun_in_both_languages)
{
    EXPECT_EQ(action_name("organisation_change").zh, "修改机构");
    EXPECT_EQ(action_name("organisation_change").en, "Change organisation");
    EXPECT_EQ(action_name("carer_remove").zh, "移除照护者");
    EXPECT_EQ(action_name("session_create").en, "Log in");
}

TEST(ActionNames, an_unknown_action_keeps_its_own_name)
{
    EXPECT_EQ(action_name("moon_landing").zh, "moon_landing");
    EXPECT_EQ(action_name("plan_paint").en, "plan_paint");
    EXPECT_EQ(action_name("").zh, "");
}

} // namespace concentric::accounts
