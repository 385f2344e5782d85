#include "modules/enrolment/turns.hpp"

#include "modules/directory/directory.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/enrolment/county_calendar.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::enrolment {

static TurnState settled(Call& call, TurnRow const& row);

namespace {

struct CreateTurn {
    std::optional<OrganisationId> organisation; // the viewer's own
    std::vector<OrganisationId> schools; // none: all below it
    std::optional<Day> on;
    std::optional<Within<1990, 2200>> school_year;
    std::optional<Schooling> schooling;
    std::optional<Text<1, 80>> name;
};
BOOST_DESCRIBE_STRUCT(CreateTurn, (), (organisation, schools, on, school_year, schooling, name))

struct TurnDefaults {
    Day on;
    std::int64_t school_year = 0;
};
BOOST_DESCRIBE_STRUCT(TurnDefaults, (), (on, school_year))

struct ListTurns {
    std::optional<Text<1, 40>> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListTurns, (), (after, limit))

std::vector<directory::SchoolUnit> chosen_schools(Call& call, std::string const& path, std::vector<OrganisationId> const& wanted)
{
    auto all = directory::schools_below(call, path);
    if (all.empty() || wanted.empty())
        return all;
    std::vector<directory::SchoolUnit> chosen;
    for (auto const id : wanted) {
        auto const found = std::find_if(all.begin(), all.end(), [&](auto const& school) { return school.id == id; });
        if (found == all.end())
            throw not_found({"学校", "school"});
        if (std::none_of(chosen.begin(), chosen.end(), [&](auto const& school) { return school.id == id; }))
            chosen.push_back(*found);
    }
    return chosen;
}

Turn create(Call& call, CreateTurn const& input)
{
    auto const id = input.organisation.value_or(call.viewer.organisation);
    auto const organisation = directory::organisation(call.db, call.county, id);
    if (!organisation || !call.viewer.reaches(organisation->path))
        throw not_found({"机构", "organisation"});
    auto const schools = chosen_schools(call, organisation->path, input.schools);
    if (schools.empty())
        throw invalid("schools", "none", {"这里没有学校或幼儿园。", "There is no school or kindergarten here."});
    TurnRow row;
    row.county = call.county;
    row.id = new_id_of<TurnId>();
    row.organisation = id;
    row.on_day = input.on.value_or(next_turn(call));
    row.school_year = input.school_year ? input.school_year->value : school_year_turned(row.on_day);
    row.schooling = input.schooling.value_or(Schooling::six_three);
    row.name = input.name.value_or(fmt::format("{}–{}学年升级", row.school_year, row.school_year + 1));
    row.created_by = call.viewer.person;
    row.created_at = call.now;
    call.db.insert("turns", row);
    std::vector<TurnSchoolRow> rows;
    for (auto const& school : schools)
        rows.push_back({call.county, row.id, school.id, SchoolState::waiting, 0, "{}", "", ""});
    call.db.load("turn_schools", rows);
    call.audit_subject = fmt::format("turn:{}", row.id.value);
    return present(call, row);
}

TurnDefaults defaults(Call& call, Nothing const&)
{
    auto const on = next_turn(call);
    return {on, school_year_turned(on)};
}

Page<Turn> list(Call& call, ListTurns const& input)
{
    auto const limit = input.limit ? input.limit->value : 50;
    auto rows = call.db.rows<TurnRow>(
        "SELECT * FROM turns t WHERE t.county = $1 AND (t.id < $5 OR $5 = 0) AND (t.organisation IN (SELECT id FROM organisations "
        "WHERE county = $1 AND path >= $2 AND path < $3) OR EXISTS (SELECT 1 FROM turn_schools s JOIN organisations o ON "
        "o.county = s.county AND o.id = s.school WHERE s.county = t.county AND s.turn = t.id AND o.path >= $2 AND o.path < $3)) "
        "ORDER BY t.id DESC LIMIT $4",
        call.county, call.viewer.path, call.viewer.path_end(), limit + 1, directory::after_id(input.after));
    Page<Turn> page;
    if (static_cast<std::int64_t>(rows.size()) > limit) {
        rows.pop_back();
        page.next = std::to_string(rows.back().id.value);
    }
    for (auto& row : rows) {
        row.state = settled(call, row);
        page.items.push_back(present(call, row));
    }
    return page;
}

Turn show(Call& call, OneTurn const& input)
{
    auto const row = reached_turn(call, input.id);
    call.version = row.version;
    return present(call, row);
}

Nothing discard(Call& call, OneTurn const& input)
{
    auto row = owned_turn(call, input.id);
    begin_choice(call, row);
    set_state(call, row, TurnState::discarded);
    return {};
}

template <class T> std::vector<T> choices(Call& call, TurnId turn, std::string_view sql)
{
    return call.db.rows<T>(sql, call.county, turn);
}

} // namespace

std::string path_of_turn(Call& call, TurnRow const& row) { return directory::path_of(call, row.organisation).value_or(""); }

bool can_go_on(TurnRow const& row, std::vector<TurnSchoolRow> const& schools)
{
    return row.state == TurnState::applied
        && std::any_of(schools.begin(), schools.end(), [](auto const& school) { return school.state != SchoolState::applied; });
}

// A job that failed or was cancelled leaves what it had done by then.
static TurnState settled(Call& call, TurnRow const& row)
{
    if (row.state != TurnState::applying && row.state != TurnState::undoing)
        return row.state;
    auto const job = call.jobs.find(call, row.job);
    if (job && job->state != JobState::failed && job->state != JobState::cancelled)
        return row.state;
    auto const schools = schools_of(call, row.id);
    bool const has_applied
        = std::any_of(schools.begin(), schools.end(), [](auto const& school) { return school.state == SchoolState::applied; });
    return has_applied ? TurnState::applied : TurnState::draft;
}

TurnRow reached_turn(Call& call, TurnId id)
{
    auto row = call.db.row<TurnRow>("SELECT * FROM turns WHERE county = $1 AND id = $2", call.county, id);
    bool const is_reached = row
        && (call.viewer.reaches(path_of_turn(call, *row))
            || call.db.value<std::int64_t>(
                "SELECT s.school AS value FROM turn_schools s JOIN organisations o ON o.county = s.county AND "
                "o.id = s.school WHERE s.county = $1 AND s.turn = $2 AND o.path >= $3 AND o.path < $4 LIMIT 1",
                call.county, id, call.viewer.path, call.viewer.path_end()));
    if (!is_reached)
        throw not_found(the_turn);
    call.audit_subject = fmt::format("turn:{}", id.value);
    row->state = settled(call, *row);
    return *row;
}

TurnRow owned_turn(Call& call, TurnId id)
{
    auto row = reached_turn(call, id);
    call.require_reach(path_of_turn(call, row), the_turn);
    return row;
}

void begin_choice(Call& call, TurnRow& row)
{
    call.require_version(row.version);
    if (row.state != TurnState::draft && !can_go_on(row, schools_of(call, row.id)))
        throw conflict(
            {"这次升级已经执行或者放弃，不能再修改。", "This turn was applied or given up; it cannot be changed any more."});
    call.db.execute("UPDATE turns SET version = version + 1 WHERE county = $1 AND id = $2", call.county, row.id);
    call.version = ++row.version;
}

void set_state(Call& call, TurnRow const& row, TurnState state)
{
    call.db.execute("UPDATE turns SET state = $3, version = version + 1 WHERE county = $1 AND id = $2", call.county, row.id, state);
}

std::vector<TurnSchoolRow> schools_of(Call& call, TurnId turn)
{
    return call.db.rows<TurnSchoolRow>(
        "SELECT * FROM turn_schools WHERE county = $1 AND turn = $2 ORDER BY position, school", call.county, turn);
}

Turn present(Call& call, TurnRow const& row)
{
    Turn turn;
    turn.id = row.id;
    turn.name = row.name;
    if (auto const organisation = directory::organisation(call.db, call.county, row.organisation)) {
        turn.organisation = {organisation->id, organisation->kind, organisation->name};
        turn.may_apply = call.viewer.reaches(organisation->path);
    }
    turn.on = row.on_day;
    turn.school_year = row.school_year;
    turn.schooling = row.schooling;
    turn.state = row.state;
    if (row.job)
        turn.job = row.job;
    for (auto const& school : schools_of(call, row.id)) {
        ++turn.schools;
        turn.schools_applied += school.state == SchoolState::applied;
        turn.schools_failed += school.state == SchoolState::failed;
    }
    turn.created_by = {row.created_by, directory::person_name(call, row.created_by).value_or("")};
    turn.created_at = row.created_at;
    turn.applied_at = row.applied_at;
    turn.undone_at = row.undone_at;
    turn.version = row.version;
    return turn;
}

std::vector<SchoolPlan> plan_of(Call& call, TurnRow const& row)
{
    TurnSettings settings{row.on_day, static_cast<int>(row.school_year), row.schooling, {}, {}, {}, {}, {}, {}, {}};
    for (auto const& school : schools_of(call, row.id))
        if (school.state != SchoolState::applied)
            settings.schools.insert(school.school);
    for (auto const id : call.db.values<OrganisationId>("SELECT s.school AS value FROM turn_schools s JOIN turns t ON t.county = "
                                                        "s.county AND t.id = s.turn WHERE s.county = $1 "
                                                        "AND s.turn <> $2 AND s.state = 'applied' AND t.school_year >= $3",
             call.county, row.id, row.school_year))
        if (settings.schools.contains(id))
            settings.turned.insert(id);
    settings.classes = choices<ClassChoice>(
        call, row.id, "SELECT class, action, destination FROM turn_classes WHERE county = $1 AND turn = $2 ORDER BY class");
    settings.sizes = choices<SizeChoice>(
        call, row.id, "SELECT school, stage, entry_year, classes FROM turn_sizes WHERE county = $1 AND turn = $2");
    settings.posts
        = choices<PostChoice>(call, row.id, "SELECT post, action, number FROM turn_posts WHERE county = $1 AND turn = $2");
    settings.pupils = choices<PupilChoice>(
        call, row.id, "SELECT student, kind, class FROM turn_exceptions WHERE county = $1 AND turn = $2 ORDER BY student");
    settings.list = choices<ListPlace>(call, row.id, "SELECT student, number FROM turn_places WHERE county = $1 AND turn = $2");
    auto const rolls = directory::rolls_below(call, path_of_turn(call, row), row.on_day);
    return plan_turn(rolls, settings);
}

Routes turn_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/turns", manage_enrolment, "turn_list", "Turns of the school year, newest first", list),
        route(Verb::get, "/api/turn-defaults", manage_enrolment, "turn_defaults",
            "The day and year that the next turn would be for", defaults),
        route(Verb::post, "/api/turns", manage_enrolment, "turn_create", "Begins a turn of the school year as a draft", create),
        route(Verb::get, "/api/turns/{id}", manage_enrolment, "turn_show", "A turn of the school year", show),
        route(Verb::del, "/api/turns/{id}", manage_enrolment, "turn_discard", "Gives up a draft", discard),
    };
}

} // namespace concentric::enrolment
