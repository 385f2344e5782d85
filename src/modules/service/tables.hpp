#pragma once

#include "core/sealed.hpp"
#include "modules/activities/tables.hpp"
#include "modules/activities/timetable.hpp"

// The rows of this module's tables, and the words that service is told apart by.
namespace concentric::service {

using activities::ActivityId;
using activities::Stretch;
using RatingId = Id<struct ServiceRatingTag>;
using ReminderId = Id<struct ServiceReminderTag>;

// What the catalogue of entry kinds calls service.X.
enum class ServiceKind { community, environment, charity };
BOOST_DESCRIBE_ENUM(ServiceKind, community, environment, charity)

inline constexpr std::int64_t youngest = 3, oldest = 25;
using Age = Within<youngest, oldest>;

struct OfferRow {
    std::int64_t county = 0;
    ActivityId activity; // the first of a timetable stands for all
    std::int64_t age_from = youngest, age_to = oldest;
    std::string needs;
};
BOOST_DESCRIBE_STRUCT(OfferRow, (), (county, activity, age_from, age_to, needs))

struct CorrectionRow {
    std::int64_t county = 0;
    std::int64_t id = 0;
    ActivityId activity;
    std::string reason;
    PersonId made_by;
    Instant made_at;
};
BOOST_DESCRIBE_STRUCT(CorrectionRow, (), (county, id, activity, reason, made_by, made_at))

struct RatingRow {
    std::int64_t county = 0;
    RatingId id;
    ActivityId activity;
    OrganisationId base;
    PersonId student, rated_by;
    std::int64_t stars = 0;
    SealedText words;
    Instant rated_at;
    PersonId hidden_by; // 0: shown
    Instant hidden_at;
    std::string hidden_because;
};
BOOST_DESCRIBE_STRUCT(
    RatingRow, (), (county, id, activity, base, student, rated_by, stars, words, rated_at, hidden_by, hidden_at, hidden_because))

struct ReminderRow {
    std::int64_t county = 0;
    ReminderId id;
    OrganisationId unit;
    Day due_day; // the last on which anybody is reminded
    Day next_day; // 0: nobody is any more
    std::int64_t every_days = 0; // 0: once
    std::int64_t told = 0; // families' letters up to now
    PersonId set_by;
    Instant set_at;
};
BOOST_DESCRIBE_STRUCT(ReminderRow, (), (county, id, unit, due_day, next_day, every_days, told, set_by, set_at))

struct RecordRow {
    std::int64_t county = 0;
    std::string code;
    PersonId student;
    SealedText name; // as it was printed
    Day from_day, to_day;
    std::int64_t minutes = 0, times = 0;
    Instant printed_at;
    PersonId printed_by;
};
BOOST_DESCRIBE_STRUCT(RecordRow, (), (county, code, student, name, from_day, to_day, minutes, times, printed_at, printed_by))

inline Words const the_rating{"评价", "rating"};
inline Words const the_reminder{"提醒", "reminder"};

} // namespace concentric::service
