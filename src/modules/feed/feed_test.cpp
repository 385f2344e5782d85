#include "modules/families/delegations.hpp"
#include "modules/families/no_contacts.hpp"
#include "modules/feed/class_feed_for_test.hpp"
#include "modules/feed/exports.hpp"
#include "modules/feed/reports.hpp"

// Who sees a moment, who changes it, and what is said to it.
namespace concentric::feed {
namespace {

using families::Right;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST_F(ClassFeed, only_the_families_of_tagged_children_see_a_moment_and_are_told)
{
    auto const moment = post({mei});

    EXPECT_TRUE(sees(mother, moment));
    EXPECT_TRUE(sees(teacher, moment));
    EXPECT_FALSE(sees(sun, moment));
    EXPECT_THAT(feed_of(father), ElementsAre("今天种豆子。"));
    EXPECT_THAT(feed_of(sun), IsEmpty());
    EXPECT_THAT(letters_of(mother), ElementsAre("2023级1班有新动态"));
    EXPECT_THAT(letters_of(sun), IsEmpty());
}

TEST_F(ClassFeed, a_family_reads_its_own_childs_name_and_how_many_others_there_are)
{
    auto const moment = post({mei, ming});

    auto mothers = by(mother);
    auto const seen = show_moment(mothers, {moment.id});

    ASSERT_THAT(seen.children, SizeIs(1));
    EXPECT_EQ(seen.children[0].name, "李梅");
    EXPECT_EQ(seen.others, 1);
    EXPECT_THAT(moment.children, SizeIs(2)); // the teacher's view
}

TEST_F(ClassFeed, other_classes_offices_above_the_school_and_those_without_a_post_see_nothing)
{
    auto const moment = post({mei});
    auto other = teacher;
    other.organisation = second;
    other.path = *directory::path_of(call, second);
    auto official = head;
    official.organisation = root;
    official.path = *directory::path_of(call, root);
    auto former = teacher;
    former.path.clear();

    EXPECT_FALSE(sees(other, moment));
    EXPECT_FALSE(sees(official, moment));
    EXPECT_FALSE(sees(former, moment));
    EXPECT_TRUE(sees(head, moment));
}

TEST_F(ClassFeed, who_was_lent_the_right_to_see_sees_and_takes_no_archive_along_and_who_only_picks_up_sees_nothing)
{
    auto const moment = post({mei});
    auto mothers = by(mother);
    auto const entrust = [&](std::string const& name, std::string const& phone, Right right) {
        return families::delegate(mothers, {mei, Text<1, 60>(name), Phone(phone), {right}, {20260401}}).delegation.person.id;
    };
    auto const grandmother = entrust("陈桂英", "13900000009", Right::see);
    auto const neighbour = entrust("周平", "13900000008", Right::pick_up);

    EXPECT_TRUE(sees(grandmother, moment));
    auto hers = by(grandmother);
    EXPECT_EQ(error_of([&] { start_export(hers, {mei}); }).kind, ErrorKind::not_found);
    EXPECT_FALSE(sees(neighbour, moment));
}

TEST_F(ClassFeed, whom_an_order_keeps_away_sees_nothing_any_more)
{
    auto const moment = post({mei});
    auto heads = by(head);

    families::set_no_contact(heads, {mei, father, Text<2, 120>("民保令7号"), {}, {}, {}});

    EXPECT_FALSE(sees(father, moment));
    EXPECT_TRUE(sees(mother, moment));
}

TEST_F(ClassFeed, what_the_whole_class_sees_is_about_no_child_and_its_pictures_show_none)
{
    PostMoment input;
    input.class_ = first;
    input.audience = MomentAudience::class_;
    input.words = Text<0, 2000>("教室换了新黑板。");
    input.pictures = {{picture(), {}}};
    Problems problems;
    check(input, problems);
    ASSERT_THAT(problems, SizeIs(1));
    EXPECT_EQ(problems[0].path, "/shows_no_child");
    input.shows_no_child = true;

    auto with = by(teacher);
    auto const moment = post_moment(with, input);

    EXPECT_TRUE(sees(mother, moment));
    EXPECT_TRUE(sees(sun, moment));
    auto const later = pupil("钱多", first, {carer("吴敏", Relation::mother, "13900000012")}).student->carers[0].person;
    EXPECT_FALSE(sees(later, moment)); // was not in the class that day
}

TEST_F(ClassFeed, a_family_keeps_what_was_theirs_when_the_child_has_left)
{
    auto const moment = post({mei});

    db.execute("UPDATE students SET status = 'graduated' WHERE county = $1 AND person = $2", county, mei);

    EXPECT_TRUE(sees(mother, moment));
    EXPECT_THAT(feed_of(mother), ElementsAre("今天种豆子。"));
}

TEST_F(ClassFeed, a_change_keeps_what_it_said_and_comes_to_whom_it_is_about_now)
{
    auto const moment = post({mei});
    auto with = by(teacher);
    ChangeMoment change;
    change.id = moment.id;
    change.version = moment.version;
    change.words = Text<0, 2000>("今天种玉米。");
    change.children = {ming};

    change_moment(with, change);

    EXPECT_FALSE(sees(mother, moment));
    EXPECT_THAT(feed_of(sun), ElementsAre("今天种玉米。"));
    EXPECT_EQ(*db.value<std::string>("SELECT words AS value FROM moment_editions WHERE county = $1", county), "今天种豆子。");
    EXPECT_EQ(error_of([&] { change_moment(with, change); }).kind, ErrorKind::conflict); // an old version
}

TEST_F(ClassFeed, only_its_author_changes_a_moment_and_only_moderators_and_the_author_take_it_down)
{
    auto const moment = post({mei});
    auto colleague = teacher;
    colleague.person = PersonId{79};
    colleague.permissions = {Permission::anyone, Permission::signed_in, Permission::append_entries};
    auto theirs = by(colleague);
    auto heads = by(head);
    ChangeMoment change;
    change.id = moment.id;
    change.words = Text<0, 2000>("改一改");
    change.children = {mei};

    EXPECT_EQ(error_of([&] { take_down_moment(theirs, {moment.id, Text<2, 200>("不合适")}); }).kind, ErrorKind::not_found);
    EXPECT_EQ(error_of([&] { change_moment(heads, change); }).kind, ErrorKind::forbidden);
    auto const down = take_down_moment(heads, {moment.id, Text<2, 200>("不合适")});

    EXPECT_EQ(down.taken_down, "不合适");
    EXPECT_FALSE(sees(mother, moment));
    EXPECT_FALSE(sees(colleague, moment));
    EXPECT_TRUE(sees(teacher, moment)); // its author, with the trace
    restore_moment(heads, {moment.id});
    EXPECT_TRUE(sees(mother, moment));
}

TEST_F(ClassFeed, a_hidden_comment_is_there_for_its_author_with_the_reason_and_for_no_other_family)
{
    auto const moment = post({mei, ming});
    auto const comment = say(mother, moment, "谁家孩子这么慢？");
    ASSERT_THAT(comments_seen_by(sun, moment), ElementsAre("王*：谁家孩子这么慢？")); // other families' names are masked

    auto with = by(teacher);
    hide_comment(with, {comment.id, Text<0, 200>("请不要比较孩子")});

    EXPECT_THAT(comments_seen_by(sun, moment), IsEmpty());
    auto mothers = by(mother);
    EXPECT_EQ(list_comments(mothers, {moment.id, {}, {}}).items.at(0).hidden, "请不要比较孩子");
    EXPECT_THAT(letters_of(mother), testing::Contains("您的一条评论已被隐藏"));
    auto strangers = by(sun);
    EXPECT_EQ(error_of([&] { hide_comment(strangers, {comment.id, Text<0, 200>("试试")}); }).kind, ErrorKind::not_found);
}

TEST_F(ClassFeed, closed_comments_take_none_and_one_that_is_taken_back_loses_its_words)
{
    auto const moment = post({mei});
    auto const comment = say(mother, moment, "真好");
    auto mothers = by(mother), fathers = by(father), with = by(teacher);

    EXPECT_EQ(error_of([&] { withdraw_comment(fathers, {comment.id}); }).kind, ErrorKind::not_found);
    withdraw_comment(mothers, {comment.id});
    open_comments(with, {moment.id, false});

    EXPECT_THAT(comments_seen_by(father, moment), IsEmpty());
    EXPECT_EQ(*db.value<std::string>("SELECT words AS value FROM moment_comments WHERE county = $1", county), "");
    EXPECT_EQ(error_of([&] { say(mother, moment, "再说一句"); }).kind, ErrorKind::conflict);
}

TEST_F(ClassFeed, everybody_has_one_reaction_also_after_two_records_became_one)
{
    auto const moment = post({mei});
    auto mothers = by(mother), fathers = by(father);
    react(mothers, {moment.id, ReactionKind::like});
    react(mothers, {moment.id, ReactionKind::heart});
    react(fathers, {moment.id, ReactionKind::heart});

    auto const seen = show_moment(mothers, {moment.id});
    events.publish(call, directory::PeopleMerged{mother, father, nullptr});

    ASSERT_THAT(seen.reactions, SizeIs(1));
    EXPECT_EQ(seen.reactions[0].count, 2);
    EXPECT_EQ(seen.own_reaction, ReactionKind::heart);
    EXPECT_EQ(show_moment(mothers, {moment.id}).reactions.at(0).count, 1);
}

TEST_F(ClassFeed, a_report_keeps_the_words_as_they_stood_and_its_answer_is_told)
{
    auto const moment = post({mei, ming}, {}, "赵明今天最后一名。");
    auto suns = by(sun), heads = by(head);
    make_report(suns, {moment.id, {}, Text<2, 300>("公开了孩子的名次")});
    EXPECT_EQ(error_of([&] { make_report(suns, {moment.id, {}, Text<2, 300>("再次")}); }).kind, ErrorKind::conflict);
    auto with = by(teacher);
    ChangeMoment change;
    change.id = moment.id;
    change.version = moment.version;
    change.words = Text<0, 2000>("今天跑步。");
    change.children = {mei, ming};
    change_moment(with, change);

    auto const report = list_reports(heads, {}).items.at(0);
    auto const answered = answer_report(heads, {report.id, ReportVerdict::take_down, Text<2, 300>("不得公布名次")});

    EXPECT_EQ(report.words, "赵明今天最后一名。");
    EXPECT_EQ(answered.outcome, ReportOutcome::taken_down);
    EXPECT_FALSE(sees(mother, moment));
    EXPECT_THAT(letters_of(sun), testing::Contains("学校处理了您的举报"));
    auto own = by(teacher);
    EXPECT_THAT(list_reports(own, {}).items, IsEmpty()); // the class teacher does not answer them
}

TEST_F(ClassFeed, pages_follow_each_other_without_a_gap)
{
    for (auto const* words : {"一", "二", "三"})
        post({mei}, {}, words);
    auto mothers = by(mother);

    auto const newest = list_own_moments(mothers, {{}, {}, Limit{2}});
    auto const older = list_own_moments(mothers, {{}, MomentId{std::stoll(newest.next.value())}, Limit{2}});

    EXPECT_EQ(newest.items.at(0).words, "三");
    EXPECT_EQ(newest.items.at(1).words, "二");
    ASSERT_THAT(older.items, SizeIs(1));
    EXPECT_EQ(older.items[0].words, "一");
    EXPECT_FALSE(older.next);
}

} // namespace
} // namespace concentric::feed
