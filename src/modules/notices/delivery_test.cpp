#include "modules/notices/notices_for_test.hpp"
#include "modules/notices/rules.hpp"

namespace concentric::notices {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// More classes than are served at once, so several are at work where the database lets them.
TEST_F(Notices, whoever_has_children_in_every_class_gets_it_once)
{
    for (int i = 0; i < 170; ++i)
        sibling("李小" + std::to_string(i), add(grade, "class", "2023级" + std::to_string(i + 3) + "班", {}, {}, i + 3));

    auto const sent = send_as(head, notice("春游"));

    EXPECT_EQ(sent.figures.subjects, 174);
    EXPECT_EQ(sent.households, 2);
    EXPECT_THAT(inbox_of(mother), ElementsAre("春游"));
    EXPECT_EQ(
        db.value<std::int64_t>("SELECT count(*) AS value FROM notice_people WHERE county = $1 AND person = $2", county, mother),
        173);
}

TEST_F(Notices, what_is_sent_at_night_arrives_in_the_morning_unless_it_is_urgent)
{
    clock.set(Day{20260305}, 22);
    auto const sent = send_as(head, notice("春游"));
    EXPECT_EQ(sent.state, NoticeState::scheduled);
    EXPECT_THAT(inbox_of(mother), IsEmpty());

    clock.set(Day{20260306}, 7);
    jobs.run_all();

    EXPECT_THAT(inbox_of(mother), ElementsAre("春游"));
}

TEST_F(Notices, an_urgent_one_needs_a_second_person_and_passes_at_night)
{
    clock.set(Day{20260305}, 23);
    auto input = notice("停课");
    input.is_urgent = true;
    auto const sent = send_as(head, input);
    EXPECT_EQ(sent.state, NoticeState::waiting);
    auto self = by(head);
    EXPECT_EQ(error_of([&] { decide_notice(self, {sent.id}); }).kind, ErrorKind::conflict);

    auto with = by(official);
    decide_notice(with, {sent.id});
    jobs.run_all();

    EXPECT_THAT(inbox_of(mother), ElementsAre("停课"));
}

TEST_F(Notices, beyond_the_weeks_budget_it_waits_for_an_approver_who_cites_the_list)
{
    auto input = notice("调查");
    input.minutes = Minutes{20};
    send_as(teacher, input);

    auto const sent = send_as(head, input);

    EXPECT_EQ(sent.state, NoticeState::waiting);
    EXPECT_EQ(sent.over_minutes, 10); // 20 + 20 of 30
    auto with = by(official);
    EXPECT_EQ(error_of([&] { decide_notice(with, {sent.id}); }).kind, ErrorKind::invalid);
    DecideNotice decision{sent.id};
    decision.item = Text<0, 120>("突发公共事件与安全应急");
    decide_notice(with, decision);
    jobs.run_all();
    EXPECT_EQ(shown(head, sent.id).state, NoticeState::sent);
}

TEST_F(Notices, next_week_is_another_budget)
{
    auto input = notice("调查");
    input.minutes = Minutes{20};
    send_as(head, input);
    clock.set(Day{20260309}, 8);

    EXPECT_EQ(send_as(head, input).state, NoticeState::sent);
}

TEST_F(Notices, whoever_comes_into_the_class_later_gets_what_is_still_open_there)
{
    auto open = notice("春游");
    open.due_at = Instant{start_of({20260320}).milliseconds + 18 * 3'600'000LL};
    send_as(head, open);
    send_as(head, notice("已读即可", NoticeAsk::nothing));

    auto const fresh = pupil("钱多", first, {carer("钱妈妈", families::Relation::mother, "13900000010")});
    jobs.run_all();

    EXPECT_THAT(inbox_of(fresh.student->carers[0].person), ElementsAre("春游"));
}

} // namespace
} // namespace concentric::notices
