#include "modules/families/family_county_for_test.hpp"
#include "modules/inbox/inbox.hpp"

namespace concentric::families {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// 李老师 is the class teacher, 周校长 the head of the school.
struct JoinLetters : FamilyCounty {
    JoinLetters() : first_teacher(directory::add_person(call, "李老师", "")), principal(directory::add_person(call, "周校长", ""))
    {
        directory::add_post(call, first_teacher, first, "class_teacher", "", {20250901}, latest_day);
        directory::add_post(call, principal, school, "school_leader", "", {20250901}, latest_day);
    }

    std::vector<std::string> unread(PersonId person)
    {
        auto own = by(person);
        std::vector<std::string> titles;
        for (auto const& item : inbox::list_inbox(own, {.unread = true}).items)
            titles.push_back(item.title);
        return titles;
    }
    void read_everything(PersonId person)
    {
        auto own = by(person);
        inbox::read_all(own, {});
    }
    JoinOutcome ask(std::string const& name, std::string const& phone)
    {
        return join_with(joining(code, name, phone, Relation::relative));
    }
    void decide_all(Decision decision)
    {
        auto with = by(teacher);
        DecideJoinRequests input;
        input.decision = decision;
        input.words = Text<1, 300>("请先与我联系");
        for (auto const& request : waiting())
            input.requests.push_back(request.id);
        decide_join_requests(with, input);
    }

    PersonId first_teacher, principal;
    std::string code = class_code();
};

TEST_F(JoinLetters, the_class_teacher_hears_of_three_families_by_one_letter)
{
    ask("陈一", "13900000021");
    ask("陈二", "13900000022");
    ask("陈三", "13900000023");

    EXPECT_THAT(unread(first_teacher), ElementsAre("2023级1班：3 人申请加入，等您审核"));
    EXPECT_THAT(unread(principal), IsEmpty());
}

TEST_F(JoinLetters, whoever_read_the_letter_is_told_again_when_one_more_asks)
{
    ask("陈一", "13900000021");
    read_everything(first_teacher);

    ask("陈二", "13900000022");

    EXPECT_THAT(unread(first_teacher), ElementsAre("2023级1班：2 人申请加入，等您审核"));
}

TEST_F(JoinLetters, the_letter_counts_down_and_is_read_once_nobody_waits)
{
    ask("陈一", "13900000021");
    auto const second_one = ask("陈二", "13900000022");

    auto them = stranger();
    them.viewer = *accounts::viewer_of(them, *second_one.token);
    withdraw_join_request(them, {own_join_requests(them, {}).items.front().id});
    EXPECT_THAT(unread(first_teacher), ElementsAre("2023级1班：1 人申请加入，等您审核"));

    decide_all(Decision::refuse);
    EXPECT_THAT(unread(first_teacher), IsEmpty());
}

TEST_F(JoinLetters, a_question_leaves_the_waiting_and_its_answer_is_told)
{
    auto const outcome = ask("陈一", "13900000021");
    decide_all(Decision::ask);
    EXPECT_THAT(unread(first_teacher), IsEmpty());

    auto asked = stranger();
    asked.viewer = *accounts::viewer_of(asked, *outcome.token);
    answer_join_request(asked, {own_join_requests(asked, {}).items.front().id, Text<1, 300>("我是姑姑")});

    EXPECT_THAT(unread(first_teacher), ElementsAre("2023级1班：1 人申请加入，等您审核"));
}

TEST_F(JoinLetters, a_class_without_a_teacher_is_told_to_the_head_of_the_school)
{
    call.db.execute("DELETE FROM posts WHERE county = $1 AND person = $2", call.county, first_teacher);

    ask("陈一", "13900000021");

    EXPECT_THAT(unread(principal), ElementsAre("2023级1班：1 人申请加入，等您审核"));
}

} // namespace
} // namespace concentric::families
