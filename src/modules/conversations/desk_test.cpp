#include "modules/conversations/speakers_for_test.hpp"

// When people are told, what the desk does, and what a report shows.
namespace concentric::conversations {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// ---- Hours. ----

TEST_F(Conversations, in_the_evening_it_is_kept_answered_once_and_told_in_the_morning)
{
    clock.set({20260305}, 20);
    auto const id = begin(mother, {zhou}, "明天要请假").id;
    send(mother, id, "他发烧了");

    EXPECT_THAT(bodies(mother, id), ElementsAre("明天要请假", "automatic", "他发烧了"));
    EXPECT_EQ(letters(zhou), 0u);
    clock.set({20260306}, 8);
    jobs.run_all();
    EXPECT_EQ(letters(zhou), 1u);

    clock.set({20260306}, 20);
    send(mother, id, "谢谢老师");
    EXPECT_THAT(bodies(mother, id), ElementsAre("明天要请假", "automatic", "他发烧了", "谢谢老师", "automatic"))
        << "another evening, another answer";
}

TEST_F(Conversations, within_hours_the_teacher_hears_at_once_and_once_until_it_is_read)
{
    auto const id = begin(mother, {zhou}).id;
    send(mother, id, "还有一件事");

    EXPECT_EQ(letters(zhou), 1u);
    EXPECT_THAT(bodies(mother, id), ElementsAre("您好", "还有一件事")) << "no automatic answer";
    read(zhou, id);
    EXPECT_EQ(view(zhou, id).unread, 0);
    EXPECT_EQ(view(mother, id).read_by_others, 2);
    send(mother, id, "第三件事");
    EXPECT_EQ(letters(zhou), 2u);
}

TEST_F(Conversations, families_are_left_in_peace_at_night)
{
    clock.set({20260305}, 22);
    begin(zhou, {mother});

    EXPECT_EQ(letters(mother), 0u);
    clock.set({20260306}, 7);
    jobs.run_all();
    EXPECT_EQ(letters(mother), 1u);
}

// ---- Confidential ones. ----

TEST_F(Conversations, a_confidential_one_tells_outside_neither_who_nor_what_and_is_in_no_figures)
{
    auto const id = begin(mother, {zhou}, "有件事想单独说", true).id;
    clock.advance(std::chrono::hours(1));
    send(zhou, id, "您请说");
    auto acting = by(head);

    auto const figures = show_figures(acting, {{20260301}, {20260305}});

    EXPECT_EQ(letter_title(mother), "您有一条新的家校沟通消息");
    EXPECT_EQ(figures.whole.begun, 0);
    EXPECT_EQ(figures.whole.answered, 0);
    EXPECT_THAT(figures.items, IsEmpty());
    EXPECT_THAT(listed(zhou, Box::confidential), ElementsAre("午睡"));
}

TEST_F(Conversations, figures_tell_how_long_families_waited)
{
    auto const id = begin(mother, {zhou}).id;
    clock.advance(std::chrono::minutes(90));
    send(zhou, id, "收到");
    begin(father, {zhou});
    auto acting = by(head);
    acting.now = Instant{clock.now().milliseconds + 2LL * 24 * 3'600'000};

    auto const figures = show_figures(acting, {{20260301}, {20260331}});

    EXPECT_EQ(figures.whole.begun, 2);
    EXPECT_EQ(figures.whole.answered, 1);
    EXPECT_EQ(figures.whole.within_a_day, 1);
    EXPECT_EQ(figures.whole.median_hours, 1.5);
    EXPECT_EQ(figures.whole.unanswered, 1);
    EXPECT_EQ(figures.whole.longest_days, 2);
    ASSERT_EQ(figures.items.size(), 1u);
    EXPECT_EQ(figures.items[0].class_name, "2023级1班");
}

// ---- Work on them. ----

TEST_F(Conversations, a_carers_words_wait_for_an_answer_until_there_is_one)
{
    auto const id = begin(mother, {zhou}).id;
    EXPECT_THAT(listed(zhou, Box::unanswered), ElementsAre("午睡"));

    send(zhou, id, "好的");
    EXPECT_THAT(listed(zhou, Box::unanswered), IsEmpty());
    auto acting = at_now(zhou);
    set_state(acting, {id, SetState::done});
    EXPECT_THAT(listed(zhou, Box::done), ElementsAre("午睡"));
    send(mother, id, "又来了");
    EXPECT_THAT(listed(zhou, Box::unanswered), ElementsAre("午睡"));
}

TEST_F(Conversations, it_is_handed_to_a_colleague_who_hears_of_it)
{
    auto const id = begin(mother, {zhou}).id;
    auto acting = at_now(zhou);

    hand_over_conversation(acting, {id, colleague});

    EXPECT_EQ(error_of([&] { view(zhou, id); }).kind, ErrorKind::not_found);
    EXPECT_EQ(letters(colleague), 1u);
    EXPECT_THAT(bodies(colleague, id), ElementsAre("您好", "joined", "left"));
    auto carers = at_now(mother);
    EXPECT_EQ(error_of([&] {
        hand_over_conversation(carers, {id, leader});
    }).kind,
        ErrorKind::not_found)
        << "is the school's to do";
}

TEST_F(Conversations, a_committee_of_the_class_is_begun_by_its_teachers_alone)
{
    auto const begin_committee = [&](PersonId writer) {
        auto writing = at_now(writer);
        BeginConversation input;
        input.client = ClientKey(fmt::format("client-{}", ++keys));
        input.unit = first;
        input.subject = Text<1, 60>("家委会");
        input.people = {mother, father};
        input.body = Text<1, 2000>("周五开会");
        return begin_conversation(writing, input);
    };

    auto const made = begin_committee(zhou);

    EXPECT_EQ(made.members.size(), 3u);
    EXPECT_THAT(bodies(father, made.id), ElementsAre("周五开会"));
    EXPECT_EQ(error_of([&] { begin_committee(mother); }).kind, ErrorKind::not_found);
}

// ---- Reports. ----

TEST_F(Conversations, a_report_keeps_what_was_said_and_its_reading_is_told)
{
    auto const id = begin(mother, {zhou}, "你们等着瞧").id;
    auto telling = at_now(zhou);
    auto const report = report_conversation(telling, {id, Position{1}, Text<2, 500>("言语威胁")}).id;
    send(mother, id, "后来的话");

    EXPECT_EQ(letter_title(leader), "有一条家校沟通举报待处理");
    auto acting = by(head);
    auto const seen = show_report(acting, {report});
    ASSERT_EQ(seen.messages.size(), 1u) << "as it stood";
    EXPECT_EQ(seen.messages[0].body, "你们等着瞧");
    show_report(acting, {report});
    EXPECT_THAT(bodies(mother, id), ElementsAre("你们等着瞧", "后来的话", "inspected")) << "once";

    work_on_report(acting, {report, ReportState::closed, Text<0, 1000>("已与双方谈话")});
    EXPECT_EQ(letter_title(zhou), "您的举报已处理");
    EXPECT_EQ(error_of([&] {
        work_on_report(acting, {report, ReportState::working, Text<0, 1000>("")});
    }).kind,
        ErrorKind::conflict);
}

TEST_F(Conversations, a_leader_who_is_in_it_does_not_work_on_its_report)
{
    auto const id = begin(mother, {leader}).id;
    auto telling = at_now(mother);
    auto const report = report_conversation(telling, {id, {}, Text<2, 500>("态度恶劣")}).id;

    auto acting = by(head);
    EXPECT_EQ(error_of([&] { show_report(acting, {report}); }).kind, ErrorKind::not_found);
    EXPECT_THAT(list_reports(acting, {}).items, IsEmpty());
    auto official = at(root);
    EXPECT_EQ(list_reports(official, {}).items.size(), 1u);
}

} // namespace
} // namespace concentric::conversations
