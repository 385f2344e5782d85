#include "modules/enrolment/turn_store.hpp"

namespace concentric::enrolment {
namespace {

struct UnitRow {
    std::int64_t county = 0;
    TurnId turn;
    OrganisationId school;
    std::int64_t position = 0;
    OrganisationId unit;
    bool is_opened = false;
    OrganisationId above;
    std::string kind, name, stage;
    std::int64_t entry_year = 0, number = 0;
};
BOOST_DESCRIBE_STRUCT(UnitRow, (), (county, turn, school, position, unit, is_opened, above, kind, name, stage, entry_year, number))

struct TermRow {
    std::int64_t county = 0;
    TurnId turn;
    OrganisationId school;
    PostId post;
    Day was_to;
    PostId new_post;
    PersonId person;
    OrganisationId organisation;
    std::string role, title;
};
BOOST_DESCRIBE_STRUCT(TermRow, (), (county, turn, school, post, was_to, new_post, person, organisation, role, title))

std::vector<UnitRow> unit_rows(Call& call, TurnId turn, SchoolPlan const& plan)
{
    std::vector<UnitRow> rows;
    auto const add = [&](UnitRow row) {
        row.county = call.county;
        row.turn = turn;
        row.school = plan.school.id;
        row.position = static_cast<std::int64_t>(rows.size());
        rows.push_back(std::move(row));
    };
    for (auto const id : plan.closed)
        add({0, {}, {}, 0, id, false, {}, "", "", "", 0, 0});
    for (auto const& [unit, is_successor, girls, boys, pupils] : plan.opened)
        add({0, {}, {}, 0, unit.id, true, unit.parent, unit.kind, unit.name, unit.stage, unit.entry_year, unit.number});
    return rows;
}

std::vector<TermRow> term_rows(Call& call, TurnId turn, SchoolPlan const& plan)
{
    std::vector<TermRow> rows;
    for (auto const& planned : plan.posts) {
        if (planned.action == PostAction::keep)
            continue;
        auto const& post = planned.post;
        auto const is_handed_over = planned.action == PostAction::hand_over;
        rows.push_back({call.county, turn, plan.school.id, post.id, post.to_day, is_handed_over ? new_id_of<PostId>() : PostId{},
            post.person, planned.to, post.role, post.title});
    }
    return rows;
}

directory::StudentStatus status_after(StepKind kind)
{
    if (kind == StepKind::graduated)
        return directory::StudentStatus::graduated;
    return kind == StepKind::left ? directory::StudentStatus::left : directory::StudentStatus::active;
}

// A school's rows, or those of all schools that are turned, in the order in which they were. Two statements: with OR between them,
// each school would read the rows of all.
template <class Row>
std::vector<Row> rows_of(Call& call, std::string const& table, TurnId turn, OrganisationId school, std::string const& order)
{
    if (school)
        return call.db.rows<Row>("SELECT * FROM " + table + " WHERE county = $1 AND turn = $2 AND school = $3 ORDER BY " + order,
            call.county, turn, school);
    return call.db.rows<Row>("SELECT r.* FROM " + table
            + " r JOIN turn_schools s ON s.county = r.county AND s.turn = r.turn AND s.school = r.school WHERE r.county = $1 AND "
              "r.turn = $2 AND s.state = 'applied' ORDER BY s.position, r."
            + order,
        call.county, turn);
}

} // namespace

void write_down(Call& call, TurnId turn, SchoolPlan const& plan)
{
    std::vector<StepRow> steps;
    for (auto const& step : plan.steps)
        steps.push_back({call.county, turn, plan.school.id, step.student, step.kind, step.from, step.to});
    call.db.load("turn_steps", steps);
    call.db.load("turn_units", unit_rows(call, turn, plan));
    call.db.load("turn_terms", term_rows(call, turn, plan));
}

void forget_unapplied(Call& call, TurnId turn)
{
    for (std::string const table : {"turn_steps", "turn_units", "turn_terms"})
        call.db.execute("DELETE FROM " + table
                + " WHERE county = $1 AND turn = $2 AND school NOT IN (SELECT school FROM turn_schools WHERE county = $1 AND turn "
                  "= $2 "
                  "AND state = 'applied')",
            call.county, turn);
}

std::vector<StepRow> steps_of(Call& call, TurnId turn, OrganisationId school)
{
    return rows_of<StepRow>(call, "turn_steps", turn, school, "student");
}

directory::Reshaping written_down(Call& call, TurnRow const& turn, OrganisationId school)
{
    directory::Reshaping reshaping;
    reshaping.on = turn.on_day;
    for (auto& row : rows_of<UnitRow>(call, "turn_units", turn.id, school, "position")) {
        if (row.is_opened)
            reshaping.opened.push_back({row.unit, row.above, row.kind, std::move(row.name), row.stage, row.entry_year, row.number});
        else
            reshaping.closed.push_back(row.unit);
    }
    for (auto const& row : steps_of(call, turn.id, school))
        reshaping.steps.push_back({row.student, row.from_class, row.to_class, status_after(row.kind), latest_day});
    for (auto& row : rows_of<TermRow>(call, "turn_terms", turn.id, school, "post")) {
        reshaping.ended.push_back({row.post, row.was_to});
        if (row.new_post)
            reshaping.begun.push_back({row.new_post, row.person, row.organisation, row.role, row.title, row.was_to});
    }
    return reshaping;
}

} // namespace concentric::enrolment
