#pragma once

#include "core/sealed.hpp"
#include "modules/activities/tables.hpp"
#include "modules/learning/tables.hpp"

// The rows of this module's tables, and the words that instructors, what they offer and bookings are told apart by.
namespace concentric::instructors {

using activities::ActivityId;
using activities::Audience;
using learning::Topic;
using ItemId = Id<struct InstructorItemTag>;
using MembershipId = Id<struct InstructorMembershipTag>;
using BookingId = Id<struct InstructorBookingTag>;
using RatingId = Id<struct InstructorRatingTag>;

// 专家导师团, 名优教师团, 家长讲师团. Source: 天府新区方案 02重点任务(二)2.
enum class Team { expert, teacher, parent };
BOOST_DESCRIBE_ENUM(Team, expert, teacher, parent)

enum class MembershipState { applied, active, refused, withdrawn, ended };
BOOST_DESCRIBE_ENUM(MembershipState, applied, active, refused, withdrawn, ended)

enum class Decision { accepted, refused, renewed, ended };
BOOST_DESCRIBE_ENUM(Decision, accepted, refused, renewed, ended)

// A consultation is for one family and booked by its carer; the others are for an audience, booked by an organisation.
enum class Form { lecture, salon, consultation, workshop };
BOOST_DESCRIBE_ENUM(Form, lecture, salon, consultation, workshop)

enum class Mode { online, on_site };
BOOST_DESCRIBE_ENUM(Mode, online, on_site)

// `waiting`: for an official's look before it is published.
enum class ItemState { draft, waiting, published, refused, withdrawn };
BOOST_DESCRIBE_ENUM(ItemState, draft, waiting, published, refused, withdrawn)

// `proposed`: the instructor named another time; `delivered`: carried out; `missed`: the family did not come.
enum class BookingState { asked, proposed, accepted, declined, cancelled, delivered, missed };
BOOST_DESCRIBE_ENUM(BookingState, asked, proposed, accepted, declined, cancelled, delivered, missed)
inline bool is_open(BookingState state)
{
    return state == BookingState::asked || state == BookingState::proposed || state == BookingState::accepted;
}

struct SchemeRow {
    std::int64_t county = 0;
    std::int64_t certificate_years = 0; // since it was issued; 0: it does not expire
    std::int64_t notice_hours = 48; // a later cancellation is called one at short notice
    bool publishes_at_once = false; // items of the menu need no official's look
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(SchemeRow, (), (county, certificate_years, notice_hours, publishes_at_once, version))

struct TeamRow {
    std::int64_t county = 0;
    Team team = Team::expert;
    std::int64_t term_years = 3;
    std::int64_t review_days = 60; // before the end of a term, from when on it is to be reviewed
};
BOOST_DESCRIBE_STRUCT(TeamRow, (), (county, team, term_years, review_days))

struct InstructorRow {
    std::int64_t county = 0;
    PersonId person;
    std::string introduction;
    std::string certificate_number; // "" without one that holds
    Day certified_from, certified_to; // 0 without
};
BOOST_DESCRIBE_STRUCT(InstructorRow, (), (county, person, introduction, certificate_number, certified_from, certified_to))

struct MembershipRow {
    std::int64_t county = 0;
    MembershipId id;
    PersonId person;
    Team team = Team::expert;
    MembershipState state = MembershipState::applied;
    std::string statement;
    PersonId proposed_by; // 0: applied for by themselves
    Instant applied_at;
    Day from_day, to_day; // of the term; 0 before it is accepted
    EntryId entry;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(
    MembershipRow, (), (county, id, person, team, state, statement, proposed_by, applied_at, from_day, to_day, entry, version))

struct DecisionRow {
    std::int64_t county = 0;
    MembershipId membership;
    Id<struct InstructorDecisionTag> id;
    Decision decision = Decision::accepted;
    std::string reason;
    Day until_day; // of the term from then on; 0 where there is none
    std::int64_t sessions = 0, minutes = 0, ratings = 0, stars = 0; // as they were then; stars of all ratings together
    PersonId decided_by;
    Instant decided_at;
};
BOOST_DESCRIBE_STRUCT(DecisionRow, (),
    (county, membership, id, decision, reason, until_day, sessions, minutes, ratings, stars, decided_by, decided_at))

struct ItemRow {
    std::int64_t county = 0;
    ItemId id;
    PersonId person;
    std::string title, summary, search;
    std::string topics, stages; // names between commas: ",safety,emotions,"
    Audience audience = Audience::families;
    Form form = Form::lecture;
    std::int64_t minutes = 0;
    bool online = false, on_site = false;
    ItemState state = ItemState::draft;
    std::string reason; // why it was refused
    PersonId decided_by;
    Instant changed_at;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(ItemRow, (),
    (county, id, person, title, summary, search, topics, stages, audience, form, minutes, online, on_site, state, reason,
        decided_by, changed_at, version))

struct WindowRow {
    std::int64_t county = 0;
    PersonId person;
    std::int64_t number = 0, weekday = 0; // 1: Monday
    Day day;
    std::int64_t from_minute = 0, until_minute = 0; // of the day
    bool is_away = false;
};
BOOST_DESCRIBE_STRUCT(WindowRow, (), (county, person, number, weekday, day, from_minute, until_minute, is_away))

struct BookingRow {
    std::int64_t county = 0;
    BookingId id;
    ItemId item;
    PersonId instructor, booker;
    OrganisationId organisation; // that asks for it; 0 for a family
    PersonId student; // of a consultation, whom it is about
    std::string title; // as the item was then, with form, audience and minutes
    Form form = Form::lecture;
    std::string kind; // of the event that it becomes
    Audience audience = Audience::families;
    Json invited; // organisations
    std::int64_t expected = 0, minutes = 0; // people, length
    Mode mode = Mode::on_site;
    std::string place, link;
    SealedText message;
    Json wished; // moments
    Instant starts_at, ends_at; // agreed, or proposed; 0 before
    BookingState state = BookingState::asked;
    std::string reason; // of whoever declined, proposed or cancelled
    ActivityId activity;
    EntryId entry, consultation_entry; // of the ledger
    std::int64_t round = 0; // how often it was entered
    Instant created_at, changed_at;
    PersonId changed_by;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(BookingRow, (),
    (county, id, item, instructor, booker, organisation, student, title, form, kind, audience, invited, expected, minutes, mode,
        place, link, message, wished, starts_at, ends_at, state, reason, activity, entry, consultation_entry, round, created_at,
        changed_at, changed_by, version))

struct RatingRow {
    std::int64_t county = 0;
    RatingId id;
    BookingId booking;
    PersonId person, instructor;
    std::int64_t stars = 0;
    std::string words;
    Instant rated_at;
    std::string answer;
    Instant answered_at;
    PersonId hidden_by; // 0: to be read
    Instant hidden_at;
    std::string hidden_because;
};
BOOST_DESCRIBE_STRUCT(RatingRow, (),
    (county, id, booking, person, instructor, stars, words, rated_at, answer, answered_at, hidden_by, hidden_at, hidden_because))

inline Words const the_instructor{"讲师", "instructor"};
inline Words const the_item{"菜单项目", "item of the menu"};
inline Words const the_booking{"预约", "booking"};

} // namespace concentric::instructors
