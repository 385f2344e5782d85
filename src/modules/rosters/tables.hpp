#pragma once

#include "core/sealed.hpp"

// The rows of this module's tables, and the words that duties are told apart by.
namespace concentric::rosters {

using RosterId = Id<struct RosterTag>;
using DutyPostId = Id<struct DutyPostTag>;
using ShiftId = Id<struct ShiftTag>;
using SwapId = Id<struct SwapTag>;
using ChangeId = Id<struct RosterChangeTag>;
using NoteId = Id<struct VolunteerNoteTag>;
using CorrectionId = Id<struct VolunteerCorrectionTag>;

enum class RosterKind { safety_duty, class_care, other };
BOOST_DESCRIBE_ENUM(RosterKind, safety_duty, class_care, other)

enum class RosterState { draft, published, closed };
BOOST_DESCRIBE_ENUM(RosterState, draft, published, closed)

// Whom a place is for. Parents and people of the community serve as volunteers; staff and police do so in office.
enum class Sort { parent, staff, police, community };
BOOST_DESCRIBE_ENUM(Sort, parent, staff, police, community)
inline bool is_volunteer(Sort sort) { return sort == Sort::parent || sort == Sort::community; }

// claimed: entered by hand, and waiting for a second person's signature.
enum class ShiftState { planned, present, claimed, done };
BOOST_DESCRIBE_ENUM(ShiftState, planned, present, claimed, done)

// How it is known that somebody was there: the leader's changing code, the paper at the post, or somebody's word.
enum class Source { none, code, paper, hand };
BOOST_DESCRIBE_ENUM(Source, none, code, paper, hand)

enum class SwapKind { swap, cover };
BOOST_DESCRIBE_ENUM(SwapKind, swap, cover)
enum class SwapState { open, accepted, declined, withdrawn };
BOOST_DESCRIBE_ENUM(SwapState, open, accepted, declined, withdrawn)

enum class ChangeKind { laid, swapped, covered, given_back, removed, entered, confirmed, rejected, corrected };
BOOST_DESCRIBE_ENUM(ChangeKind, laid, swapped, covered, given_back, removed, entered, confirmed, rejected, corrected)

// What a volunteer's record holds beyond service. Source: 志愿服务记录与证明出具办法(试行) art. 4.
enum class NoteKind { training, award, evaluation };
BOOST_DESCRIBE_ENUM(NoteKind, training, award, evaluation)
enum class CorrectionState { open, corrected, kept };
BOOST_DESCRIBE_ENUM(CorrectionState, open, corrected, kept)

using Weekdays = std::vector<Within<1, 7>>; // 1: Monday

struct RosterRow {
    std::int64_t county = 0;
    RosterId id;
    OrganisationId organisation;
    std::string title;
    RosterKind kind = RosterKind::safety_duty;
    Day from_day, to_day;
    std::int64_t give_back_hours = 24; // before a turn, until when it may be given back
    bool takes_families = true; // families of the school may come in by themselves
    RosterState state = RosterState::draft;
    PersonId created_by;
    Instant created_at;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(RosterRow, (),
    (county, id, organisation, title, kind, from_day, to_day, give_back_hours, takes_families, state, created_by, created_at,
        version))

struct DutyPostRow {
    std::int64_t county = 0;
    DutyPostId id;
    RosterId roster;
    std::string name, place;
    Json weekdays;
    std::int64_t from_minute = 0, until_minute = 0;
    std::int64_t parents = 0, staff = 0, police = 0, community = 0;
    std::int64_t poster = 1; // which paper counts: a new one makes the old worthless
};
BOOST_DESCRIBE_STRUCT(DutyPostRow, (),
    (county, id, roster, name, place, weekdays, from_minute, until_minute, parents, staff, police, community, poster))

struct MemberRow {
    std::int64_t county = 0;
    RosterId roster;
    PersonId person;
    Sort sort = Sort::parent;
    PersonId student; // the child of a parent; the hours belong to its class
    OrganisationId unit; // where whoever is no parent belongs
    bool is_leader = false; // shows the code and vouches for hours
    bool is_paused = false; // gets no new turns
    Json wished{"[]"}, blocked{"[]"};
    Instant joined_at;
};
BOOST_DESCRIBE_STRUCT(
    MemberRow, (), (county, roster, person, sort, student, unit, is_leader, is_paused, wished, blocked, joined_at))

struct ShiftRow {
    std::int64_t county = 0;
    ShiftId id;
    RosterId roster;
    DutyPostId post;
    Day day;
    Instant starts_at, ends_at;
    Sort sort = Sort::parent;
    PersonId person; // 0: a gap
    bool is_pinned = false; // laid by hand: planning leaves it where it is
    ShiftState state = ShiftState::planned;
    Instant arrived_at, left_at;
    Source source = Source::none;
    std::int64_t minutes = 0;
    PersonId entered_by, signed_by; // of hours by hand
    EntryId entry;
    std::int64_t round = 0; // how often it was entered in the ledger
    Instant reminded_at, changed_at;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(ShiftRow, (),
    (county, id, roster, post, day, starts_at, ends_at, sort, person, is_pinned, state, arrived_at, left_at, source, minutes,
        entered_by, signed_by, entry, round, reminded_at, changed_at, version))

struct SwapRow {
    std::int64_t county = 0;
    SwapId id;
    RosterId roster;
    ShiftId shift; // the asker's
    PersonId asked_by, asked; // asked 0: everybody who could
    ShiftId wanted; // of a swap with one colleague, or what was given in exchange
    SwapKind kind = SwapKind::cover;
    SwapState state = SwapState::open;
    PersonId answered_by;
    Instant asked_at, answered_at;
};
BOOST_DESCRIBE_STRUCT(
    SwapRow, (), (county, id, roster, shift, asked_by, asked, wanted, kind, state, answered_by, asked_at, answered_at))

struct ChangeRow {
    std::int64_t county = 0;
    ChangeId id;
    RosterId roster;
    ShiftId shift;
    Instant starts_at; // of the shift
    ChangeKind kind = ChangeKind::laid;
    PersonId before_person, after_person;
    std::int64_t before_minutes = 0, after_minutes = 0;
    SealedText reason;
    PersonId changed_by;
    Instant changed_at;
};
BOOST_DESCRIBE_STRUCT(ChangeRow, (),
    (county, id, roster, shift, starts_at, kind, before_person, after_person, before_minutes, after_minutes, reason, changed_by,
        changed_at))

struct NoteRow {
    std::int64_t county = 0;
    NoteId id;
    PersonId person;
    OrganisationId organisation;
    NoteKind kind = NoteKind::training;
    Day day;
    SealedText words;
    std::int64_t minutes = 0; // of a training
    PersonId noted_by;
};
BOOST_DESCRIBE_STRUCT(NoteRow, (), (county, id, person, organisation, kind, day, words, minutes, noted_by))

struct CorrectionRow {
    std::int64_t county = 0;
    CorrectionId id;
    PersonId person;
    OrganisationId organisation; // that keeps the record
    EntryId entry; // 0: something is missing
    SealedText words;
    CorrectionState state = CorrectionState::open;
    Day due_day;
    SealedText answer;
    Instant asked_at;
    PersonId answered_by;
    Instant answered_at;
};
BOOST_DESCRIBE_STRUCT(
    CorrectionRow, (), (county, id, person, organisation, entry, words, state, due_day, answer, asked_at, answered_by, answered_at))

inline Words const the_roster{"执勤安排", "duty roster"};
inline Words const the_post{"岗位", "duty post"};
inline Words const the_shift{"值勤", "turn of duty"};
inline Words const the_member{"值勤人员", "member of the roster"};

using milliseconds::minute;
// So long before a turn and after it its code is taken.
inline constexpr std::int64_t around = 30 * minute;

} // namespace concentric::rosters
