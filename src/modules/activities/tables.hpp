#pragma once

#include "modules/directory/posts.hpp"

// The rows of this module's tables, and the words that events are told apart by.
namespace concentric::activities {

using ActivityId = Id<struct ActivityTag>;

// Who is meant to come. To `pupils` a carer brings a child; what is for `everybody` is for families and staff.
enum class Audience { families, staff, pupils, everybody };
BOOST_DESCRIBE_ENUM(Audience, families, staff, pupils, everybody)

enum class ActivityState { announced, cancelled, closed };
BOOST_DESCRIBE_ENUM(ActivityState, announced, cancelled, closed)

enum class Part { audience, partner, leader };
BOOST_DESCRIBE_ENUM(Part, audience, partner, leader)

enum class SignUpState { placed, waiting, cancelled };
BOOST_DESCRIBE_ENUM(SignUpState, placed, waiting, cancelled)

// How it is known that somebody was there.
enum class PresenceSource { code, list, log };
BOOST_DESCRIBE_ENUM(PresenceSource, code, list, log)

enum class ActivityNoticeKind { reminder, placed, offered, lapsed, changed, cancelled };

struct ActivityRow {
    std::int64_t county = 0;
    ActivityId id, series; // series: the first of the timetable; 0 for what happens once
    OrganisationId organiser, resource;
    std::string kind, title, summary, search;
    Instant starts_at, ends_at;
    std::string place, link;
    Audience audience = Audience::families;
    std::int64_t capacity = 0; // 0: as many as come
    bool needs_sign_up = false;
    std::int64_t remind_minutes = 0; // before the start; 0: nobody is reminded
    Instant reminded_at;
    ActivityState state = ActivityState::announced;
    std::string reason; // of a cancellation
    std::int64_t replay = 0; // a lesson of learning
    std::int64_t round = 0; // how often it was closed
    PersonId created_by;
    Instant created_at;
    PersonId closed_by;
    Instant closed_at;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(ActivityRow, (),
    (county, id, series, organiser, resource, kind, title, summary, search, starts_at, ends_at, place, link, audience, capacity,
        needs_sign_up, remind_minutes, reminded_at, state, reason, replay, round, created_by, created_at, closed_by, closed_at,
        version))

struct PartyRow {
    std::int64_t county = 0;
    ActivityId activity;
    Part part = Part::audience;
    std::int64_t party = 0;
};
BOOST_DESCRIBE_STRUCT(PartyRow, (), (county, activity, part, party))

struct SignUpRow {
    std::int64_t county = 0;
    ActivityId activity;
    PersonId person, student; // of a pupil's own place both are the pupil
    SignUpState state = SignUpState::placed;
    std::int64_t number = 0; // in the order of signing up
    PersonId signed_by;
    Instant changed_at;
    std::int64_t quota = 0; // 0: a place for everybody
    std::int64_t rank = 0; // on the waiting list: below 0 moved to the front by the organiser, above 0 to the end
    bool had_turn = false; // a place this term at another event of this organiser
    std::int64_t together = 0; // the number of the first of those who get their places together; 0: alone
    Instant offered_until; // a free place is held for whoever waits
};
BOOST_DESCRIBE_STRUCT(SignUpRow, (),
    (county, activity, person, student, state, number, signed_by, changed_at, quota, rank, had_turn, together, offered_until))

struct SlotRow {
    std::int64_t county = 0;
    ActivityId activity;
    std::int64_t number = 0; // from 1
    Instant starts_at, ends_at;
    PersonId person, student; // 0: free
    Instant booked_at;
};
BOOST_DESCRIBE_STRUCT(SlotRow, (), (county, activity, number, starts_at, ends_at, person, student, booked_at))

struct PresenceRow {
    std::int64_t county = 0;
    ActivityId activity;
    PersonId person;
    PresenceSource source = PresenceSource::list;
    std::int64_t number = 0; // tells the lines of logs apart; 0 for the others
    PersonId student;
    Instant from_at, until_at;
    ImportId brought_by; // 0 for the others
    PersonId noted_by;
    Instant noted_at;
};
BOOST_DESCRIBE_STRUCT(
    PresenceRow, (), (county, activity, person, source, number, student, from_at, until_at, brought_by, noted_by, noted_at))

struct ResultRow {
    std::int64_t county = 0;
    ActivityId activity;
    EntryId entry;
    PersonId person, student;
    OrganisationId unit;
    std::int64_t minutes = 0;
};
BOOST_DESCRIBE_STRUCT(ResultRow, (), (county, activity, entry, person, student, unit, minutes))

inline Words const the_activity{"活动", "event"};

} // namespace concentric::activities
