#include "modules/service/hours.hpp"

#include "modules/activities/attendance.hpp"
#include "modules/activities/closing.hpp"
#include "modules/activities/presence.hpp"
#include "modules/activities/served.hpp"
#include "modules/activities/sign_ups.hpp"
#include "modules/directory/lookup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace concentric::service {
namespace {

using activities::OwnedActivity;
using activities::Served;
using ByPerson = std::map<PersonId, std::vector<Served>>;

ByPerson by_person(std::vector<Served> rows)
{
    ByPerson people;
    for (auto& row : rows)
        people[row.person].push_back(std::move(row));
    return people;
}

std::vector<Stretch> times_of(std::vector<Served> const& rows)
{
    std::vector<Stretch> times;
    for (auto const& row : rows)
        times.push_back(row.time());
    return times;
}

Stretch whole(std::vector<Served> const& rows)
{
    Stretch all = rows.front().time();
    for (auto const& row : rows)
        all = {std::min(all.from, row.from_at), std::max(all.until, row.until_at)};
    return all;
}

// Where these people served at closed events that touch this one.
ByPerson elsewhere(Call& call, OwnedActivity const& event, std::vector<std::int64_t> const& people)
{
    auto rows = activities::served_by(call, people, event.time());
    std::erase_if(rows, [&](auto const& row) { return row.activity == event.id; });
    return by_person(std::move(rows));
}

std::string clock(Instant at) { return text_of(at).substr(11, 5); }

// "绿地社区 捡拾垃圾 09:00–11:00", or nothing.
std::string overlap_of(ByPerson const& others, PersonId student, std::vector<Stretch> const& times)
{
    auto const found = others.find(student);
    if (found == others.end())
        return "";
    for (auto const& other : found->second)
        if (overlapping(other.time(), times))
            return fmt::format("{} {} {}–{}", other.organiser_name, other.title, clock(other.from_at), clock(other.until_at));
    return "";
}

void fill_time(ServedLine& line, OwnedActivity const& event, std::vector<Served> const& rows)
{
    auto const all = whole(rows);
    line.from_at = all.from;
    line.until_at = all.until;
    line.minutes = activities::minutes_within(times_of(rows), event.time());
    line.is_by_hand = std::ranges::all_of(rows, [](auto const& row) { return row.source == activities::PresenceSource::list; });
}

struct CorrectionLine {
    Instant made_at;
    std::optional<std::string> made_by;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(CorrectionLine, (), (made_at, made_by, reason))

std::vector<Correction> corrections_of(Call& call, ActivityId id)
{
    static std::string const sql = "SELECT c.made_at, " + directory::person_name_in("c.county", "c.made_by")
        + " AS made_by, c.reason FROM service_corrections c WHERE c.county = $1 AND c.activity = $2 ORDER BY c.id DESC";
    std::vector<Correction> all;
    for (auto& row : call.db.rows<CorrectionLine>(sql, call.county, id))
        all.push_back({row.made_at, row.made_by.value_or(""), std::move(row.reason)});
    return all;
}

ServedList list_of(Call& call, OwnedActivity const& event)
{
    auto const people = activities::expected_people(call, event.id);
    auto const served = by_person(activities::served_at(call, event.id));
    auto const others = elsewhere(call, event, people);
    auto const names = directory::names_of(call, people);
    auto const classes = directory::classes_of(call.db, call.county, people);
    ServedList list;
    for (auto const id : people) {
        ServedLine line;
        line.student = {id};
        auto const name = names.find(id);
        line.name = name == names.end() ? "" : name->second;
        if (auto const found = classes.find({id}); found != classes.end())
            line.class_name = found->second.name;
        if (auto const sign_up = activities::sign_up_of(call, event.id, {id}))
            line.state = sign_up->state;
        auto times = std::vector{event.time()};
        if (auto const found = served.find({id}); found != served.end()) {
            fill_time(line, event, found->second);
            times = times_of(found->second);
        }
        line.overlap = overlap_of(others, {id}, times);
        list.items.push_back(std::move(line));
    }
    list.corrections = corrections_of(call, event.id);
    return list;
}

// Says what is wrong with each line.
class Checking {
public:
    Checking(Call& call, OwnedActivity const& event, ConfirmHours const& input)
        : event_(event), expected_(activities::expected_people(call, event.id))
    {
        std::vector<std::int64_t> people;
        for (auto const& line : input.lines)
            people.push_back(line.student.value);
        others_ = elsewhere(call, event, people);
        for (std::size_t i = 0; i < input.lines.size(); ++i)
            look_at(input.lines[i], fmt::format("/lines/{}", i));
        if (!problems_.empty())
            throw invalid(std::move(problems_));
    }

private:
    void look_at(ServedTime const& line, std::string const& path)
    {
        if (!std::ranges::binary_search(expected_, line.student.value))
            problems_.push_back(
                {path + "/student", "not_found", {"这名学生没有报名这次服务。", "This pupil has not signed up for this service."}});
        if (!line.from_at)
            return;
        if (*line.from_at < event_.starts_at || *line.until_at > event_.ends_at)
            problems_.push_back(
                {path + "/from_at", "range", {"起止时间要在活动时间之内。", "The times have to lie within the event."}});
        if (auto const other = overlap_of(others_, line.student, {{*line.from_at, *line.until_at}}); !other.empty())
            problems_.push_back({path + "/from_at", "overlap",
                {"这段时间已经记了别的服务：" + other, "At that time the pupil served elsewhere: " + other}});
    }

    OwnedActivity const& event_;
    std::vector<std::int64_t> const expected_;
    ByPerson others_;
    Problems problems_;
};

void store(Call& call, OwnedActivity const& event, ByPerson const& served, ServedTime const& line)
{
    auto const known = served.find(line.student);
    if (!line.from_at) {
        if (known != served.end())
            activities::set_time(call, event, line.student, std::nullopt);
        return;
    }
    Stretch const time{*line.from_at, *line.until_at};
    if (known != served.end()) {
        auto const before = whole(known->second);
        if (before.from == time.from && before.until == time.until)
            return;
    }
    activities::set_time(call, event, line.student, time);
}

bool stands(Call& call, OwnedActivity const& event, ConfirmHours const& input)
{
    auto const lines = list_of(call, event).items;
    return std::ranges::all_of(input.lines, [&](auto const& line) {
        auto const found = std::ranges::find(lines, line.student, &ServedLine::student);
        return found != lines.end() && found->from_at == line.from_at && found->until_at == line.until_at;
    });
}

} // namespace

void check(ConfirmHours const& input, Problems& problems)
{
    if (input.lines.empty() || input.lines.size() > 500)
        problems.push_back({"/lines", "length", {"一次确认 1 到 500 人。", "Confirm 1 to 500 people at a time."}});
    for (std::size_t i = 0; i < input.lines.size(); ++i) {
        auto const& line = input.lines[i];
        if (line.from_at.has_value() != line.until_at.has_value())
            problems.push_back({fmt::format("/lines/{}/until_at", i), "required",
                {"起止时间要一起填写。", "Both times, or neither, have to be there."}});
        else if (line.from_at && *line.until_at <= *line.from_at)
            problems.push_back({fmt::format("/lines/{}/until_at", i), "order",
                {"结束时间要晚于开始时间。", "The end has to be after the beginning."}});
    }
}

ServedList list_hours(Call& call, activities::OneActivity const& input)
{
    auto const event = activities::watched_activity(call, input.id);
    require_service(event);
    return list_of(call, event);
}

ServedList confirm_hours(Call& call, ConfirmHours const& input)
{
    auto const event = activities::run_activity(call, input.id);
    require_service(event);
    // Sent again by a phone that never heard the answer.
    if (event.state == activities::ActivityState::closed && input.closes.value_or(false) && stands(call, event, input))
        return list_of(call, event);
    activities::require_announced(event);
    if (event.starts_at > call.now)
        throw conflict({"活动还没有开始。", "The event has not begun."});
    Checking(call, event, input);
    auto const served = by_person(activities::served_at(call, event.id));
    for (auto const& line : input.lines)
        store(call, event, served, line);
    if (input.closes.value_or(false))
        activities::close_activity(call, {event.id});
    return list_of(call, activities::activity_with(call, event.id).value());
}

void event_closed(Call& call, activities::ActivityClosed const& closed)
{
    auto const event = activities::activity_with(call, closed.id).value();
    if (!is_service(event))
        return;
    auto const served = by_person(activities::served_at(call, event.id));
    std::vector<std::int64_t> people;
    for (auto const& [person, rows] : served)
        people.push_back(person.value);
    call.db.hold(people); // two communities that close at the same moment
    auto const others = elsewhere(call, event, people);
    auto const names = directory::names_of(call, people);
    for (auto const& [person, rows] : served)
        if (auto const other = overlap_of(others, person, times_of(rows)); !other.empty()) {
            auto const name = names.contains(person.value) ? names.at(person.value) : std::string();
            throw conflict({fmt::format("{}这段时间已经记了别的服务：{}。请先更正时间。", name, other),
                fmt::format("{} served elsewhere at that time: {}. Please correct the times first.", name, other)});
        }
}

void event_reopened(Call& call, activities::ActivityReopened const& reopened)
{
    auto const event = activities::activity_with(call, reopened.id).value();
    if (is_service(event))
        call.db.insert(
            "service_corrections", CorrectionRow{call.county, new_id(), event.id, reopened.reason, call.viewer.person, call.now});
}

} // namespace concentric::service
