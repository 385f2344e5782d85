#include "modules/notices/notices_for_test.hpp"

#include "modules/families/no_contacts.hpp"
#include "modules/notices/burden.hpp"
#include "modules/notices/paper.hpp"
#include "modules/paper/paper.hpp"

namespace concentric::notices {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

TEST_F(Notices, a_family_of_three_gets_it_once_and_answers_for_each_child)
{
    auto const sent = send_as(head, notice("春游"));

    EXPECT_EQ(sent.state, NoticeState::sent);
    EXPECT_EQ(sent.figures.subjects, 4);
    EXPECT_EQ(sent.households, 2);
    EXPECT_THAT(inbox_of(mother), ElementsAre("春游"));
    EXPECT_EQ(answer_as(mother, sent.id, {mei}), 2);
    EXPECT_THAT(missing(head, sent.id), UnorderedElementsAre("李兰", "李竹", "张伟"));
}

TEST_F(Notices, either_carers_answer_counts_and_both_see_who_gave_it)
{
    auto const sent = send_as(head, notice("春游", NoticeAsk::yes_no));

    answer_as(father, sent.id, {mei, lan}, Text<0, 500>("yes"));

    auto own = by(mother);
    auto const seen = show_own_notice(own, {sent.id});
    ASSERT_THAT(seen.people, SizeIs(3));
    EXPECT_EQ(seen.people[0].answer, "yes");
    EXPECT_EQ(seen.people[0].done_by, "李强");
    EXPECT_EQ(seen.missing, 1);
}

TEST_F(Notices, reading_is_not_confirming)
{
    auto const sent = send_as(head, notice("春游"));
    auto own = by(mother);

    read_notice(own, {sent.id});

    EXPECT_EQ(shown(head, sent.id).figures.read, 3);
    EXPECT_EQ(shown(head, sent.id).figures.done, 0);
}

TEST_F(Notices, what_is_answered_once_for_the_household_counts_for_all_its_children)
{
    auto input = notice("停水");
    input.is_per_child = false;
    auto const sent = send_as(head, input);

    EXPECT_EQ(answer_as(mother, sent.id, {}), 0);

    EXPECT_THAT(missing(head, sent.id), ElementsAre("张伟"));
}

TEST_F(Notices, an_answer_names_the_child_where_there_are_several_and_fits_the_question)
{
    auto const sent = send_as(head, notice("春游", NoticeAsk::yes_no));

    EXPECT_EQ(error_of([&] { answer_as(mother, sent.id, {}, Text<0, 500>("yes")); }).kind, ErrorKind::invalid);
    EXPECT_EQ(error_of([&] { answer_as(mother, sent.id, {mei}, Text<0, 500>("maybe")); }).kind, ErrorKind::invalid);
    EXPECT_EQ(error_of([&] { answer_as(mother, sent.id, {wei}, Text<0, 500>("yes")); }).kind, ErrorKind::invalid);
}

TEST_F(Notices, whoever_is_kept_away_or_was_never_told_finds_nothing)
{
    auto const sent = send_as(teacher, notice("班会"));
    auto with = by(head);
    families::SetNoContact order;
    order.id = mei;
    order.person = father;
    order.document = Text<2, 120>("保护令 1 号");
    families::set_no_contact(with, order);

    auto own = by(father);
    auto const seen = show_own_notice(own, {sent.id});

    ASSERT_THAT(seen.people, SizeIs(1));
    EXPECT_EQ(seen.people[0].person.name, "李兰");
    EXPECT_EQ(error_of([&] { answer_as(father, sent.id, {mei}); }).kind, ErrorKind::invalid);
    auto stranger_call = by(PersonId{999});
    EXPECT_EQ(error_of([&] { show_own_notice(stranger_call, {sent.id}); }).kind, ErrorKind::not_found);
}

TEST_F(Notices, a_teacher_reaches_only_the_own_class)
{
    auto input = notice("班会");
    input.organisations = {second};

    EXPECT_EQ(error_of([&] { send_as(teacher, input); }).kind, ErrorKind::invalid);
    EXPECT_EQ(send_as(teacher, notice("班会")).figures.subjects, 3);
}

TEST_F(Notices, a_class_teacher_sees_the_schools_notice_for_the_own_class_but_cannot_take_it_back)
{
    auto const sent = send_as(head, notice("春游"));

    EXPECT_EQ(shown(teacher, sent.id).figures.subjects, 3);
    auto with = by(teacher);
    EXPECT_EQ(error_of([&] { recall_notice(with, {sent.id, Text<2, 500>("写错了")}); }).kind, ErrorKind::forbidden);
}

TEST_F(Notices, a_household_is_asked_once_however_many_children_it_has)
{
    auto input = notice("调查");
    input.minutes = Minutes{12};
    send_as(head, input);
    auto with = by(official);

    auto const burden = show_burden(with, {});

    ASSERT_THAT(burden.weeks, SizeIs(1));
    EXPECT_EQ(burden.weeks[0].households, 2);
    EXPECT_EQ(burden.weeks[0].most, 12);
    EXPECT_EQ(burden.offices[0].household_minutes, 24);
}

TEST_F(Notices, only_who_is_missing_is_reminded_and_at_most_once_a_day)
{
    auto const sent = send_as(head, notice("春游"));
    answer_as(mother, sent.id, {mei, lan, zhu});
    auto with = by(head);

    EXPECT_EQ(remind_missing(with, {sent.id, {}}).reminded, 1);
    jobs.run_all();
    auto again = by(head);
    auto const second_try = remind_missing(again, {sent.id, {}});

    EXPECT_EQ(second_try.reminded, 0);
    EXPECT_EQ(second_try.lately, 1);
    EXPECT_THAT(inbox_of(mother), ElementsAre("春游"));
    clock.set(Day{20260306}, 9);
    auto later = by(head);
    EXPECT_EQ(remind_missing(later, {sent.id, {}}).reminded, 1);
}

TEST_F(Notices, what_is_taken_back_says_so_and_its_readers_are_told)
{
    auto const sent = send_as(head, notice("春游"));
    auto own = by(mother);
    read_notice(own, {sent.id});
    auto with = by(head);

    recall_notice(with, {sent.id, Text<2, 500>("日期写错")});
    jobs.run_all();

    EXPECT_THAT(inbox_of(mother), ElementsAre("通知已撤回：春游", "春游 (withdrawn)"));
    EXPECT_EQ(show_own_notice(own, {sent.id}).reason, "日期写错");
    EXPECT_EQ(show_own_notice(own, {sent.id}).body, "");
    EXPECT_EQ(error_of([&] { answer_as(mother, sent.id, {mei}); }).kind, ErrorKind::conflict);
}

TEST_F(Notices, a_correction_is_unread_again_and_keeps_the_old_words)
{
    auto const sent = send_as(head, notice("春游"));
    answer_as(mother, sent.id, {mei});
    CorrectNotice correction{sent.id};
    correction.body = NoticeBody("改为周五。");
    correction.changes = Text<2, 500>("日期改为周五");
    auto with = by(head);

    correct_notice(with, correction);
    jobs.run_all();

    auto const view = shown(head, sent.id);
    EXPECT_EQ(view.figures.read, 0);
    EXPECT_EQ(view.figures.done, 1);
    ASSERT_THAT(view.editions, SizeIs(1));
    EXPECT_EQ(view.editions[0].body, "请知悉。");
    EXPECT_THAT(inbox_of(mother), ElementsAre("【更正】春游", "春游 (withdrawn)"));
}

TEST_F(Notices, an_answer_on_paper_keeps_who_entered_it_and_gives_way_to_the_familys_own)
{
    auto const sent = send_as(head, notice("春游", NoticeAsk::yes_no));
    auto with = by(teacher);

    auto const line = enter_answer(with, {sent.id, mei, Text<0, 500>("no")});
    EXPECT_EQ(line.entered_by, "老师");
    take_answer_back(with, {sent.id, mei});
    answer_as(mother, sent.id, {mei}, Text<0, 500>("yes"));

    EXPECT_EQ(error_of([&] { enter_answer(with, {sent.id, mei, Text<0, 500>("no")}); }).kind, ErrorKind::conflict);
    EXPECT_EQ(error_of([&] { enter_answer(with, {sent.id, zhu, Text<0, 500>("no")}); }).kind, ErrorKind::not_found);
}

TEST_F(Notices, a_code_on_paper_leads_to_its_notice)
{
    auto const sent = send_as(head, notice("春游"));
    auto with = by(teacher);

    auto const found = paper::find_sheet(with, {Text<1, 20>(" " + sent.code)});
    EXPECT_EQ(found.kind, paper::SheetKind::notice);
    EXPECT_EQ(found.id.value, sent.id.value);
    EXPECT_EQ(found.title, "春游");
    auto const other = add(root, "school", "江北小学", {directory::StageName("primary")});
    teacher.organisation = other;
    teacher.path = *directory::path_of(call, other);
    auto beside = by(teacher);
    EXPECT_EQ(error_of([&] { paper::find_sheet(beside, {Text<1, 20>(sent.code)}); }).kind, ErrorKind::not_found);
    EXPECT_THAT(print_notice(with, {sent.id, first}).bytes.substr(0, 5), "%PDF-");
}

TEST_F(Notices, a_preview_tells_households_and_what_their_week_would_be)
{
    auto input = notice("调查");
    input.minutes = Minutes{20};
    send_as(teacher, input);
    auto with = by(head);
    PreviewNotice wanted;
    wanted.minutes = Minutes{15};

    auto const preview = preview_notice(with, wanted);

    EXPECT_EQ(preview.subjects, 4);
    EXPECT_EQ(preview.households, 2);
    EXPECT_EQ(preview.people, 3);
    EXPECT_EQ(preview.without_account, 3);
    EXPECT_EQ(preview.week_minutes, 20);
    EXPECT_EQ(preview.over, 5);
}

} // namespace
} // namespace concentric::notices
