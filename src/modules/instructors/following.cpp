#include "modules/instructors/following.hpp"

#include "modules/instructors/booking_steps.hpp"
#include "modules/instructors/certificates.hpp"

namespace concentric::instructors {
namespace {

std::optional<BookingRow> booking_of(Call& call, ActivityId activity)
{
    return call.db.row<BookingRow>("SELECT * FROM instructor_bookings WHERE county = $1 AND activity = $2", call.county, activity);
}

struct BookingData {
    std::string title;
    bool as_instructor = false;
    BookingState state = BookingState::asked;
    Instant created_at, starts_at;
    SealedText message;
};
BOOST_DESCRIBE_STRUCT(BookingData, (), (title, as_instructor, state, created_at, starts_at, message))

struct MemberData {
    Team team = Team::expert;
    MembershipState state = MembershipState::applied;
    std::string statement;
    Instant applied_at;
    Day from_day, to_day;
};
BOOST_DESCRIBE_STRUCT(MemberData, (), (team, state, statement, applied_at, from_day, to_day))

struct RatingData {
    std::int64_t stars = 0;
    std::string words, answer;
    Instant rated_at;
};
BOOST_DESCRIBE_STRUCT(RatingData, (), (stars, words, answer, rated_at))

} // namespace

void activity_closed(Call& call, activities::ActivityClosed const& closed)
{
    auto row = booking_of(call, closed.id);
    if (!row || row->state != BookingState::accepted)
        return;
    row->starts_at = closed.time.from;
    row->ends_at = closed.time.until;
    record_delivery(call, *row, closed.minutes);
}

void activity_reopened(Call& call, activities::ActivityReopened const& reopened)
{
    auto const row = booking_of(call, reopened.id);
    if (row && row->state == BookingState::delivered)
        reverse_delivery(call, *row, reopened.reason);
}

void activity_cancelled(Call& call, activities::ActivityCancelled const& cancelled)
{
    auto row = booking_of(call, cancelled.id);
    if (!row || row->state != BookingState::accepted)
        return;
    row->state = BookingState::cancelled;
    row->reason = cancelled.reason;
    store(call, *row);
    tell(call, *row);
}

void activity_moved(Call& call, activities::ActivityMoved const& moved)
{
    auto row = booking_of(call, moved.id);
    if (!row || row->state != BookingState::accepted)
        return;
    call.db.hold({row->instructor.value});
    if (is_taken(call, row->instructor, moved.time, row->id, moved.id))
        throw conflict({"讲师新的时间已有安排，请另选时间。", "The instructor is booked at the new time; choose another."});
    require_certified(call, row->instructor, moved.time.from);
    row->starts_at = moved.time.from;
    row->ends_at = moved.time.until;
    store(call, *row);
    tell(call, *row);
}

// One person may have been an instructor by both records: what the kept one has already stays.
void people_merged(Call& call, directory::PeopleMerged const& merged)
{
    call.db.execute(
        "UPDATE instructor_memberships SET state = 'withdrawn' WHERE county = $1 AND person = $3 AND state IN ('applied', "
        "'active') AND team IN (SELECT team FROM instructor_memberships WHERE county = $1 AND person = $2 AND state IN "
        "('applied', 'active'))",
        call.county, merged.kept, merged.merged);
    call.db.execute("DELETE FROM instructor_ratings WHERE county = $1 AND person = $3 AND booking IN (SELECT booking FROM "
                    "instructor_ratings WHERE county = $1 AND person = $2)",
        call.county, merged.kept, merged.merged);
    for (auto const statement : {"UPDATE instructor_memberships SET person = $2 WHERE county = $1 AND person = $3",
             "UPDATE instructor_items SET person = $2 WHERE county = $1 AND person = $3",
             "UPDATE instructor_bookings SET instructor = $2 WHERE county = $1 AND instructor = $3",
             "UPDATE instructor_bookings SET booker = $2 WHERE county = $1 AND booker = $3",
             "UPDATE instructor_ratings SET person = $2 WHERE county = $1 AND person = $3",
             "UPDATE instructor_ratings SET instructor = $2 WHERE county = $1 AND instructor = $3"})
        call.db.execute(statement, call.county, merged.kept, merged.merged);
    call.db.execute("UPDATE instructor_windows SET person = $2 WHERE county = $1 AND person = $3 AND NOT EXISTS (SELECT 1 FROM "
                    "instructor_windows w WHERE w.county = $1 AND w.person = $2)",
        call.county, merged.kept, merged.merged);
    if (call.db.execute("UPDATE instructors SET person = $2 WHERE county = $1 AND person = $3 AND NOT EXISTS (SELECT 1 FROM "
                        "instructors i WHERE i.county = $1 AND i.person = $2)",
            call.county, merged.kept, merged.merged))
        refresh(call, merged.kept);
}

void removal_asked(Call& call, directory::RemovalAsked const& asked)
{
    for (auto const statement : {"SELECT person AS value FROM instructors WHERE county = $1 AND person ANY_OF($2)",
             "SELECT booker AS value FROM instructor_bookings WHERE county = $1 AND booker ANY_OF($2)",
             "SELECT student AS value FROM instructor_bookings WHERE county = $1 AND student ANY_OF($2)",
             "SELECT organisation AS value FROM instructor_bookings WHERE county = $1 AND organisation ANY_OF($2)",
             "SELECT person AS value FROM instructor_ratings WHERE county = $1 AND person ANY_OF($2)"})
        for (auto const id : call.db.values<std::int64_t>(statement, call.county, db::IntegerList{asked.ids}))
            asked.in_use->insert(id);
}

void add_person_data(Call& call, directory::PersonDataAsked const& asked)
{
    auto const add = [&](char const* key, Words const& title, auto const& rows) {
        asked.sections->push_back(directory::section_of(key, title, rows));
    };
    add("instructor_memberships", {"指导师团成员记录", "Groups of instructors"},
        call.db.rows<MemberData>("SELECT team, state, statement, applied_at, from_day, to_day FROM instructor_memberships WHERE "
                                 "county = $1 AND person = $2 ORDER BY id",
            call.county, asked.person));
    add("instructor_bookings", {"讲师预约", "Bookings of instructors"},
        call.db.rows<BookingData>("SELECT title, instructor = $2 AS as_instructor, state, created_at, starts_at, CASE WHEN booker "
                                  "= $2 THEN message ELSE '' "
                                  "END AS message FROM instructor_bookings WHERE county = $1 AND (booker = $2 OR instructor = $2 "
                                  "OR student = $2) ORDER BY id",
            call.county, asked.person));
    add("instructor_ratings", {"对讲师的评价", "Ratings of instructors"},
        call.db.rows<RatingData>(
            "SELECT stars, words, answer, rated_at FROM instructor_ratings WHERE county = $1 AND person = $2 ORDER BY id",
            call.county, asked.person));
}

// Bookings stay without what was written: entries of the ledger and an organisation's own records stand on them.
void person_erased(Call& call, directory::PersonErased const& erased)
{
    for (auto const statement :
        {"UPDATE instructor_bookings SET message = '', place = '', link = '' WHERE county = $1 AND (booker = $2 OR student = $2)",
            "UPDATE instructor_bookings SET student = 0 WHERE county = $1 AND student = $2",
            "UPDATE instructor_ratings SET words = '' WHERE county = $1 AND person = $2",
            "UPDATE instructors SET introduction = '', certified_to = 0, certified_from = 0 WHERE county = $1 AND person = $2",
            "UPDATE instructor_memberships SET statement = '' WHERE county = $1 AND person = $2",
            "UPDATE instructor_items SET state = 'withdrawn', search = '' WHERE county = $1 AND person = $2",
            "DELETE FROM instructor_windows WHERE county = $1 AND person = $2"})
        call.db.execute(statement, call.county, erased.person);
}

} // namespace concentric::instructors
