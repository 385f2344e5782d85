#include "modules/visits/corrections.hpp"
#include "modules/visits/outings.hpp"
#include "modules/visits/visits_for_test.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace concentric::visits {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

// 王老师 and 刘老师 are in one team and have a phone each; neither has a net.
struct OffLine : Visits {
    OffLine()
    {
        directory::CreateStaff input;
        input.name = Text<1, 60>("刘老师");
        input.organisation = first;
        input.role = "class_teacher";
        other.person = directory::create_staff(call, input).id;
        other.permissions = teacher.permissions;
        other.path = teacher.path;
        come_to_the_agreed_day();
        clock.advance(std::chrono::hours(1));
    }

    EditRecord edit(std::int64_t id, std::vector<std::int64_t> saw = {})
    {
        EditRecord input;
        input.id = visit;
        input.edit = {id};
        input.written_at = {clock.now().milliseconds - 3'600'000 + id};
        for (auto const each : saw)
            input.saw.push_back({each});
        return input;
    }
    EditRecord whole(std::int64_t id, char const* talk, std::int64_t minutes, char const* point)
    {
        auto input = edit(id);
        input.form = Form::home;
        input.held_at = Instant{clock.now().milliseconds - 3'600'000};
        input.minutes = Within<5, 480>{minutes};
        input.talk = Text<0, 500>(talk);
        input.points = std::vector<AgreedPoint>{{Side::family, Text<1, 300>(point), {}}};
        return input;
    }
    WholeVisit hand_in(Viewer const& who, EditRecord const& input)
    {
        auto with = by(who);
        return edit_record(with, input);
    }

    Viewer other;
};

TEST_F(OffLine, a_record_written_off_line_is_entered_when_the_phone_is_back)
{
    auto const done = hand_in(teacher, whole(1001, "作息", 45, "九点半睡觉"));
    hand_in(teacher, whole(1001, "作息", 45, "九点半睡觉"));

    EXPECT_EQ(done.state, VisitState::done);
    EXPECT_EQ(done.record->talk, "作息");
    EXPECT_THAT(done.record_conflicts, IsEmpty());
    EXPECT_THAT(kinds(), ElementsAre("visit.home"));
}

TEST_F(OffLine, what_two_phones_wrote_stays_until_somebody_decides)
{
    hand_in(teacher, whole(1001, "作息", 45, "九点半睡觉"));
    auto const both = hand_in(other, whole(1002, "屏幕时间", 45, "周末爬山"));

    ASSERT_THAT(both.record_conflicts, SizeIs(2));
    EXPECT_EQ(both.record_conflicts[1].field, "talk");
    ASSERT_THAT(both.record_conflicts[1].choices, SizeIs(2));
    EXPECT_EQ(both.record_conflicts[1].choices[0].by.name, "刘老师");
    EXPECT_EQ(both.record_conflicts[1].choices[1].value.talk, "作息");
    EXPECT_THAT(both.points, SizeIs(2)) << "nothing that was agreed is hidden from the family";

    auto decided = edit(1003, {1001, 1002});
    decided.talk = Text<0, 500>("作息和屏幕时间");
    EXPECT_THAT(hand_in(teacher, decided).record_conflicts, SizeIs(1));
    EXPECT_EQ(seen().record->talk, "作息和屏幕时间");
}

TEST_F(OffLine, a_changed_length_is_entered_anew_in_the_ledger)
{
    hand_in(teacher, whole(1001, "作息", 45, "九点半睡觉"));
    auto longer = edit(1002, {1001});
    longer.minutes = Within<5, 480>{60};

    hand_in(teacher, longer);

    EXPECT_THAT(kinds(), ElementsAre("visit.home"));
    EXPECT_EQ(db.value<std::int64_t>(
                  "SELECT CAST(SUM(CASE WHEN reverses = 0 THEN minutes ELSE -minutes END) AS BIGINT) AS value FROM entries WHERE "
                  "county = $1",
                  county),
        60);
}

TEST_F(OffLine, words_that_come_after_the_record_was_taken_back_are_kept_for_the_next_one)
{
    hand_in(teacher, whole(1001, "作息", 45, "九点半睡觉"));
    auto as_teacher = by(teacher);
    take_record_back(as_teacher, {visit});
    auto late = edit(1002, {1001});
    late.advice = Text<0, 500>("多陪伴");

    auto const left = hand_in(other, late);

    EXPECT_FALSE(left.record.has_value());
    EXPECT_EQ(left.unfinished->advice, "多陪伴");
    EXPECT_NE(left.state, VisitState::done);
    EXPECT_THAT(kinds(), IsEmpty());
}

TEST_F(OffLine, a_record_of_before_is_what_edits_build_on)
{
    record(report());
    db.execute("DELETE FROM visit_edits WHERE county = $1", county);
    auto const before = seen().edits;
    ASSERT_THAT(before, SizeIs(1));
    auto later = edit(1002, {before[0].value});
    later.advice = Text<0, 500>("多陪伴");

    auto const now = hand_in(other, later);

    EXPECT_EQ(now.record->talk, "说到作业和睡觉时间");
    EXPECT_EQ(now.record->advice, "多陪伴");
    EXPECT_THAT(now.points, SizeIs(2));
}

TEST_F(OffLine, every_order_in_which_phones_and_the_desk_hand_in_ends_alike)
{
    std::vector<EditRecord> edits{whole(1001, "作息", 45, "九点半睡觉"), whole(1002, "屏幕时间", 50, "周末爬山"),
        edit(1003, {1001}), edit(1004, {1001, 1002})};
    edits[2].minutes = Within<5, 480>{60};
    edits[3].advice = Text<0, 500>("多陪伴");
    std::vector<std::size_t> order{0, 1, 2, 3};
    std::vector<std::string> outcomes;

    do {
        db.execute("DELETE FROM visit_edits WHERE county = $1", county);
        db.execute("DELETE FROM visit_points WHERE county = $1", county);
        db.execute("UPDATE visits SET record = '', form = '', entry = 0, state = 'published' WHERE county = $1", county);
        for (auto const at : order)
            hand_in(at % 2 ? other : teacher, edits[at]);
        auto end = seen();
        outcomes.push_back(to_json(end.record.value()) + to_json(end.record_conflicts) + std::to_string(end.points.size())
            + std::to_string(end.minutes));
    } while (std::ranges::next_permutation(order).found);

    EXPECT_THAT(outcomes, SizeIs(24));
    EXPECT_THAT(outcomes, testing::Each(outcomes.front()));
    EXPECT_THAT(seen().record_conflicts, SizeIs(3)) << "minutes, points, talk";
}

TEST_F(OffLine, what_the_desk_left_empty_does_not_disagree_with_a_phone_that_comes_later)
{
    record(report());
    auto late = edit(1002);
    late.advice = Text<0, 500>("多陪伴");

    auto const now = hand_in(other, late);

    EXPECT_THAT(now.record_conflicts, IsEmpty());
    EXPECT_EQ(now.record->advice, "多陪伴");
}

struct Closed : OffLine {
    Closed()
    {
        hand_in(teacher, whole(1001, "作息", 45, "九点半睡觉"));
        clock.advance(std::chrono::hours(1));
        auto as_head = by(head);
        close_campaign(as_head, {campaign});
        clock.advance(std::chrono::hours(5));
    }
    CorrectionList corrections()
    {
        auto as_head = by(head);
        return list_corrections(as_head, {campaign});
    }
    std::int64_t told()
    {
        return db
            .value<std::int64_t>(
                "SELECT count(*) AS value FROM inbox_items i JOIN inbox_letters l ON l.county = i.county AND l.id = "
                "i.letter WHERE i.county = $1 AND i.person = $2 AND l.title_zh LIKE '计划结束后补交%'",
                county, head.person)
            .value();
    }
};

TEST_F(Closed, what_was_written_before_the_closing_comes_in_with_a_trail)
{
    auto late = edit(1002, {1001});
    late.written_at = Instant{clock.now().milliseconds - 6 * 3'600'000};
    late.minutes = Within<5, 480>{60};
    late.advice = Text<0, 500>("多陪伴");

    auto const now = hand_in(other, late);
    hand_in(other, late);

    EXPECT_EQ(now.record->advice, "多陪伴");
    EXPECT_THAT(kinds(), ElementsAre("visit.home"));
    auto const list = corrections();
    ASSERT_THAT(list.items, SizeIs(1));
    EXPECT_THAT(list.items[0].fields, ElementsAre("advice", "minutes"));
    EXPECT_EQ(list.items[0].by.name, "刘老师");
    EXPECT_EQ(list.items[0].minutes_before, 45);
    EXPECT_EQ(list.items[0].minutes_after, 60);
    EXPECT_TRUE(list.items[0].is_entered_anew);
    EXPECT_EQ(told(), 1);

    auto as_head = by(head);
    EXPECT_TRUE(read_corrections(as_head, {campaign}).items[0].read_at.has_value());
}

TEST_F(Closed, what_is_written_after_the_closing_is_refused)
{
    auto late = edit(1002, {1001});
    late.written_at = clock.now();
    late.advice = Text<0, 500>("多陪伴");

    EXPECT_EQ(error_of([&] { hand_in(teacher, late); }).kind, ErrorKind::conflict);
    EXPECT_THAT(corrections().items, IsEmpty());
}

TEST_F(Closed, a_month_later_the_terms_figures_are_at_rest)
{
    auto late = edit(1002, {1001});
    late.written_at = Instant{clock.now().milliseconds - 6 * 3'600'000};
    late.advice = Text<0, 500>("多陪伴");
    clock.advance(std::chrono::hours(24 * 30));

    EXPECT_EQ(error_of([&] { hand_in(teacher, late); }).kind, ErrorKind::conflict);
}

TEST_F(Closed, where_it_disagrees_somebody_may_decide_and_nothing_else)
{
    auto late = whole(1002, "屏幕时间", 45, "九点半睡觉");
    late.held_at = {};
    late.written_at = Instant{clock.now().milliseconds - 6 * 3'600'000};
    ASSERT_THAT(hand_in(other, late).record_conflicts, SizeIs(1));
    auto decided = edit(1003, {1001, 1002});
    decided.written_at = clock.now();
    decided.talk = Text<0, 500>("作息和屏幕时间");
    auto more = decided;
    more.advice = Text<0, 500>("多陪伴");

    EXPECT_EQ(error_of([&] { hand_in(teacher, more); }).kind, ErrorKind::conflict);
    EXPECT_THAT(hand_in(teacher, decided).record_conflicts, IsEmpty());
    EXPECT_THAT(corrections().items, SizeIs(2));
    EXPECT_EQ(told(), 2);
}

struct Outings : Visits {
    Outings() { come_to_the_agreed_day(); }
    Outing leave()
    {
        auto as_teacher = by(teacher);
        return say_left(as_teacher, {seen().team.value(), call_by(teacher).today(), {}});
    }
    std::int64_t told()
    {
        return db
            .value<std::int64_t>(
                "SELECT count(*) AS value FROM inbox_items i JOIN inbox_letters l ON l.county = i.county AND l.id = "
                "i.letter WHERE i.county = $1 AND i.person = $2 AND l.title_zh LIKE '家访小组还没有报平安%'",
                county, head.person)
            .value();
    }
};

TEST_F(Outings, a_team_that_is_not_back_an_hour_after_its_last_visit_is_told_to_the_leader_once)
{
    auto const out = leave();
    EXPECT_EQ(out.due_back_at.milliseconds, std::max(seen().ends_at->milliseconds, out.left_at.milliseconds + 60 * minute));

    clock.set(Instant{out.due_back_at.milliseconds + 59 * minute});
    jobs.run_all();
    EXPECT_EQ(told(), 0);

    clock.set(Instant{out.due_back_at.milliseconds + 60 * minute});
    jobs.run_all();
    clock.advance(std::chrono::hours(2));
    jobs.run_all();
    EXPECT_EQ(told(), 1);
}

TEST_F(Outings, a_team_that_came_back_is_not_missed_also_when_its_phone_says_so_late)
{
    auto const out = leave();
    auto const back_at = Instant{out.due_back_at.milliseconds + 10 * minute};
    clock.set(Instant{out.due_back_at.milliseconds + 50 * minute});
    auto as_teacher = by(teacher);

    SayBack said;
    said.id = out.team;
    said.day = out.day;
    said.at = back_at;
    EXPECT_EQ(say_back(as_teacher, said).back_at, back_at);
    clock.advance(std::chrono::hours(5));
    jobs.run_all();

    EXPECT_EQ(told(), 0);
}

TEST_F(Outings, the_day_shows_the_way_with_places_to_the_team_alone)
{
    auto as_teacher = by(teacher), as_head = by(head);
    auto const today = as_teacher.today();

    auto const day = show_day(as_teacher, {today});
    ASSERT_THAT(day.ways, SizeIs(1));
    ASSERT_THAT(day.ways[0].stops, SizeIs(1));
    EXPECT_EQ(day.ways[0].stops[0].place.address, "滨江路 8 号");
    EXPECT_THAT(day.ways[0].members, ElementsAre("王老师"));

    EXPECT_THAT(show_day(as_head, {today}).ways, IsEmpty());
    EXPECT_EQ(error_of([&] { say_left(as_head, {day.ways[0].team, today, {}}); }).kind, ErrorKind::not_found);
}

} // namespace
} // namespace concentric::visits
