#include "modules/safety/head_counts.hpp"

#include "modules/safety/tasks.hpp"

#include <fmt/format.h>

namespace concentric::safety {
namespace {

using milliseconds::day;

struct CountedDrill {
    OwnedDrill drill;
    Occasion occasion;
    CountedClass row;
};

CountedDrill counted(Call& call, DrillId id, OrganisationId class_)
{
    CountedDrill found{seen_drill(call, id), {}, {}};
    found.occasion = occasion_of(call, found.drill);
    found.row = class_with(call, found.occasion, class_);
    if (!may_count(call, found.occasion, found.row))
        throw not_found(the_class);
    return found;
}

ClassRoll roll_of(Call& call, CountedDrill const& found)
{
    ClassRoll roll{
        view_of(call, found.drill), {{found.row.class_.value}, found.row.class_name}, roll_of(call, found.occasion, found.row), {}};
    if (found.row.arrived_at.milliseconds)
        roll.arrived_at = found.row.arrived_at;
    return roll;
}

// What was counted before the leader's phone said that it had begun counts too.
void require_countable(Call const& call, OwnedDrill const& drill)
{
    bool const is_today = std::abs(drill.planned_at.milliseconds - call.now.milliseconds) < day;
    if (drill.state == DrillState::running || drill.state == DrillState::stopped
        || (drill.state == DrillState::planned && is_today))
        return;
    throw conflict({"这次演练现在不能点名。", "Nobody is counted for this drill now."});
}

bool may_write(Call const& call, OwnedDrill const& drill)
{
    return manages(call, drill.school_path) && call.viewer.may(Permission::send_notices) && drill.state != DrillState::cancelled;
}

} // namespace

void check(ReportClass const& input, Problems& problems) { check(static_cast<ClassReport const&>(input), problems); }

DrillBoard show_board(Call& call, OneDrill const& input)
{
    auto const drill = seen_drill(call, input.id);
    DrillBoard board;
    static_cast<DrillView&>(board) = view_of(call, drill);
    static_cast<HeadCount&>(board) = count_heads(call, occasion_of(call, drill));
    board.tasks = tasks_of_drill(call, drill);
    board.may_write = may_write(call, drill);
    if (board.may_write)
        board.letters = letters_of(call, drill.id.value);
    return board;
}

ClassRoll show_roll(Call& call, OneDrillClass const& input) { return roll_of(call, counted(call, input.id, input.class_)); }

ClassRoll report_class(Call& call, ReportClass const& input)
{
    call.db.hold({input.id.value, input.class_.value});
    auto found = counted(call, input.id, input.class_);
    require_countable(call, found.drill);
    take_report(call, found.occasion, found.row, input);
    return roll_of(call, found);
}

DrillBoard lead_class(Call& call, LeadClass const& input)
{
    auto const drill = run_drill(call, input.id);
    class_with(call, occasion_of(call, drill), input.class_);
    if (input.leader)
        require_staff(call, drill.school_path, *input.leader, "/leader");
    call.db.execute("UPDATE drill_classes SET leader = $4 WHERE county = $1 AND drill = $2 AND class = $3", call.county, drill.id,
        input.class_, input.leader.value_or(PersonId{}));
    tell_staff(call, drill.school_path);
    return show_board(call, {drill.id});
}

DrillBoard write_of_drill(Call& call, WriteOfDrill const& input)
{
    auto const drill = seen_drill(call, input.id);
    if (!may_write(call, drill))
        throw not_found(the_drill);
    bool const is_over = drill.state == DrillState::stopped || drill.state == DrillState::closed;
    write_letter(
        call, {drill.id.value, drill.school, is_over, false}, drill_title(words_of(drill.kind), is_over), drill_body(input.words));
    return show_board(call, {drill.id});
}

OwnDrills own_drills(Call& call, Nothing const&)
{
    static std::string const sql = drill_columns()
        + " WHERE d.county = $1 AND ((o.path >= $2 AND o.path < $3) OR d.coordinator = $4) AND (d.state IN ('running', 'stopped') "
          "OR "
          "(d.state IN ('planned', 'closed') AND d.planned_at > $5 AND d.planned_at < $6)) ORDER BY d.planned_at, d.id LIMIT 20";
    auto const own = own_schools(call);
    auto const path = own.size() == 1 ? own.front().path : std::string("/-/");
    OwnDrills drills;
    for (auto const& drill : call.db.rows<OwnedDrill>(sql, call.county, path, path.substr(0, path.size() - 1) + "0",
             call.viewer.person, Instant{call.now.milliseconds - day}, Instant{call.now.milliseconds + 14 * day})) {
        OwnDrill one;
        static_cast<DrillView&>(one) = view_of(call, drill);
        auto const occasion = occasion_of(call, drill);
        for (auto const& row : classes_of(call, occasion))
            if (may_count(call, occasion, row))
                one.classes.push_back({{row.class_.value}, row.class_name});
        drills.items.push_back(std::move(one));
    }
    return drills;
}

} // namespace concentric::safety
