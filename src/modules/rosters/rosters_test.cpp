#include "modules/rosters/rosters.hpp"

#include "modules/calendar/days.hpp"
#include "modules/directory/person_data.hpp"
#include "modules/families/family_county_for_test.hpp"
#include "modules/ledger/entries.hpp"
#include "modules/rosters/attendance.hpp"
#include "modules/rosters/own.hpp"
#include "modules/rosters/planning.hpp"
#include "modules/rosters/telling.hpp"
#include "modules/rosters/volunteers.hpp"

#include <gmock/gmock.h>

namespace concentric::rosters {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

// It is Thursday, 5 March 2026. The gate is served on school days from half past seven until ten past eight; 李梅's mother and
// another family's father serve there, and the principal runs it.
struct Rosters : families::FamilyCounty {
    Rosters()
    {
        rosters::subscribe(events);
        auto const other = pupil("周宇", second, {carer("周凯", directory::Relation::father, "13900000011")});
        zhou = other.student->carers[0].person;
        second_head = head;
        second_head.person = PersonId{79};
        StartRoster input;
        input.organisation = school;
        input.title = Text<1, 80>("护学岗");
        input.from = Day{20260302};
        input.to = Day{20260410};
        DutyPostContent gate;
        gate.name = Text<1, 60>("校门口");
        gate.place = Text<0, 120>("滨江路北门");
        for (std::int64_t day = 1; day <= 5; ++day)
            gate.weekdays.push_back({day});
        gate.from_minute = {450};
        gate.until_minute = {490};
        gate.parents = {1};
        input.posts = {gate};
        auto as_head = by(head);
        auto const view = start_roster(as_head, input);
        roster = view.id;
        post = view.posts.front().id;
        for (auto const person : {mother, zhou})
            join(person);
    }

    void join(PersonId person, Weekdays blocked = {})
    {
        auto as = by(person);
        JoinRoster input;
        input.id = roster;
        input.blocked = std::move(blocked);
        join_roster(as, input);
    }
    PlanOutcome plan()
    {
        auto as_head = by(head);
        return plan_roster(as_head, {roster});
    }
    void publish()
    {
        auto as_head = by(head);
        publish_roster(as_head, {roster});
    }
    std::vector<ShiftView> shifts()
    {
        auto as_head = by(head);
        return list_shifts(as_head, {roster, Day{20260305}, Day{20260404}}).items;
    }
    std::vector<OwnShift> own(PersonId person)
    {
        auto as = by(person);
        return show_own(as, {}).items;
    }
    ShiftView first_of(PersonId person)
    {
        for (auto const& one : shifts())
            if (one.person && one.person->id == person)
                return one;
        throw std::logic_error("none");
    }
    std::int64_t minutes_in_ledger()
    {
        return db
            .value<std::int64_t>("SELECT COALESCE(SUM(minutes), 0) AS value FROM entries WHERE county = $1 AND kind = 'volunteer.duty' AND "
                                 "reverses = 0 AND id NOT IN (SELECT reverses FROM entries WHERE county = $1)",
                county)
            .value_or(0);
    }
    ShiftView scan(ShiftView const& shift, PersonId person, std::int64_t after_start, bool arrives)
    {
        clock.set(Instant{shift.starts_at.milliseconds + after_start * minute});
        auto as_head = by(head);
        auto const code = show_duty_code(as_head, {post}).code;
        auto as = by(person);
        ScanShift const input{shift.id, Text<6, 8>(code)};
        return arrives ? arrive(as, input) : leave(as, input);
    }
    ShiftView serve(ShiftView const& shift, PersonId person)
    {
        scan(shift, person, -5, true);
        return scan(shift, person, 45, false);
    }
    void after(ShiftView const& shift) { clock.set(Instant{shift.ends_at.milliseconds + 60 * minute}); }
    ShiftView enter(ShiftView const& shift, Viewer const& viewer, std::int64_t minutes)
    {
        auto as = by(viewer);
        return enter_hours(as, {shift.id, {minutes}, Text<2, 200>("忘记扫码")});
    }
    ShiftView sign(ShiftView const& shift, Viewer const& viewer, bool agrees = true)
    {
        auto as = by(viewer);
        return sign_hours(as, {shift.id, agrees, {}});
    }
    std::vector<std::string> titles(PersonId person)
    {
        return db.values<std::string>("SELECT l.title_zh AS value FROM inbox_items i JOIN inbox_letters l ON l.county = i.county AND "
                                      "l.id = i.letter WHERE i.county = $1 AND i.person = $2 ORDER BY i.id",
            county, person);
    }

    RosterId roster;
    DutyPostId post;
    PersonId zhou;
    Viewer second_head;
};

TEST_F(Rosters, a_term_is_laid_on_school_days_and_a_family_serves_once_a_week)
{
    auto const outcome = plan();

    std::map<std::string, int> weekly;
    for (auto const& one : shifts()) {
        EXPECT_LE((days_since_1970(day_at(one.starts_at)) + 3) % 7, 4);
        if (one.person)
            ++weekly[std::to_string((days_since_1970(day_at(one.starts_at)) + 3) / 7) + "/" + std::to_string(one.person->id.value)];
    }
    EXPECT_LE(outcome.most - outcome.fewest, 1);
    EXPECT_GT(outcome.gaps, 0) << "two families cannot fill five days a week";
    for (auto const& [key, count] : weekly)
        EXPECT_EQ(count, 1) << key;
}

TEST_F(Rosters, nobody_serves_on_a_holiday_and_a_day_that_the_county_takes_off)
{
    auto as_head = by(head);
    auto county_call = at(root);
    calendar::add_day(county_call, {Day{20260311}, Day{20260311}, calendar::CountyDayKind::day_off, Text<1, 60>("运动会")});

    plan_roster(as_head, {roster});

    for (auto const& one : shifts())
        EXPECT_NE(day_at(one.starts_at).number, 20260311);
    auto const all = call.db.values<std::int64_t>("SELECT day AS value FROM roster_shifts WHERE county = $1 AND day = 20260406", county);
    EXPECT_THAT(all, IsEmpty()) << "Qingming 2026: Monday, 6 April is a day off";
}

TEST_F(Rosters, planning_again_after_publication_fills_gaps_and_moves_nobody)
{
    plan();
    publish();
    auto const before = shifts();
    auto as_head = by(head);
    AddMember more;
    more.roster = roster;
    more.person = father;
    add_member(as_head, more);

    plan();

    auto const now = shifts();
    ASSERT_EQ(before.size(), now.size());
    for (std::size_t i = 0; i < before.size(); ++i)
        EXPECT_FALSE(before[i].person && now[i].person->id != before[i].person->id);
}

TEST_F(Rosters, coming_and_going_by_the_code_is_an_entry_for_the_childs_class)
{
    plan();
    publish();

    auto const done = serve(first_of(mother), mother);

    EXPECT_EQ(done.state, ShiftState::done);
    EXPECT_EQ(done.minutes, 40) << "what lies before and after the turn is not counted";
    EXPECT_EQ(minutes_in_ledger(), 40);
    auto const unit = db.value<OrganisationId>("SELECT unit AS value FROM entries WHERE county = $1 AND kind = 'volunteer.duty'", county);
    EXPECT_EQ(unit->value, first.value);
}

TEST_F(Rosters, a_late_arrival_counts_from_then_on_and_scanning_twice_changes_nothing)
{
    plan();
    publish();
    auto const shift = first_of(mother);

    scan(shift, mother, 10, true);
    auto const again = scan(shift, mother, 20, true);
    scan(shift, mother, 41, false);
    auto const done = scan(shift, mother, 42, false);

    EXPECT_EQ(day_at(*again.arrived_at), day_at(shift.starts_at));
    EXPECT_EQ(done.minutes, 30);
    EXPECT_EQ(minutes_in_ledger(), 30);
}

TEST_F(Rosters, a_wrong_code_a_code_of_yesterday_and_the_old_paper_are_refused_and_the_paper_counts_in_its_time)
{
    plan();
    publish();
    auto const shift = first_of(mother);
    auto as_head = by(head);
    auto const old_paper = show_poster(as_head, {post}).code;
    auto const paper = renew_poster(as_head, {post}).code;
    auto as = by(mother);
    EXPECT_THROW(arrive(as, {shift.id, Text<6, 8>(paper)}), ApiError) << "long before the turn";
    clock.set(shift.starts_at);
    auto now = by(mother);

    EXPECT_THROW(arrive(now, {shift.id, Text<6, 8>(old_paper)}), ApiError);
    EXPECT_EQ(arrive(now, {shift.id, Text<6, 8>(paper)}).source, Source::paper);
    auto other = by(zhou);
    EXPECT_THROW(arrive(other, {shift.id, Text<6, 8>(paper)}), ApiError) << "not their turn";
}

TEST_F(Rosters, hours_by_hand_count_once_a_second_person_signed)
{
    plan();
    publish();
    auto const shift = first_of(mother);
    after(shift);

    enter(shift, head, 40);
    EXPECT_EQ(minutes_in_ledger(), 0);
    EXPECT_THROW(sign(shift, head), ApiError) << "whoever entered them";
    auto const done = sign(shift, second_head);

    EXPECT_EQ(done.state, ShiftState::done);
    EXPECT_EQ(done.source, Source::hand);
    EXPECT_EQ(minutes_in_ledger(), 40);
}

TEST_F(Rosters, who_served_may_claim_but_not_sign_though_leading_the_duties)
{
    auto as_head = by(head);
    change_member(as_head, {{}, roster, mother, true, false});
    plan();
    publish();
    auto const shift = first_of(mother);
    after(shift);
    auto as = by(mother);
    enter_hours(as, {shift.id, {40}, Text<2, 200>("手机没电")});

    EXPECT_THROW(sign_hours(as, {shift.id, true, {}}), ApiError);
    EXPECT_EQ(sign(shift, head, false).state, ShiftState::planned);
    EXPECT_EQ(minutes_in_ledger(), 0);
}

TEST_F(Rosters, a_correction_reverses_the_entry_and_waits_for_a_signature_and_leaves_a_trail)
{
    plan();
    publish();
    auto const shift = serve(first_of(mother), mother);
    auto as_head = by(head);

    correct_hours(as_head, {shift.id, {20}, Text<2, 200>("提前离开")});
    EXPECT_EQ(minutes_in_ledger(), 0);
    sign(shift, second_head);

    EXPECT_EQ(minutes_in_ledger(), 20);
    ListChanges all;
    all.id = roster;
    auto const trail = list_changes(as_head, all).items;
    ASSERT_THAT(trail, SizeIs(2));
    EXPECT_EQ(trail[1].kind, ChangeKind::corrected);
    EXPECT_EQ(trail[1].before_minutes, 40);
    EXPECT_EQ(trail[1].reason, "提前离开");
    EXPECT_EQ(trail[0].kind, ChangeKind::confirmed);
}

TEST_F(Rosters, two_turns_change_hands_at_once_when_the_colleague_agrees)
{
    plan();
    publish();
    auto const mine = first_of(mother);
    auto const theirs = first_of(zhou);
    auto as = by(mother);
    AskSwap ask{mine.id, SwapKind::swap, theirs.id, {}};
    auto const question = ask_swap(as, ask);
    EXPECT_THROW(ask_swap(as, ask), ApiError) << "one question a turn";

    auto as_zhou = by(zhou);
    accept_swap(as_zhou, {question.id, {}});

    for (auto const& one : shifts()) {
        EXPECT_FALSE(one.id == mine.id && one.person->id != zhou);
        EXPECT_FALSE(one.id == theirs.id && one.person->id != mother);
    }
    EXPECT_THROW(accept_swap(as_zhou, {question.id, {}}), ApiError);
    EXPECT_THAT(show_own(as_zhou, {}).swaps, IsEmpty());
}

TEST_F(Rosters, everybody_is_asked_to_cover_and_the_first_who_says_yes_has_it)
{
    plan();
    publish();
    auto const mine = first_of(mother);
    auto as = by(mother);
    auto const question = ask_swap(as, {mine.id, SwapKind::cover, {}, {}});
    auto as_zhou = by(zhou);
    ASSERT_THAT(show_own(as_zhou, {}).swaps, SizeIs(1));

    accept_swap(as_zhou, {question.id, {}});

    bool has = false;
    for (auto const& one : own(zhou))
        has = has || one.id == mine.id;
    EXPECT_TRUE(has);
    auto as_father = by(father);
    EXPECT_THROW(accept_swap(as_father, {question.id, {}}), ApiError) << "is not on the roster";
}

TEST_F(Rosters, a_turn_is_given_back_until_a_day_before_and_not_later)
{
    plan();
    publish();
    auto const shift = first_of(mother);
    clock.set(Instant{shift.starts_at.milliseconds - 23 * 60 * minute});
    auto late = by(mother);
    EXPECT_THROW(give_back(late, {shift.id}), ApiError);

    clock.set(Instant{shift.starts_at.milliseconds - 25 * 60 * minute});
    auto in_time = by(mother);
    give_back(in_time, {shift.id});

    for (auto const& one : shifts())
        EXPECT_FALSE(one.id == shift.id && one.person);
}

TEST_F(Rosters, who_serves_tomorrow_is_told_once_in_the_evening)
{
    plan();
    publish();
    auto const shift = first_of(mother);
    Instant const midnight = start_of(plus_days(day_at(shift.starts_at), -1));
    clock.set(Instant{midnight.milliseconds + 17 * 60 * minute});
    auto afternoon = by(the_system());
    EXPECT_EQ(remind_now(afternoon), 0);

    clock.set(Instant{midnight.milliseconds + 18 * 60 * minute});
    auto evening = by(the_system());
    EXPECT_EQ(remind_now(evening), 1);
    EXPECT_EQ(remind_now(evening), 0);
}

TEST_F(Rosters, a_turn_stands_in_the_calendar_once_it_is_published)
{
    plan();
    auto as = by(mother);
    std::vector<directory::Happening> items;
    std::vector<std::int64_t> const people{mother.value};
    directory::HappeningsAsked const asked{people, start_of(Day{20260305}), start_of(Day{20260410}), true, &items};
    events.publish(as, asked);
    EXPECT_THAT(items, IsEmpty());

    publish();
    events.publish(as, asked);

    ASSERT_FALSE(items.empty());
    EXPECT_EQ(items.front().kind, directory::HappeningKind::duty);
    EXPECT_EQ(items.front().place, "滨江路北门");
}

TEST_F(Rosters, police_come_in_by_their_station_and_name_and_are_no_volunteers)
{
    auto const station = add(root, "department", "滨江派出所", {});
    directory::CreateStaff officer;
    officer.name = Text<1, 60>("马警官");
    officer.organisation = station;
    officer.role = "department_official";
    auto const ma = directory::create_staff(call, officer).id;
    auto as_head = by(head);
    AddMember input;
    input.roster = roster;
    input.sort = Sort::police;
    input.organisation = station;
    input.name = Text<1, 60>("牛警官");
    EXPECT_THROW(add_member(as_head, input), ApiError);
    input.name = Text<1, 60>("马警官");
    add_member(as_head, input);
    DutyPostContent crossing;
    crossing.name = Text<1, 60>("路口");
    crossing.weekdays = {{4}, {5}};
    crossing.from_minute = {450};
    crossing.until_minute = {490};
    crossing.police = {1};
    AddPost more;
    static_cast<DutyPostContent&>(more) = crossing;
    more.roster = roster;
    post = add_post(as_head, more).posts.back().id;
    plan();
    publish();

    auto const done = serve(first_of(ma), ma);

    EXPECT_EQ(done.state, ShiftState::done);
    EXPECT_EQ(minutes_in_ledger(), 0);
}

TEST_F(Rosters, the_record_is_what_the_ledger_says_and_a_request_to_correct_it_has_a_deadline)
{
    plan();
    publish();
    serve(first_of(mother), mother);
    auto as = by(mother);
    auto const record = show_own_record(as, {});
    ASSERT_THAT(record.lines, SizeIs(1));
    EXPECT_EQ(record.minutes, 40);
    EXPECT_EQ(record.lines[0].name, "护学岗");
    EXPECT_EQ(record.lines[0].place, "滨江路北门");

    AskCorrection ask;
    ask.entry = record.lines[0].entry;
    ask.words = Text<2, 500>("我待到了八点半");
    auto const asked = ask_correction(as, ask);
    EXPECT_EQ(ask_correction(as, ask).id.value, asked.id.value) << "asking again is the same request";
    EXPECT_EQ(asked.due.number, plus_days(as.today(), 15).number);
    EXPECT_EQ(asked.organisation.id.value, school.value);
    auto as_zhou = by(zhou);
    EXPECT_THROW(ask_correction(as_zhou, ask), ApiError) << "another's line";

    auto as_head = by(head);
    AnswerCorrection answer;
    answer.id = asked.id;
    answer.answer = Text<2, 500>("以签退时间为准");
    answer_correction(as_head, answer);
    EXPECT_EQ(show_own_record(as, {}).corrections[0].state, CorrectionState::kept);
    EXPECT_TRUE(own_certificate(as, {}).bytes.starts_with("%PDF"));
}

TEST_F(Rosters, who_leaves_leaves_gaps_and_an_erased_person_only_what_the_ledger_stands_on)
{
    plan();
    publish();
    auto const done = serve(first_of(mother), mother);
    auto as = by(mother);

    leave_roster(as, {roster});

    for (auto const& one : shifts())
        EXPECT_FALSE(one.person && one.person->id == mother && one.id != done.id);
    events.publish(as, directory::PersonErased{mother});
    EXPECT_THAT(show_own(as, {}).items, IsEmpty());
    EXPECT_EQ(minutes_in_ledger(), 40);
}

TEST_F(Rosters, whoever_does_not_run_it_finds_no_roster)
{
    auto as_teacher = by(teacher);
    EXPECT_THROW(show_roster(as_teacher, {roster}), ApiError);
    EXPECT_THROW(plan_roster(as_teacher, {roster}), ApiError);
    auto as = by(mother);
    EXPECT_THROW(show_roster(as, {roster}), ApiError) << "serves, but does not lead";
    auto as_head = by(head);
    change_member(as_head, {{}, roster, mother, true, false});
    EXPECT_EQ(show_roster(as, {roster}).may_manage, false);
    auto as_zhou = by(zhou);
    JoinRoster unknown;
    unknown.id = RosterId{12345};
    EXPECT_THROW(join_roster(as_zhou, unknown), ApiError);
}

} // namespace
} // namespace concentric::rosters
