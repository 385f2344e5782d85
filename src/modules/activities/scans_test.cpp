#include "modules/activities/scans.hpp"

#include "modules/activities/activities.hpp"
#include "modules/activities/announcing.hpp"
#include "modules/activities/attendance.hpp"
#include "modules/activities/closing.hpp"
#include "modules/activities/scan_lists.hpp"
#include "modules/families/family_county_for_test.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <random>

namespace concentric::activities {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using enum Direction;
using enum ScanOutcome;

using milliseconds::minute;

Instant time_at(int hour, int minutes) { return {start_of({20260305}).milliseconds + (hour * 60 + minutes) * minute}; }
ScanFact fact(int hour, int minutes, Direction direction = in, bool is_undone = false)
{
    return {time_at(hour, minutes), direction, is_undone};
}
SettledScans settled(std::vector<ScanFact> const& facts, CheckType type = CheckType::in_out)
{
    return settle(facts, type, time_at(10, 0));
}
std::vector<std::int64_t> minutes_of(SettledScans const& all)
{
    std::vector<std::int64_t> minutes;
    for (auto const& stretch : all.stretches)
        minutes.push_back((stretch.until.milliseconds - stretch.from.milliseconds) / minute);
    return minutes;
}

TEST(ScanRules, the_first_scan_counts_and_the_others_are_repeated)
{
    auto const all = settled({fact(8, 0), fact(8, 5), fact(8, 9)}, CheckType::once);

    EXPECT_THAT(all.outcomes, ElementsAre(counted, repeated, repeated));
    EXPECT_THAT(minutes_of(all), ElementsAre(120));
    EXPECT_FALSE(all.lacks_out);
}

TEST(ScanRules, whoever_leaves_and_comes_back_has_both_stretches)
{
    auto const all = settled({fact(8, 0), fact(8, 30, out), fact(9, 0), fact(9, 20, out)});

    EXPECT_THAT(all.outcomes, ElementsAre(counted, counted, counted, counted));
    EXPECT_THAT(minutes_of(all), ElementsAre(30, 20));
}

TEST(ScanRules, who_never_checked_out_stays_until_the_end_and_is_told_apart)
{
    auto const all = settled({fact(8, 0), fact(8, 30, out), fact(9, 0)});

    EXPECT_THAT(minutes_of(all), ElementsAre(30, 60));
    EXPECT_TRUE(all.lacks_out);
}

TEST(ScanRules, out_without_in_is_nothing_and_a_scan_that_was_taken_back_makes_room_for_the_next)
{
    EXPECT_THAT(settled({fact(8, 0, out), fact(8, 1)}).outcomes, ElementsAre(unmatched, counted));
    EXPECT_THAT(settled({fact(8, 0, in, true), fact(8, 10)}).outcomes, ElementsAre(undone, counted));
    EXPECT_THAT(settled({fact(8, 0), fact(8, 10, out)}, CheckType::once).outcomes, ElementsAre(counted, unmatched));
}

// Today at eight until ten, for the families of a class; the mother and the father of 李梅 are invited.
struct Gates : families::FamilyCounty {
    Gates()
    {
        activities::subscribe(events);
        clock.set(time_at(8, 0));
        event = announce_at(time_at(8, 0));
    }

    ActivityId announce_at(Instant start)
    {
        AnnounceActivity input;
        input.kind = Text<1, 40>("guidance");
        input.title = Text<1, 120>("讲座");
        input.starts_at = start;
        input.ends_at = {start.milliseconds + 120 * minute};
        input.invited = {first};
        auto as_head = by(head);
        return announce(as_head, input).id;
    }
    void let_in_and_out(ActivityId id)
    {
        auto as_head = by(head);
        set_admission(as_head, {id, CheckType::in_out, {GateName("东门"), GateName("西门")}});
    }
    HandInScans batch(char const* device, std::vector<NewScan> scans) const
    {
        return {event, DeviceName(device), std::move(scans), {}};
    }
    static NewScan scan(std::int64_t number, PersonId person, Instant moment, Direction direction = in)
    {
        NewScan made;
        made.number = {number};
        made.at = moment;
        made.direction = direction;
        made.person = person;
        return made;
    }
    static NewScan scan_of(std::int64_t number, std::string const& code, Instant moment)
    {
        auto made = scan(number, {}, moment);
        made.person.reset();
        made.code = Text<1, 600>(code);
        return made;
    }
    HandedIn hand_in(HandInScans const& input)
    {
        auto as_head = by(head);
        return hand_in_scans(as_head, input);
    }
    std::vector<ScanView> trail(ActivityId id)
    {
        auto as_head = by(head);
        ListScans input;
        input.id = id;
        input.limit = Limit{200};
        return list_scans(as_head, input).items;
    }
    std::vector<Attendee> attendance(ActivityId id)
    {
        auto as_head = by(head);
        ListAttendance input;
        input.id = id;
        return list_attendance(as_head, input).items;
    }
    std::string phone_shows(PersonId person, Instant moment)
    {
        auto const activity = activity_with(call, event).value();
        return code_shown(phone_code(call, activity, person), code_time(activity), moment);
    }
    std::optional<CodeFault> fault_of(std::string const& code, Instant moment)
    {
        return read_attendee_code(call, verifying_keys(db), activity_with(call, event).value(), code, moment).fault;
    }

    ActivityId event;
};

TEST_F(Gates, two_phones_that_scan_the_same_mother_let_her_in_once_and_name_the_second)
{
    hand_in(batch("phone-02", {scan(1, mother, time_at(8, 7))}));
    auto const answer = hand_in(batch("phone-01", {scan(1, mother, time_at(8, 3))}));

    EXPECT_EQ(answer.items.front().outcome, counted);
    EXPECT_EQ(answer.items.front().name, "王芳");
    auto const seen = trail(event);
    ASSERT_EQ(seen.size(), 2U);
    EXPECT_EQ(seen[0].outcome, repeated);
    EXPECT_EQ(seen[0].device, "phone-02");
    EXPECT_EQ(attendance(event).front().minutes, 117);
}

TEST_F(Gates, handing_in_again_changes_nothing_and_gives_the_same_answer)
{
    auto const scans = batch("phone-01", {scan(1, mother, time_at(8, 3)), scan(2, father, time_at(8, 4))});
    auto const first_answer = hand_in(scans);
    clock.advance(std::chrono::hours(3));

    EXPECT_EQ(reflect::to_json(hand_in(scans)), reflect::to_json(first_answer));
    EXPECT_EQ(trail(event).size(), 2U);
}

TEST_F(Gates, a_clock_that_is_ahead_is_taken_back_and_shown)
{
    auto fast = scan(1, mother, time_at(8, 40));
    fast.clock_ahead_ms = ClockAhead{30 * minute};
    hand_in(batch("phone-01", {fast}));
    hand_in(batch("phone-02", {scan(1, mother, time_at(8, 20))}));

    auto const seen = trail(event);
    EXPECT_EQ(seen[1].at, time_at(8, 10));
    EXPECT_EQ(seen[1].outcome, counted);
    EXPECT_TRUE(seen[1].is_clock_doubtful);
}

TEST_F(Gates, nobody_is_let_in_by_hand_whom_the_event_neither_knows_nor_invites_nor_on_another_day)
{
    auto const answer = hand_in(batch("phone-01", {scan(1, mei, time_at(8, 3)), scan(2, mother, time_at(60, 0))}));

    EXPECT_EQ(answer.items[0].refusal, ScanRefusal::not_invited);
    EXPECT_EQ(answer.items[1].refusal, ScanRefusal::out_of_time);
    EXPECT_THAT(trail(event), IsEmpty());
}

TEST_F(Gates, whoever_does_not_run_the_event_hands_nothing_in_for_it)
{
    auto as_mother = by(mother);
    EXPECT_EQ(error_of([&] { hand_in_scans(as_mother, batch("phone-01", {})); }).kind, ErrorKind::not_found);
}

TEST_F(Gates, a_code_lets_in_during_its_minutes_and_a_picture_of_it_does_not_later)
{
    auto const code = phone_shows(mother, time_at(8, 10));

    EXPECT_FALSE(fault_of(code, time_at(8, 10)));
    EXPECT_FALSE(fault_of(code, time_at(8, 12)));
    EXPECT_EQ(fault_of(code, time_at(8, 13)), CodeFault::old);
    EXPECT_EQ(fault_of(code, time_at(8, 7)), CodeFault::old);
    EXPECT_FALSE(fault_of(phone_shows(mother, time_at(9, 59)), time_at(9, 59)));
    EXPECT_FALSE(fault_of(phone_shows(mother, time_at(7, 0)), time_at(7, 0)));
}

TEST_F(Gates, no_other_text_is_a_code)
{
    auto const code = phone_shows(mother, time_at(8, 10));
    auto changed = code;
    changed[changed.find("." + std::to_string(mother.value)) + 1] ^= 1;
    auto const static_part = code.substr(0, code.rfind('.'));

    for (auto const& text : {changed, static_part, static_part + ".", static_part + ".AAAAAAAAAAAAAAAAAAAAAA", code + ".x",
             code + "x", std::string("CC1........"), std::string("CC1"), std::string()})
        EXPECT_EQ(fault_of(text, time_at(8, 10)), CodeFault::wrong) << text;
}

TEST_F(Gates, a_code_of_another_event_and_one_on_paper_are_told_apart)
{
    auto const other = activity_with(call, announce_at(time_at(8, 0))).value();
    auto const paper = paper_code(call, activity_with(call, event).value(), father).text;

    EXPECT_EQ(fault_of(paper_code(call, other, mother).text, time_at(8, 10)), CodeFault::other_event);
    auto const answer = hand_in(
        batch("phone-01", {scan_of(1, paper, time_at(8, 30)), scan_of(2, phone_shows(mother, time_at(8, 5)), time_at(8, 5))}));
    EXPECT_EQ(answer.items[0].person, father);
    auto const seen = trail(event);
    EXPECT_EQ(seen[0].means, ScanMeans::paper);
    EXPECT_EQ(seen[1].means, ScanMeans::code);
}

TEST_F(Gates, an_event_of_three_days_has_steps_of_as_many_minutes)
{
    db.execute(
        "UPDATE activities SET ends_at = $1 WHERE id = $2", Instant{time_at(8, 0).milliseconds + 3 * 24 * 60 * minute}, event);
    auto const time = code_time(activity_with(call, event).value());
    auto const later = Instant{time_at(8, 0).milliseconds + 50 * 60 * minute};

    EXPECT_EQ(time.minutes_a_step(), 4);
    EXPECT_LE(time.steps(), steps_a_day);
    EXPECT_FALSE(fault_of(phone_shows(mother, later), later));
}

TEST_F(Gates, taking_a_scan_back_keeps_it_in_the_trail_with_who_and_when)
{
    hand_in(batch("phone-01", {scan(1, mother, time_at(8, 3))}));
    auto back = batch("phone-02", {});
    back.undone.push_back({DeviceName("phone-01"), {1}, time_at(8, 5), {}});
    hand_in(back);

    auto const seen = trail(event);
    EXPECT_EQ(seen.front().outcome, undone);
    EXPECT_EQ(seen.front().undone_at, time_at(8, 5));
    EXPECT_THAT(attendance(event), IsEmpty());
}

TEST_F(Gates, what_comes_after_the_closing_is_kept_and_counts_once_it_is_opened_again)
{
    hand_in(batch("phone-01", {scan(1, mother, time_at(8, 3))}));
    clock.set(time_at(11, 0));
    auto as_head = by(head);
    close_activity(as_head, {event});
    clock.set(time_at(12, 0));
    hand_in(batch("phone-02", {scan(1, father, time_at(8, 4))}));

    EXPECT_EQ(attendance(event).size(), 1U);
    EXPECT_TRUE(trail(event).front().is_late);
    auto later = by(head);
    EXPECT_EQ(show_admission(later, {event}).late, 1);
    EXPECT_EQ(reopen_activity(later, {event, Text<2, 500>("离线的手机回来了")}).present, 2);
    EXPECT_EQ(close_activity(later, {event}).result->participants, 2);
}

TEST_F(Gates, two_records_that_turn_out_to_be_one_person_have_one_stretch)
{
    let_in_and_out(event);
    hand_in(batch("phone-01", {scan(1, mother, time_at(8, 0)), scan(2, father, time_at(8, 30), out)}));
    events.publish(call, directory::PeopleMerged{mother, father});

    auto const all = attendance(event);
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all.front().minutes, 30);
    EXPECT_EQ(all.front().left_at, time_at(8, 30));
}

TEST_F(Gates, whoever_is_erased_leaves_no_scan)
{
    hand_in(batch("phone-01", {scan(1, mother, time_at(8, 3))}));
    auto back = batch("phone-01", {});
    back.undone.push_back({DeviceName("phone-01"), {1}, time_at(8, 5), {}});
    hand_in(back);
    events.publish(call, directory::PersonErased{mother});

    EXPECT_EQ(db.value<std::int64_t>("SELECT count(*) AS value FROM activity_scans"), 0);
    EXPECT_EQ(db.value<std::int64_t>("SELECT count(*) AS value FROM activity_scan_undoings"), 0);
}

// Whatever order batches come in, and however often each: what stands afterwards is the same.
struct Order : Gates {
    using Work = std::function<void(ActivityId)>;

    std::vector<Work> random_day(std::mt19937& random)
    {
        auto const pick = [&](int most) { return static_cast<int>(random() % static_cast<unsigned>(most)); };
        std::vector<Work> works;
        for (char const* device : {"phone-01", "phone-02", "console-1"}) {
            std::int64_t number = 0;
            for (int i = 0; i < 3; ++i) {
                HandInScans one{{}, DeviceName(device), {}, {}};
                for (int j = 0; j <= pick(3); ++j) {
                    auto made = scan(++number, pick(2) ? mother : father, time_at(7, 50 + pick(120)), pick(3) ? in : out);
                    made.clock_ahead_ms = ClockAhead{(device[6] - '0') * minute};
                    made.gate = Text<0, 40>(pick(2) ? "东门" : "西门");
                    one.scans.push_back(made);
                }
                if (pick(2))
                    one.undone.push_back({DeviceName(pick(2) ? "phone-01" : "phone-02"), {1 + pick(5)}, time_at(9, pick(3)), {}});
                works.push_back([this, one](ActivityId id) mutable {
                    one.id = id;
                    hand_in(one);
                });
            }
        }
        works.push_back([this, moment = time_at(8, pick(100))](ActivityId id) {
            auto as_father = by(father);
            add_own_scan(as_father, activity_with(call, id).value(), {father, mei}, in, moment);
        });
        return works;
    }

    std::string what_stands(ActivityId id)
    {
        std::string all;
        for (auto view : trail(id)) {
            view.received_at = {};
            reflect::write(all, reflect::type_of<ScanView>, &view);
        }
        for (auto const& row : presence_in(call, id))
            all += fmt::format("\n{} {} {} {}", row.person.value, row.number, row.from_at.milliseconds, row.until_at.milliseconds);
        return all;
    }
};

TEST_F(Order, of_batches_from_two_phones_and_edits_on_the_server_makes_no_difference)
{
    std::mt19937 random(20260305);
    for (int day = 0; day < 12; ++day) {
        auto works = random_day(random);
        std::string first_result;
        for (int turn = 0; turn < 6; ++turn) {
            auto const id = announce_at(time_at(8, 0));
            let_in_and_out(id);
            for (auto const& work : works) {
                work(id);
                if (random() % 3 == 0)
                    works[random() % works.size()](id);
            }
            auto const result = what_stands(id);
            first_result = turn == 0 ? result : first_result;
            ASSERT_EQ(result, first_result) << "day " << day << ", turn " << turn;
            std::ranges::shuffle(works, random);
        }
    }
}

} // namespace
} // namespace concentric::activities
