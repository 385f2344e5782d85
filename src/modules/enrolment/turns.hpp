#pragma once

#include "core/jobs.hpp"
#include "core/route.hpp"
#include "modules/directory/posts.hpp"
#include "modules/enrolment/turn_plan.hpp"

// The turn of a school year as people make it: a draft with its choices, a preview, the application, a report, and the way back.
namespace concentric::enrolment {

using TurnId = Id<struct TurnTag>;

enum class TurnState { draft, scheduled, applying, applied, undoing, undone, discarded };
BOOST_DESCRIBE_ENUM(TurnState, draft, scheduled, applying, applied, undoing, undone, discarded)

enum class SchoolState { waiting, applied, failed, undone };
BOOST_DESCRIBE_ENUM(SchoolState, waiting, applied, failed, undone)

struct TurnRow {
    std::int64_t county = 0;
    TurnId id;
    std::string name;
    OrganisationId organisation; // whose schools are turned
    Day on_day; // the first day of the new school year
    std::int64_t school_year = 0;
    Schooling schooling = Schooling::six_three;
    TurnState state = TurnState::draft;
    JobId job;
    PersonId created_by;
    Instant created_at;
    std::optional<Instant> applied_at, undone_at;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(TurnRow, (),
    (county, id, name, organisation, on_day, school_year, schooling, state, job, created_by, created_at, applied_at, undone_at,
        version))

struct TurnSchoolRow {
    std::int64_t county = 0;
    TurnId turn;
    OrganisationId school;
    SchoolState state = SchoolState::waiting;
    std::int64_t position = 0;
    std::string counts = "{}", fault_zh, fault_en;
};
BOOST_DESCRIBE_STRUCT(TurnSchoolRow, (), (county, turn, school, state, position, counts, fault_zh, fault_en))

struct Turn {
    TurnId id;
    std::string name;
    directory::OrganisationBrief organisation;
    Day on;
    std::int64_t school_year = 0;
    Schooling schooling = Schooling::six_three;
    TurnState state = TurnState::draft;
    std::optional<JobId> job; // the one that runs or ran last
    std::int64_t schools = 0, schools_applied = 0, schools_failed = 0;
    directory::PersonBrief created_by;
    Instant created_at;
    std::optional<Instant> applied_at, undone_at;
    bool may_apply = false; // the viewer's post reaches all of it
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(Turn, (),
    (id, name, organisation, on, school_year, schooling, state, job, schools, schools_applied, schools_failed, created_by,
        created_at, applied_at, undone_at, may_apply, version))

struct OneTurn {
    TurnId id;
};
BOOST_DESCRIBE_STRUCT(OneTurn, (), (id))

inline Words const the_turn{"学年更替", "turn of the school year"};

Routes turn_routes();
Routes turn_choice_routes();

// For this module. The turn, or 404 unless the viewer reaches its organisation or one of its schools.
TurnRow reached_turn(Call&, TurnId);
// The same, and 404 unless the viewer reaches all of it.
TurnRow owned_turn(Call&, TurnId);
// 409 unless it is a draft or has schools that are not turned; counts its version on, after If-Match was looked at.
void begin_choice(Call&, TurnRow&);
void set_state(Call&, TurnRow const&, TurnState);
std::vector<TurnSchoolRow> schools_of(Call&, TurnId);
// Applied, but not in all schools.
bool can_go_on(TurnRow const&, std::vector<TurnSchoolRow> const&);
Turn present(Call&, TurnRow const&);
// The turn as it would go now, for the schools that are not turned yet.
std::vector<SchoolPlan> plan_of(Call&, TurnRow const&);
std::string path_of_turn(Call&, TurnRow const&);

} // namespace concentric::enrolment
