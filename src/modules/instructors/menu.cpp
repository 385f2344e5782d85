#include "modules/instructors/menu.hpp"

#include "lib/pinyin.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/kinship.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/directory/merges.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::instructors {
namespace {

constexpr std::int64_t days_shown = 28;

struct OfferedRow : ItemRow {
    std::optional<std::string> name;
    std::string introduction;
    std::int64_t sessions = 0, ratings = 0, stars = 0;
};
BOOST_DESCRIBE_STRUCT(OfferedRow, (ItemRow), (name, introduction, sessions, ratings, stars))

// $2: today; $3: the team or "".
std::string const& offered()
{
    static std::string const sql = "SELECT n.*, " + directory::person_name_in("n.county", "n.person") + " AS name, i.introduction, "
        + sessions_in("n.person") + " AS sessions, " + ratings_in("n.person") + " AS ratings, " + stars_in("n.person")
        + " AS stars FROM instructor_items n JOIN instructors i ON i.county = n.county AND i.person = n.person WHERE n.county = $1 "
          "AND n.state = 'published' AND i.certified_from <= $2 AND i.certified_to >= $2 AND "
        + in_term("n.person", "$2", "$3");
    return sql;
}

struct TeamOf {
    PersonId person;
    Team team = Team::expert;
};
BOOST_DESCRIBE_STRUCT(TeamOf, (), (person, team))

void add_teams(Call& call, std::vector<MenuItem>& items)
{
    std::vector<std::int64_t> people;
    for (auto const& item : items)
        people.push_back(item.instructor.id.value);
    for (auto const& one :
        call.db.rows<TeamOf>("SELECT person, team FROM instructor_memberships WHERE county = $1 AND person ANY_OF($2) AND state = "
                             "'active' AND from_day <= $3 AND to_day >= $3 ORDER BY team",
            call.county, db::IntegerList{people}, call.today()))
        for (auto& item : items)
            if (item.instructor.id == one.person)
                item.teams.push_back(one.team);
}

MenuItem item_of(OfferedRow const& row)
{
    auto const view = view_of(row);
    return {view.id, view.title, view.topics, view.stages, view.audience, view.form, view.minutes, view.online, view.on_site,
        {row.person, row.name.value_or("")}, {}, row.sessions, summary_of(row.ratings, row.stars)};
}

std::string part_pattern(std::string_view part) { return fmt::format("%,{},%", part); }

} // namespace

Page<MenuItem> list_menu(Call& call, ListMenu const& input)
{
    static std::string const sql = offered()
        + " AND n.search LIKE $4 ESCAPE '\\' AND n.topics LIKE $5 AND (n.stages LIKE $6 OR n.stages = '') AND (n.form = $7 OR $7 = "
          "'') "
          "AND ($8 <> 'online' OR n.online = TRUE) AND ($8 <> 'on_site' OR n.on_site = TRUE) AND (n.audience = $9 OR $9 = '' OR "
          "n.audience = 'everybody') AND (n.id < $10 OR $10 = 0) ORDER BY n.id DESC LIMIT $11";
    auto const limit = input.limit.value_or(Limit{24}).value;
    auto rows = call.db.rows<OfferedRow>(sql, call.county, call.today(), input.team ? name_of(*input.team) : "",
        input.q ? directory::contains_pattern(lib::search_fold(*input.q)) : "%",
        input.topic ? part_pattern(name_of(*input.topic)) : "%", input.stage ? part_pattern(*input.stage) : "%",
        input.form ? name_of(*input.form) : "", input.mode ? name_of(*input.mode) : "",
        input.audience ? name_of(*input.audience) : "", directory::after_id(input.after), limit + 1);
    Page<MenuItem> page;
    if (static_cast<std::int64_t>(rows.size()) > limit) {
        rows.pop_back();
        page.next = std::to_string(rows.back().id.value);
    }
    for (auto const& row : rows)
        page.items.push_back(item_of(row));
    add_teams(call, page.items);
    return page;
}

MenuItemView show_menu_item(Call& call, OneItem const& input)
{
    static std::string const sql = offered() + " AND n.id = $4";
    auto const row = call.db.row<OfferedRow>(sql, call.county, call.today(), "", input.id);
    if (!row)
        throw not_found(the_item);
    std::vector<MenuItem> one{item_of(*row)};
    add_teams(call, one);
    MenuItemView view;
    static_cast<MenuItem&>(view) = one.front();
    view.summary = row->summary;
    view.introduction = row->introduction;
    auto const windows = windows_of(call, row->person);
    for (auto const& free : free_between(windows, taken_of(call, row->person, call.now), call.now, days_shown, row->minutes))
        view.free.push_back({free.from, free.until});
    view.is_any_time = std::ranges::all_of(windows, &WindowRow::is_away);
    view.opinions = public_ratings(call, row->person);
    if (row->form == Form::consultation)
        for (auto const& child : directory::children_shown_to(call, call.viewer.person))
            view.children.push_back({child.id, child.name});
    view.may_book = row->person != directory::kept_record(call, call.viewer.person)
        && (row->form == Form::consultation ? !view.children.empty() : call.viewer.may(Permission::append_entries));
    return view;
}

} // namespace concentric::instructors
