#include "modules/conversations/hours.hpp"

#include "modules/conversations/standing.hpp"
#include "modules/directory/lookup.hpp"

#include <algorithm>

namespace concentric::conversations {
namespace {

using milliseconds::minute;
constexpr std::int64_t longest_look = 14; // days: every hour of a week comes within that

struct HoursRow {
    std::int64_t county = 0, owner = 0;
    std::string days; // "12345"
    std::int64_t from_minute = 0, until_minute = 0;
    Day away_until;
    std::string answer;
};
BOOST_DESCRIBE_STRUCT(HoursRow, (), (county, owner, days, from_minute, until_minute, away_until, answer))

struct OneSchool {
    OrganisationId id;
};
BOOST_DESCRIBE_STRUCT(OneSchool, (), (id))

struct SetSchoolHours : OfficeHours {
    OrganisationId id;
};
BOOST_DESCRIBE_STRUCT(SetSchoolHours, (OfficeHours), (id))

char weekday_of(Day day)
{
    return static_cast<char>('1' + (days_since_1970(day) + 3) % 7); // 1 January 1970 was a Thursday
}

std::string text_of(std::vector<Weekday> const& days)
{
    std::string text;
    for (auto const day : days)
        text += static_cast<char>('0' + day.value);
    std::ranges::sort(text);
    return text;
}

OfficeHours hours_of(HoursRow const& row)
{
    OfficeHours hours{{}, {row.from_minute}, {row.until_minute}, {}, row.answer};
    for (auto const day : row.days)
        hours.days.push_back({day - '0'});
    if (row.away_until.number)
        hours.away_until = row.away_until;
    return hours;
}

void store(Call& call, std::int64_t owner, OfficeHours const& hours)
{
    call.db.execute("INSERT INTO office_hours (county, owner, days, from_minute, until_minute, away_until, answer) VALUES ($1, $2, "
                    "$3, $4, $5, $6, $7) ON CONFLICT (county, owner) DO UPDATE SET days = $3, from_minute = $4, until_minute = $5, "
                    "away_until = $6, answer = $7",
        call.county, owner, text_of(hours.days), hours.from.value, hours.until.value, hours.away_until.value_or(Day{}),
        hours.answer);
}

std::optional<OfficeHours> hours_owned_by(Call& call, std::int64_t owner)
{
    auto const row = call.db.row<HoursRow>("SELECT * FROM office_hours WHERE county = $1 AND owner = $2", call.county, owner);
    return row ? std::optional(hours_of(*row)) : std::nullopt;
}

// The school in which the viewer works; 404 for whoever works in none.
OrganisationId own_school(Call& call)
{
    auto const school = school_of_staff(call, call.viewer.person);
    if (!school)
        throw not_found({"办公时间", "office hours"});
    return *school;
}

OwnOfficeHours show_own(Call& call, Nothing const&)
{
    auto const school = own_school(call);
    return office_hours_of(call, {&call.viewer.person.value, 1}, school).at(call.viewer.person);
}

OwnOfficeHours set_own(Call& call, OfficeHours const& hours)
{
    own_school(call);
    store(call, call.viewer.person.value, hours);
    return show_own(call, {});
}

OwnOfficeHours forget_own(Call& call, Nothing const&)
{
    own_school(call);
    call.db.execute("DELETE FROM office_hours WHERE county = $1 AND owner = $2", call.county, call.viewer.person);
    return show_own(call, {});
}

void require_school(Call& call, OrganisationId id)
{
    auto const school = directory::organisation(call.db, call.county, id);
    if (!school || !call.viewer.reaches(school->path) || (school->kind != "school" && school->kind != "kindergarten"))
        throw not_found({"学校", "school"});
    call.audit_subject = "organisation:" + std::to_string(id.value);
}

OfficeHours show_of_school(Call& call, OneSchool const& input)
{
    require_school(call, input.id);
    return hours_owned_by(call, input.id.value).value_or(OfficeHours{});
}

OfficeHours set_of_school(Call& call, SetSchoolHours const& input)
{
    require_school(call, input.id);
    store(call, input.id.value, input);
    return show_of_school(call, {input.id});
}

} // namespace

void check(OfficeHours const& hours, Problems& problems)
{
    auto const days = text_of(hours.days);
    if (days.empty() || std::ranges::adjacent_find(days) != days.end())
        problems.push_back({"/days", "days", {"请选择一周里的几天，每天一次。", "Please name days of the week, each once."}});
    if (hours.from.value >= hours.until.value)
        problems.push_back({"/until", "order", {"结束时间要晚于开始时间。", "The end has to be later than the beginning."}});
}

Instant next_open(OfficeHours const& hours, Instant now)
{
    auto const days = text_of(hours.days);
    for (std::int64_t ahead = 0; ahead < longest_look; ++ahead) {
        auto const day = plus_days(std::max(day_at(now), hours.away_until ? plus_days(*hours.away_until, 1) : Day{}), ahead);
        auto const begins = start_of(day).milliseconds + hours.from.value * minute;
        auto const ends = start_of(day).milliseconds + hours.until.value * minute;
        if (days.find(weekday_of(day)) != std::string::npos && now.milliseconds < ends)
            return {std::max(now.milliseconds, begins)};
    }
    return now; // hours without a day do not pass check()
}

std::unordered_map<PersonId, OwnOfficeHours> office_hours_of(
    Call& call, std::span<std::int64_t const> people, OrganisationId school)
{
    std::unordered_map<PersonId, OwnOfficeHours> all;
    auto const of_school = hours_owned_by(call, school.value);
    for (auto const person : people)
        all[{person}] = {of_school.value_or(OfficeHours{}), of_school ? HoursSource::school : HoursSource::usual};
    for (auto const& row : call.db.rows<HoursRow>(
             "SELECT * FROM office_hours WHERE county = $1 AND owner ANY_OF($2)", call.county, db::IntegerList{people}))
        all[{row.owner}] = {hours_of(row), HoursSource::own};
    return all;
}

Routes hours_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/own-office-hours", signed_in, "own_office_hours_show", "When the viewer is there for families",
            show_own),
        route(Verb::put, "/api/own-office-hours", signed_in, "own_office_hours_set", "Sets the viewer's own hours", set_own),
        route(Verb::del, "/api/own-office-hours", signed_in, "own_office_hours_forget",
            "The school's hours count again for the viewer", forget_own),
        route(Verb::get, "/api/schools/{id}/office-hours", send_notices, "office_hours_show", "A school's hours for families",
            show_of_school),
        route(Verb::put, "/api/schools/{id}/office-hours", approve_notices, "office_hours_set",
            "Sets a school's hours for families", set_of_school),
    };
}

} // namespace concentric::conversations
