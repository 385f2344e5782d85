#pragma once

#include "modules/activities/kinds.hpp"
#include "modules/activities/tables.hpp"
#include "modules/activities/timetable.hpp"

// Who sees an event, who may come, and who may run it. Since an event ends as entries of the ledger, whoever may append entries for
// an organisation announces what happens there; whoever may read people's files besides runs all events there, others their own.
namespace concentric::activities {

// An event with its organiser.
struct OwnedActivity : ActivityRow {
    std::string organiser_name, organiser_kind, organiser_path;
    Stretch time() const { return {starts_at, ends_at}; }
};
BOOST_DESCRIBE_STRUCT(OwnedActivity, (ActivityRow), (organiser_name, organiser_kind, organiser_path))

// Pieces of a statement that gives OwnedActivity rows: SELECT … FROM activities a … o.
std::string const& activity_columns();
std::string const& organiser_join();

std::optional<OwnedActivity> activity_with(Call&, ActivityId);
std::vector<std::int64_t> parties_of(Call&, ActivityId, Part);

bool may_manage(Call const&, OwnedActivity const&);
// 404 for whoever may not; the event stays as it is until the transaction ends, so that of two who change it one comes second.
OwnedActivity managed_activity(Call&, ActivityId);
// The same for managing it or leading it: attendance, the code, closing.
OwnedActivity run_activity(Call&, ActivityId);
bool may_run(Call&, OwnedActivity const&);
// The same for looking only: nobody waits.
OwnedActivity watched_activity(Call&, ActivityId);
// Waits for others who change this event, then gives it as it is.
OwnedActivity held_activity(Call&, ActivityId);

// Where the viewer belongs, for asking who is invited.
struct Belonging {
    std::vector<std::int64_t> posts, children; // organisations, ascending
};
Belonging belonging_of(Call&);
// The condition that the event a is there for somebody: the viewer is invited, runs it, or has signed up. Parameters: $1 county, $2
// person, $3 and $4 Viewer::path and path_end, $5 Belonging::posts, $6 Belonging::children.
extern std::string const visible_condition;
bool is_visible(Call&, ActivityId);
// 404 for whom it is not there.
OwnedActivity visible_activity(Call&, ActivityId);

// For whom the viewer comes, checked: the carer's child, the pupil, or nobody. 403 for whoever is not invited.
struct Guest {
    PersonId person, student;
};
Guest invited_guest(Call&, OwnedActivity const&, std::optional<PersonId> student);
// The children of a carer whom the event is for.
std::vector<directory::Child> children_invited(Call&, OwnedActivity const&, std::vector<directory::Child> children);

// Whether a path leads through one of these organisations (ascending).
bool is_below_any(std::string_view path, std::vector<std::int64_t> const& units);
// By a post in one of the organisations that are invited, or below it.
bool is_invited_as_staff(Call&, OwnedActivity const&);

void require_announced(ActivityRow const&);
void mark(Call&, ActivityId);

} // namespace concentric::activities
