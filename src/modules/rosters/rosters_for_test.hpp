#pragma once

#include "modules/rosters/rosters.hpp"

#include "modules/families/family_county_for_test.hpp"
#include "modules/ledger/entries.hpp"
#include "modules/ledger/merged_people.hpp"
#include "modules/rosters/attendance.hpp"
#include "modules/rosters/own.hpp"
#include "modules/rosters/planning.hpp"
#include "modules/rosters/telling.hpp"
#include "modules/rosters/volunteers.hpp"

#include <gmock/gmock.h>

// A school's gate with its posts, a mother and another family's father, and who runs it; for this module's tests.
namespace concentric::rosters {

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
            .value<std::int64_t>("SELECT CAST(COALESCE(SUM(minutes), 0) AS BIGINT) AS value FROM entries WHERE county = $1 AND "
                                 "kind = 'volunteer.duty' AND "
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
        return db.values<std::string>(
            "SELECT l.title_zh AS value FROM inbox_items i JOIN inbox_letters l ON l.county = i.county AND "
            "l.id = i.letter WHERE i.county = $1 AND i.person = $2 ORDER BY i.id",
            county, person);
    }

    void ledger_follows_merges() { events.subscribe<directory::PeopleMerged>(ledger::people_merged); }
    PersonId shift_person(ShiftId id)
    {
        return *db.value<PersonId>("SELECT person AS value FROM roster_shifts WHERE county = $1 AND id = $2", county, id);
    }
    ListChanges all_changes() const
    {
        ListChanges all;
        all.id = roster;
        return all;
    }

    RosterId roster;
    DutyPostId post;
    PersonId zhou;
    Viewer second_head;
};

} // namespace concentric::rosters
