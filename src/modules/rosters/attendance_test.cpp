#include "modules/rosters/rosters_for_test.hpp"

#include "modules/directory/merges.hpp"
#include "modules/directory/person_data.hpp"

#include <algorithm>

namespace concentric::rosters {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

TEST_F(Rosters, coming_and_going_by_the_code_is_an_entry_for_the_childs_class)
{
    plan();
    publish();

    auto const done = serve(first_of(mother), mother);

    EXPECT_EQ(done.state, ShiftState::done);
    EXPECT_EQ(done.minutes, 40) << "what lies before and after the turn is not counted";
    EXPECT_EQ(minutes_in_ledger(), 40);
    auto const unit
        = db.value<OrganisationId>("SELECT unit AS value FROM entries WHERE county = $1 AND kind = 'volunteer.duty'", county);
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

TEST_F(Rosters, codes_read_without_a_net_count_as_of_when_they_were_read_and_the_first_reading_stays)
{
    plan();
    publish();
    auto const shift = first_of(mother);
    auto const read = [&](std::int64_t after_start) {
        clock.set(Instant{shift.starts_at.milliseconds + after_start * minute});
        auto as_head = by(head);
        return ScanShift{shift.id, Text<6, 8>(show_duty_code(as_head, {post}).code), clock.now()};
    };
    auto const early = read(-3), came = read(5), went = read(35), late = read(38);
    after(shift);
    auto as = by(mother);

    EXPECT_THROW(leave(as, went), ApiError) << "nobody goes who did not come";
    EXPECT_EQ(arrive(as, came).arrived_at->milliseconds, came.code_read_at->milliseconds);
    EXPECT_EQ(arrive(as, early).arrived_at->milliseconds, early.code_read_at->milliseconds) << "another phone had it first";
    EXPECT_EQ(arrive(as, came).arrived_at->milliseconds, early.code_read_at->milliseconds);
    EXPECT_EQ(leave(as, went).minutes, 35);
    EXPECT_EQ(leave(as, late).minutes, 35);
    EXPECT_EQ(minutes_in_ledger(), 35);
}

TEST_F(Rosters, a_code_read_long_ago_in_the_future_or_far_from_the_turn_is_refused)
{
    plan();
    publish();
    auto const shift = first_of(mother);
    clock.set(shift.starts_at);
    auto as_head = by(head);
    ScanShift scan{shift.id, Text<6, 8>(show_duty_code(as_head, {post}).code), clock.now()};
    auto const at = [&](std::int64_t minutes_after_start, std::int64_t read_minutes_after_start) {
        clock.set(Instant{shift.starts_at.milliseconds + minutes_after_start * minute});
        scan.code_read_at = Instant{shift.starts_at.milliseconds + read_minutes_after_start * minute};
        auto as = by(mother);
        return arrive(as, scan);
    };

    EXPECT_THROW(at(7 * 1440 + 1, 0), ApiError) << "more than a week ago";
    EXPECT_THROW(at(0, 10), ApiError) << "read later than now";
    EXPECT_THROW(at(100, 90), ApiError) << "long after the turn";
    EXPECT_THROW(at(20, 10), ApiError) << "the code of another minute";
    EXPECT_EQ(at(20, 1).state, ShiftState::present) << "a minute off: clocks differ";
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
    auto const trail = list_changes(as_head, all_changes()).items;
    ASSERT_THAT(trail, SizeIs(2));
    EXPECT_EQ(trail[1].kind, ChangeKind::corrected);
    EXPECT_EQ(trail[1].before_minutes, 40);
    EXPECT_EQ(trail[1].reason, "提前离开");
    EXPECT_EQ(trail[0].kind, ChangeKind::confirmed);
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
    auto const paper = own_certificate(as, {});
    EXPECT_TRUE(paper.bytes.starts_with("%PDF"));
    EXPECT_TRUE(paper.file_name.starts_with("志愿服务记录证明"));
    EXPECT_TRUE(own_certificate(as, {PaperLanguage::en}).file_name.starts_with("Certificate of volunteer service"));
}

TEST_F(Rosters, duties_of_a_record_that_was_merged_go_on_as_those_of_the_one_that_stays)
{
    ledger_follows_merges();
    plan();
    publish();
    auto const done = serve(first_of(zhou), zhou);
    auto const to_come = own(mother).size() + own(zhou).size();
    auto as_head = by(head);

    directory::merge_carers(as_head, mother, zhou);

    EXPECT_THAT(own(mother), SizeIs(to_come)) << "both served turns of different days";
    EXPECT_THAT(list_members(as_head, {roster}).items, SizeIs(1));
    auto as = by(mother);
    EXPECT_EQ(show_own_record(as, {}).minutes, 40);
    correct_hours(as_head, {done.id, {20}, Text<2, 200>("提前离开")});
    EXPECT_EQ(minutes_in_ledger(), 0) << "the entry that counts is the one of the record that stays";
    sign(done, second_head);
    EXPECT_EQ(minutes_in_ledger(), 20);
}

TEST_F(Rosters, of_two_turns_at_one_time_that_were_of_two_records_one_becomes_a_gap)
{
    auto as_head = by(head);
    auto const gate = show_roster(as_head, {roster}).posts.front();
    AddPost more;
    static_cast<DutyPostContent&>(more) = gate;
    more.name = Text<1, 60>("路口");
    more.roster = roster;
    add_post(as_head, more);
    plan();
    publish();
    auto const mine = own(mother).front();
    auto const all = shifts();
    auto const other = *std::ranges::find_if(
        all, [&](auto const& one) { return one.starts_at == mine.starts_at && one.id != mine.id && one.person; });
    ASSERT_EQ(other.person->id, zhou);

    directory::merge_carers(as_head, mother, zhou);

    for (auto const& one : shifts())
        EXPECT_EQ(one.id == mine.id || one.id == other.id, one.starts_at == mine.starts_at);
    EXPECT_EQ(shift_person(mine.id), mother);
    EXPECT_EQ(shift_person(other.id), PersonId{});
    EXPECT_EQ(list_changes(as_head, all_changes()).items.front().kind, ChangeKind::given_back);
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

} // namespace
} // namespace concentric::rosters
