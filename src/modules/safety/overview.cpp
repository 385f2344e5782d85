#include "modules/safety/overview.hpp"

#include "lib/workbook.hpp"
#include "modules/tally/unit_needs.hpp"

namespace concentric::safety {
namespace {

struct Counted {
    OrganisationId school;
    std::int64_t one = 0, other = 0;
};
BOOST_DESCRIBE_STRUCT(Counted, (), (school, one, other))
using Counts = std::map<std::int64_t, Counted>;

template <class... A> Counts counted(Call& call, std::string const& sql, A const&... arguments)
{
    Counts counts;
    for (auto const& row : call.db.rows<Counted>(sql, call.county, arguments...))
        counts.emplace(row.school.value, row);
    return counts;
}

Counted of(Counts const& counts, OrganisationId school)
{
    auto const found = counts.find(school.value);
    return found == counts.end() ? Counted{} : found->second;
}

Counts planned_drills(Call& call, plan::Period const& period)
{
    return counted(call,
        "SELECT school, count(*) AS one, 0 AS other FROM drills WHERE county = $1 AND planned_at >= $2 AND planned_at < $3 AND "
        "state "
        "IN ('planned', 'running', 'stopped') GROUP BY school",
        start_of(period.from), start_of(plus_days(period.to, 1)));
}

Counts drills_at_hand(Call& call)
{
    Counts counts;
    static std::string const sql = drill_columns() + " WHERE d.county = $1 AND d.state IN ('planned', 'running', 'stopped')";
    for (auto const& drill : call.db.rows<OwnedDrill>(sql, call.county)) {
        auto& counted = counts[drill.school.value];
        auto const due = due_of(drill, call.now);
        counted.one += due == Due::overdue;
        counted.other += due == Due::running;
    }
    return counts;
}

} // namespace

std::map<std::int64_t, DrillStanding> standings_of(Call& call, std::vector<std::int64_t> const& schools)
{
    std::map<std::int64_t, DrillStanding> standings;
    std::map<Day, Counts> planned; // schools mostly share their period
    for (auto const& [school, need] : tally::unit_needs(call, "held.drill", schools)) {
        auto found = planned.find(need.period.from);
        if (found == planned.end())
            found = planned.emplace(need.period.from, planned_drills(call, need.period)).first;
        Calendar const calendar{need.needed, need.amount, of(found->second, {school}).one};
        standings.emplace(school,
            DrillStanding{call.say(need.title), call.say(need.period.title), need.period.from, need.period.to, calendar.needed,
                calendar.held, calendar.planned, calendar.unplanned()});
    }
    return standings;
}

SafetyOverview show_overview(Call& call, Nothing const&)
{
    SafetyOverview overview;
    if (call.viewer.path.empty())
        return overview;
    auto const schools = directory::schools_below(call, call.viewer.path);
    std::vector<std::int64_t> ids;
    for (auto const& school : schools)
        ids.push_back(school.id.value);
    auto const standings = standings_of(call, ids);
    auto const drills = drills_at_hand(call);
    auto const tasks = counted(call,
        "SELECT school, count(*) AS one, SUM(CASE WHEN due_day < $2 THEN 1 ELSE 0 END) AS other FROM safety_tasks WHERE county = "
        "$1 "
        "AND done_at = 0 GROUP BY school",
        call.today());
    auto const hazards = counted(call,
        "SELECT school, count(*) AS one, SUM(CASE WHEN due_day > 0 AND due_day < $2 THEN 1 ELSE 0 END) AS other FROM hazards WHERE "
        "county = $1 AND state = 'open' GROUP BY school",
        call.today());
    auto const alarms = counted(
        call, "SELECT school, count(*) AS one, 0 AS other FROM alarms WHERE county = $1 AND ended_at = 0 GROUP BY school");
    auto const cards
        = counted(call, "SELECT school, count(*) AS one, 0 AS other FROM emergency_cards WHERE county = $1 GROUP BY school");
    for (auto const& school : schools) {
        SchoolSafety one;
        one.school = {school.id, school.name};
        if (auto const found = standings.find(school.id.value); found != standings.end())
            one.drills = found->second;
        one.overdue_drills = of(drills, school.id).one;
        one.running_drills = of(drills, school.id).other;
        one.open_tasks = of(tasks, school.id).one;
        one.overdue_tasks = of(tasks, school.id).other;
        one.open_hazards = of(hazards, school.id).one;
        one.overdue_hazards = of(hazards, school.id).other;
        one.alarms = of(alarms, school.id).one;
        one.has_card = of(cards, school.id).one > 0;
        overview.items.push_back(std::move(one));
    }
    return overview;
}

Download overview_sheet(Call& call, Nothing const& nothing)
{
    std::vector<std::string> headings;
    for (auto const& words : {Words{"学校", "School"}, {"要求演练", "Drills asked for"}, {"已完成", "Done"}, {"已排", "Planned"},
             {"未排", "Not planned"}, {"逾期", "Overdue"}, {"未整改隐患", "Open hazards"}, {"逾期隐患", "Overdue hazards"},
             {"未完成整改事项", "Open tasks"}, {"急救卡", "Emergency card"}})
        headings.push_back(call.say(words));
    lib::WorkbookWriter book;
    book.add_sheet(call.say({"校园安全", "Safety"}), headings);
    for (auto const& one : show_overview(call, nothing).items) {
        auto const drills = one.drills.value_or(DrillStanding{});
        book.add_row(
            {one.school.name, drills.needed, drills.held, drills.planned, drills.unplanned, one.overdue_drills, one.open_hazards,
                one.overdue_hazards, one.open_tasks, call.say(one.has_card ? Words{"有", "yes"} : Words{"无", "no"})});
    }
    return {book.finish(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        call.say({"校园安全总览.xlsx", "safety.xlsx"})};
}

} // namespace concentric::safety
