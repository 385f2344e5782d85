#include "modules/calendar/days.hpp"

#include "modules/accounts/reach.hpp"
#include "modules/plan/plans.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace concentric::calendar {
namespace {

using directory::Happening;
using directory::HappeningKind;

constexpr std::int64_t longest_day_off = 92, most_days = 200;
Words const the_day{"日历安排", "day of the calendar"};

CountyDay view_of(CountyDayRow const& row) { return {row.id, row.from_day, row.to_day, row.kind, row.title, row.version}; }

std::vector<CountyDayRow> days_from(Call& call, Day from, Day to)
{
    return call.db.rows<CountyDayRow>(
        "SELECT * FROM calendar_days WHERE county = $1 AND to_day >= $2 AND from_day <= $3 ORDER BY from_day, id", call.county,
        from, to);
}

CountyDayRow day_with(Call& call, CountyDayId id)
{
    auto row = call.db.row<CountyDayRow>("SELECT * FROM calendar_days WHERE county = $1 AND id = $2 FOR_UPDATE", call.county, id);
    if (!row)
        throw not_found(the_day);
    call.audit_subject = fmt::format("calendar_day:{}", id.value);
    return std::move(*row);
}

Happening whole_days(HappeningKind kind, std::string id, std::string title, Day from, Day to)
{
    Happening one;
    one.kind = kind;
    one.id = std::move(id);
    one.title = std::move(title);
    one.from = start_of(from);
    one.until = start_of(plus_days(to, 1));
    one.is_binding = false;
    return one;
}

void add_country(Call& call, directory::HappeningsAsked const& asked)
{
    for (auto const& day : public_days()) {
        auto title = call.say(day.title);
        if (day.is_provisional)
            title += call.say({"（调休待公布）", " (exchanged days not announced yet)"});
        auto one = whole_days(day.is_working ? HappeningKind::working_day : HappeningKind::holiday,
            fmt::format("holiday-{}", day.from.number), std::move(title), day.from, day.to);
        one.changed_at = start_of(day.published);
        if (one.from < asked.until && one.until > asked.from)
            asked.items->push_back(std::move(one));
    }
}

// Plans of single schools set no terms for the county; several plans usually share theirs.
void add_terms(Call& call, directory::HappeningsAsked const& asked)
{
    std::set<Day> known;
    for (auto const& plan : plan::in_force(call)) {
        if (plan->unit)
            continue;
        for (auto const& term : plan->plan.terms) {
            auto one = whole_days(HappeningKind::term, fmt::format("term-{}", term.from.number),
                call.say({term.title.zh + " 开始", "Begin: " + term.title.en}), term.from, term.from);
            if (one.from < asked.until && one.until > asked.from && known.insert(term.from).second)
                asked.items->push_back(std::move(one));
        }
    }
}

} // namespace

void check(CountyDayContent const& input, Problems& problems)
{
    auto const days = days_since_1970(input.to) - days_since_1970(input.from) + 1;
    if (days < 1 || days > longest_day_off)
        problems.push_back({"/to", "range",
            {"最后一天不早于第一天，最多 92 天。", "The last day is not before the first, and these are 92 days at most."}});
}

CalendarDays list_days(Call& call, Nothing const&)
{
    Day const since = day_of(call.today().year() - 1, 1, 1);
    CalendarDays list;
    for (auto const& row : days_from(call, since, latest_day))
        list.own.push_back(view_of(row));
    for (auto const& day : public_days())
        if (day.to >= since)
            list.country.push_back({day.from, day.to, call.say(day.title), day.is_working, day.is_provisional});
    return list;
}

// They hold for everybody in the county.
static void require_whole_county(Call const& call)
{
    if (!accounts::reaches_whole_county(call.viewer))
        throw forbidden();
}

CountyDay add_day(Call& call, CountyDayContent const& input)
{
    require_whole_county(call);
    if (static_cast<std::int64_t>(days_from(call, call.today(), latest_day).size()) >= most_days)
        throw conflict({"还没有到的安排最多 200 条。", "There are at most 200 that are still to come."});
    CountyDayRow const row{
        call.county, new_id_of<CountyDayId>(), input.from, input.to, input.kind, input.title, call.viewer.person, call.now};
    call.db.insert("calendar_days", row);
    call.audit_subject = fmt::format("calendar_day:{}", row.id.value);
    return view_of(row);
}

CountyDay save_day(Call& call, SaveCountyDay const& input)
{
    require_whole_county(call);
    auto row = day_with(call, input.id);
    call.require_version(row.version);
    row.from_day = input.from;
    row.to_day = input.to;
    row.kind = input.kind;
    row.title = input.title;
    ++row.version;
    call.db.execute("UPDATE calendar_days SET from_day = $3, to_day = $4, kind = $5, title = $6, changed_at = $7, version = $8 "
                    "WHERE county = $1 AND id = $2",
        call.county, row.id, row.from_day, row.to_day, row.kind, row.title, call.now, row.version);
    call.version = row.version;
    return view_of(row);
}

Nothing remove_day(Call& call, OneCountyDay const& input)
{
    require_whole_county(call);
    day_with(call, input.id);
    call.db.execute("DELETE FROM calendar_days WHERE county = $1 AND id = $2", call.county, input.id);
    return {};
}

std::map<Day, CountyDayKind> special_days(Call& call, Day from, Day to)
{
    std::map<Day, CountyDayKind> days;
    auto const mark = [&](Day first, Day last, CountyDayKind kind) {
        for (auto day = std::max(first, from); day <= std::min(last, to); day = plus_days(day, 1))
            days[day] = kind;
    };
    for (auto const& day : public_days())
        mark(day.from, day.to, day.is_working ? CountyDayKind::working_day : CountyDayKind::day_off);
    for (auto const& row : days_from(call, from, to))
        mark(row.from_day, row.to_day, row.kind);
    return days;
}

void add_days(Call& call, directory::HappeningsAsked const& asked)
{
    if (asked.only_binding)
        return;
    add_country(call, asked);
    add_terms(call, asked);
    for (auto const& row : days_from(call, day_at(asked.from), day_at(asked.until))) {
        auto one = whole_days(row.kind == CountyDayKind::working_day ? HappeningKind::working_day : HappeningKind::day_off,
            fmt::format("day-{}", row.id.value), row.title, row.from_day, row.to_day);
        one.changed_at = row.changed_at;
        one.sequence = row.version;
        if (one.from < asked.until && one.until > asked.from)
            asked.items->push_back(std::move(one));
    }
}

Routes day_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/calendar-days", signed_in, "calendar_day_list",
            "Public holidays, working days in exchange, and the county's own days", list_days),
        route(Verb::post, "/api/calendar-days", manage_plan, "calendar_day_add", "Adds days off or working days of the county",
            add_day),
        route(Verb::put, "/api/calendar-days/{id}", manage_plan, "calendar_day_change", "Changes days of the county", save_day),
        route(
            Verb::del, "/api/calendar-days/{id}", manage_plan, "calendar_day_remove", "Takes days of the county away", remove_day),
    };
}

} // namespace concentric::calendar
