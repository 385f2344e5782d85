#include "modules/rosters/views.hpp"

#include "lib/workbook.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/rosters/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>

namespace concentric::rosters {
namespace {

struct NamedChange : ChangeRow {
    std::optional<std::string> before_name, after_name, by_name;
};
BOOST_DESCRIBE_STRUCT(NamedChange, (ChangeRow), (before_name, after_name, by_name))

std::int64_t number_in(std::optional<Text<1, 40>> const& after)
{
    std::int64_t number = 0;
    if (after)
        std::from_chars(after->data(), after->data() + after->size(), number);
    return number ? number : std::numeric_limits<std::int64_t>::max();
}

RosterFigures figures_of(Call& call, RosterId id)
{
    return call.db
        .row<RosterFigures>(
            "SELECT (SELECT count(*) FROM roster_members m WHERE m.county = $1 AND m.roster = $2) AS members, count(*) AS turns, "
            "COALESCE(SUM(CASE WHEN person = 0 AND starts_at > $3 THEN 1 ELSE 0 END), 0) AS gaps, COALESCE(SUM(CASE WHEN state = "
            "'done' THEN 1 ELSE 0 END), 0) AS done, COALESCE(SUM(CASE WHEN state = 'claimed' THEN 1 ELSE 0 END), 0) AS "
            "unsigned_hours FROM roster_shifts WHERE county = $1 AND roster = $2",
            call.county, id, call.now)
        .value();
}

RosterView brief_of(Call& call, OwnedRoster const& row)
{
    RosterView view;
    view.id = row.id;
    view.organisation = {{row.organisation.value}, row.organisation_name};
    view.title = row.title;
    view.kind = row.kind;
    view.from = row.from_day;
    view.to = row.to_day;
    view.give_back_hours = row.give_back_hours;
    view.takes_families = row.takes_families;
    view.state = row.state;
    view.figures = figures_of(call, row.id);
    view.may_manage = may_manage(call, row.organisation_path);
    view.version = row.version;
    return view;
}

DutyPostView view_of_post(DutyPostRow const& row)
{
    DutyPostView view;
    view.id = row.id;
    view.name = Text<1, 60>(row.name);
    view.place = Text<0, 120>(row.place);
    view.weekdays = reflect::from_json<Weekdays>(row.weekdays);
    view.from_minute = {row.from_minute};
    view.until_minute = {row.until_minute};
    view.parents = {row.parents};
    view.staff = {row.staff};
    view.police = {row.police};
    view.community = {row.community};
    return view;
}

OwnedRoster led_roster(Call& call, RosterId id)
{
    auto found = roster_with(call, id);
    if (!found || (!may_manage(call, found->organisation_path) && !is_leader(call, id)))
        throw not_found(the_roster);
    call.version = found->version;
    return std::move(*found);
}

std::vector<ShiftView> shifts_between(Call& call, RosterId roster, Instant from, Instant until)
{
    static std::string const sql = shift_columns()
        + " WHERE s.county = $1 AND s.roster = $2 AND s.starts_at >= $3 AND s.starts_at < $4 ORDER BY s.starts_at, p.id, s.sort, "
          "s.id";
    auto const asked = call.db.values<std::int64_t>(
        "SELECT shift AS value FROM roster_swaps WHERE county = $1 AND roster = $2 AND state = 'open'", call.county, roster);
    std::vector<ShiftView> views;
    for (auto const& row : call.db.rows<OwnedShift>(sql, call.county, roster, from, until)) {
        views.push_back(view_of(call, row));
        views.back().is_asked = std::ranges::find(asked, row.id.value) != asked.end();
    }
    return views;
}

} // namespace

void check(ListShifts const& input, Problems& problems)
{
    auto const days = days_since_1970(input.to) - days_since_1970(input.from) + 1;
    if (days < 1 || days > 31)
        problems.push_back({"/to", "range", {"一次最多看 31 天。", "At most 31 days at once."}});
}

Page<RosterView> list_rosters(Call& call, ListRosters const& input)
{
    static std::string const sql = "SELECT r.*, o.name AS organisation_name, o.path AS organisation_path FROM rosters r "
        + directory::joined_organisation("o", "r.county", "r.organisation")
        + " WHERE r.county = $1 AND o.path >= $2 AND o.path < $3 AND r.id < $4 AND (r.state = $5 OR $5 = '') ORDER BY r.id DESC "
          "LIMIT $6";
    auto const most = input.limit.value_or(Limit{50}).value;
    auto const rows = call.db.rows<OwnedRoster>(sql, call.county, call.viewer.path, call.viewer.path_end(), number_in(input.after),
        input.state ? std::string(name_of(*input.state)) : std::string(), most + 1);
    Page<RosterView> page;
    for (auto const& row : rows) {
        if (static_cast<std::int64_t>(page.items.size()) == most) {
            page.next = std::to_string(page.items.back().id.value);
            break;
        }
        page.items.push_back(brief_of(call, row));
    }
    return page;
}

RosterView show_roster(Call& call, OneRoster const& input)
{
    auto const row = led_roster(call, input.id);
    auto view = brief_of(call, row);
    for (auto const& post : call.db.rows<DutyPostRow>(
             "SELECT * FROM roster_posts WHERE county = $1 AND roster = $2 ORDER BY from_minute, id", call.county, row.id))
        view.posts.push_back(view_of_post(post));
    return view;
}

ShiftView view_of(Call& call, OwnedShift const& row)
{
    ShiftView view;
    view.id = row.id;
    view.roster = row.roster;
    view.post = row.post;
    view.post_name = row.post_name;
    view.place = row.place;
    view.starts_at = row.starts_at;
    view.ends_at = row.ends_at;
    view.sort = row.sort;
    if (row.person)
        view.person = directory::PersonBrief{row.person, row.person_name.value_or("")};
    view.is_pinned = row.is_pinned;
    view.state = row.state;
    view.source = row.source;
    if (row.arrived_at.milliseconds)
        view.arrived_at = row.arrived_at;
    if (row.left_at.milliseconds)
        view.left_at = row.left_at;
    view.minutes = row.minutes;
    view.may_sign = row.state == ShiftState::claimed && row.entered_by != call.viewer.person && row.person != call.viewer.person;
    view.version = row.version;
    return view;
}

Shifts list_shifts(Call& call, ListShifts const& input)
{
    auto const roster = led_roster(call, input.id);
    return {shifts_between(call, roster.id, start_of(input.from), start_of(plus_days(input.to, 1)))};
}

Download shifts_sheet(Call& call, OneRoster const& input)
{
    auto const roster = managed_roster(call, input.id);
    bool const zh = call.language == Language::zh;
    lib::WorkbookWriter book;
    book.add_sheet(roster.title,
        zh ? std::vector<std::string>{"日期", "开始", "结束", "岗位", "地点", "类别", "姓名", "状态", "登记方式", "分钟"}
           : std::vector<std::string>{"Day", "From", "Until", "Post", "Place", "Sort", "Name", "State", "Shown by", "Minutes"});
    for (auto const& one : shifts_between(call, roster.id, start_of(roster.from_day), start_of(plus_days(roster.to_day, 1)))) {
        auto const clock = [](Instant at) { return text_of(at).substr(11, 5); };
        book.add_row({text_of(day_at(one.starts_at)), clock(one.starts_at), clock(one.ends_at), one.post_name, one.place,
            call.say(words_of(one.sort)), one.person ? one.person->name : call.say({"缺人", "nobody"}),
            call.say(words_of(one.state)), one.source == Source::none ? "" : call.say(words_of(one.source)), one.minutes});
    }
    return {book.finish(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", roster.title + ".xlsx"};
}

Page<ChangeView> list_changes(Call& call, ListChanges const& input)
{
    auto const roster = managed_roster(call, input.id);
    static std::string const sql = "SELECT c.*, " + directory::person_name_in("c.county", "c.before_person") + " AS before_name, "
        + directory::person_name_in("c.county", "c.after_person") + " AS after_name, "
        + directory::person_name_in("c.county", "c.changed_by")
        + " AS by_name FROM roster_changes c WHERE c.county = $1 AND c.roster = $2 AND c.id < $3 ORDER BY c.id DESC LIMIT $4";
    auto const most = input.limit.value_or(Limit{50}).value;
    Page<ChangeView> page;
    for (auto const& row : call.db.rows<NamedChange>(sql, call.county, roster.id, number_in(input.after), most + 1)) {
        if (static_cast<std::int64_t>(page.items.size()) == most) {
            page.next = std::to_string(page.items.back().id.value);
            break;
        }
        page.items.push_back({row.id, row.changed_at, row.starts_at, row.shift, row.kind, row.before_name.value_or(""),
            row.after_name.value_or(""), row.by_name.value_or(""), row.before_minutes, row.after_minutes, row.reason});
    }
    return page;
}

} // namespace concentric::rosters
