#pragma once

#include "modules/enrolment/turns.hpp"

// What an application does to each school, written down before it is done, so that it survives a restart and can be undone.
namespace concentric::enrolment {

// Writes down what the plan does to a school.
void write_down(Call&, TurnId, SchoolPlan const&);
// Forgets what was written down for schools that are not turned.
void forget_unapplied(Call&, TurnId);
// What was written down for a school, as the directory takes it; school 0: for all that are turned.
directory::Reshaping written_down(Call&, TurnRow const&, OrganisationId school);

struct StepRow {
    std::int64_t county = 0;
    TurnId turn;
    OrganisationId school;
    PersonId student;
    StepKind kind = StepKind::up;
    OrganisationId from_class, to_class;
};
BOOST_DESCRIBE_STRUCT(StepRow, (), (county, turn, school, student, kind, from_class, to_class))

std::vector<StepRow> steps_of(Call&, TurnId, OrganisationId school);

} // namespace concentric::enrolment
