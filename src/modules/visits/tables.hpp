#pragma once

#include "core/sealed.hpp"

// The rows of this module's tables, and the words that visits are told apart by.
namespace concentric::visits {

using CampaignId = Id<struct VisitCampaignTag>;
using TeamId = Id<struct VisitTeamTag>;
using VisitId = Id<struct VisitTag>;
using VisitEditId = Id<struct VisitEditTag>; // made where it was written

enum class CampaignState { open, closed };
BOOST_DESCRIBE_ENUM(CampaignState, open, closed)

// asked: waits for the family's wish; moved: the family asks for another time than the one it was told.
enum class VisitState { asked, wished, planned, published, confirmed, moved, done, declined };
BOOST_DESCRIBE_ENUM(VisitState, asked, wished, planned, published, confirmed, moved, done, declined)
inline bool is_told(VisitState state) { return state == VisitState::published || state == VisitState::confirmed; }
inline bool is_over(VisitState state) { return state == VisitState::done || state == VisitState::declined; }

// Asked before anybody comes. Source: 天府新区方案 02重点任务(三)3 (在入户家访前，可征求家长意愿).
enum class Wish { unknown, home, school, neutral, online, not_now };
BOOST_DESCRIBE_ENUM(Wish, unknown, home, school, neutral, online, not_now)

// How it is known that somebody was there: the family's changing code, or its word afterwards.
enum class Proof { none, code, family };
BOOST_DESCRIBE_ENUM(Proof, none, code, family)

enum class Side { family, school };
BOOST_DESCRIBE_ENUM(Side, family, school)

// Some minutes of a day of every week.
struct WeeklyTime {
    Within<1, 7> weekday; // 1: Monday
    Within<0, 1440> from_minute, until_minute; // of the day
};
BOOST_DESCRIBE_STRUCT(WeeklyTime, (), (weekday, from_minute, until_minute))
using WeeklyTimes = std::vector<WeeklyTime>;

// Where a family is met. Degrees of WGS 84.
struct Place {
    Text<0, 200> address;
    std::optional<double> latitude, longitude;
};
BOOST_DESCRIBE_STRUCT(Place, (), (address, latitude, longitude))

struct CampaignRow {
    std::int64_t county = 0;
    CampaignId id;
    OrganisationId school;
    std::string title;
    Day from_day, to_day;
    std::int64_t minutes = 40, most_a_day = 4, metres_per_minute = 250;
    Json base; // a Place: where the tours begin
    CampaignState state = CampaignState::open;
    JobId job; // that plans, or planned last
    Instant planned_at;
    std::int64_t metres = 0; // of the tours planned last
    bool asks_geocoder = false; // addresses may be sent to the service of the settings
    PersonId created_by;
    Instant created_at;
    std::int64_t version = 1;
    Instant closed_at; // 0 while it is open
};
BOOST_DESCRIBE_STRUCT(CampaignRow, (),
    (county, id, school, title, from_day, to_day, minutes, most_a_day, metres_per_minute, base, state, job, planned_at, metres,
        asks_geocoder, created_by, created_at, version, closed_at))

struct TeamRow {
    std::int64_t county = 0;
    TeamId id;
    CampaignId campaign;
    OrganisationId class_; // whose families it visits; 0: anybody's
};
BOOST_DESCRIBE_STRUCT(TeamRow, (), (county, id, campaign, class_))

struct MemberRow {
    std::int64_t county = 0;
    TeamId team;
    PersonId person;
    bool is_leader = false;
    Json hours; // WeeklyTimes
};
BOOST_DESCRIBE_STRUCT(MemberRow, (), (county, team, person, is_leader, hours))

struct VisitRow {
    std::int64_t county = 0;
    VisitId id;
    CampaignId campaign;
    PersonId student;
    OrganisationId class_;
    VisitState state = VisitState::asked;
    Wish wish = Wish::unknown;
    SealedText reason; // of a wish other than at home, or of another time
    Json times{"[]"}; // WeeklyTimes that the family named; none: any
    SealedText place; // a Place; "" while nobody knows it
    std::int64_t priority = 3;
    PersonId answered_by;
    TeamId team;
    Instant starts_at; // 0 while it is not planned
    std::int64_t minutes = 0;
    bool is_pinned = false; // laid by hand: planning leaves it where it is
    std::string left_because; // an Unplanned of the planner
    Proof proof = Proof::none;
    Instant proved_at;
    std::string form; // of the record; "" before
    SealedText record; // a VisitRecord; "" before
    PersonId recorded_by;
    EntryId entry, declined_entry; // of the ledger
    std::int64_t round = 0; // how often something of it was entered
    Instant changed_at;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(VisitRow, (),
    (county, id, campaign, student, class_, state, wish, reason, times, place, priority, answered_by, team, starts_at, minutes,
        is_pinned, left_because, proof, proved_at, form, record, recorded_by, entry, declined_entry, round, changed_at, version))

struct PointRow {
    std::int64_t county = 0;
    VisitId visit;
    std::int64_t number = 0;
    Side side = Side::family;
    SealedText words;
    Day due_day; // 0: no day
    Instant done_at;
    PersonId done_by;
};
BOOST_DESCRIBE_STRUCT(PointRow, (), (county, visit, number, side, words, due_day, done_at, done_by))

// What somebody changed of a visit's record in one go (lib/field_merge.hpp).
struct EditRow {
    std::int64_t county = 0;
    VisitId visit;
    VisitEditId edit;
    PersonId author;
    Instant written_at;
    Json saw{"[]"}; // edits that whoever wrote it had before them
    SealedText fields; // JSON: what it wrote of each, null where that was replaced or taken out
};
BOOST_DESCRIBE_STRUCT(EditRow, (), (county, visit, edit, author, written_at, saw, fields))

// An edit that was written before its campaign was closed and came afterwards.
struct CorrectionRow {
    std::int64_t county = 0;
    VisitId visit;
    VisitEditId edit;
    CampaignId campaign;
    PersonId author;
    Instant written_at, arrived_at;
    Json fields{"[]"}; // names of those that it changed
    std::int64_t minutes_before = 0, minutes_after = 0;
    EntryId entry_before, entry_after;
    Instant read_at;
    PersonId read_by;
};
BOOST_DESCRIBE_STRUCT(CorrectionRow, (),
    (county, visit, edit, campaign, author, written_at, arrived_at, fields, minutes_before, minutes_after, entry_before,
        entry_after, read_at, read_by))

// A team on its way on one day.
struct OutingRow {
    std::int64_t county = 0;
    TeamId team;
    Day day;
    Instant left_at;
    PersonId left_by;
    Instant back_at; // 0 while it is out
    PersonId back_by;
    Instant told_at; // when leaders were told that it is not back; 0: never
};
BOOST_DESCRIBE_STRUCT(OutingRow, (), (county, team, day, left_at, left_by, back_at, back_by, told_at))

inline Words const the_campaign{"家访计划", "visit campaign"};
inline Words const the_team{"家访小组", "visiting team"};
inline Words const the_visit{"家访", "visit"};

using milliseconds::minute;

} // namespace concentric::visits
