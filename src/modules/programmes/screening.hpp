#pragma once

#include "modules/programmes/enrolments.hpp"
#include "modules/programmes/sessions.hpp"

// Screening for a workshop (前置筛选): who applied by a plan or case, and who is accepted, waits for a place or is refused.
namespace concentric::programmes {

struct Application {
    directory::PersonBrief person;
    std::string organisation;
    SubmissionId submission;
    ApplicationState state = ApplicationState::submitted;
    std::optional<std::int64_t> place; // on the waiting list, from 1
    std::string reason;
    Instant applied_at;
    std::int64_t rounds = 1; // drafts of the plan
    bool is_returned = false; // the plan was given back to be improved
    std::optional<Instant> decided_at;
};
BOOST_DESCRIBE_STRUCT(
    Application, (), (person, organisation, submission, state, place, reason, applied_at, rounds, is_returned, decided_at))
struct ApplicationCounts {
    std::int64_t submitted = 0, accepted = 0, waiting = 0, refused = 0, withdrawn = 0;
};
BOOST_DESCRIBE_STRUCT(ApplicationCounts, (), (submitted, accepted, waiting, refused, withdrawn))
struct Screening {
    AssignmentId assignment;
    std::int64_t capacity = 0, taken = 0; // 0: no limit
    std::optional<Day> until; // the last day of the call
    ApplicationCounts counts; // of all
    std::vector<Application> items; // undecided first, in the order they came; then accepted, waiting, refused, withdrawn
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(Screening, (), (assignment, capacity, taken, until, counts, items, next))

struct AskApplications {
    ClassId id;
    std::optional<ApplicationState> state;
    std::optional<Text<1, 80>> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(AskApplications, (), (id, state, after, limit))

enum class ScreeningDecision { accepted, waiting, refused, undecided };
BOOST_DESCRIBE_ENUM(ScreeningDecision, accepted, waiting, refused, undecided)
struct DecideApplication {
    ClassId id;
    PersonId person;
    ScreeningDecision decision = ScreeningDecision::accepted;
    std::optional<Text<0, 500>> reason;
};
BOOST_DESCRIBE_STRUCT(DecideApplication, (), (id, person, decision, reason))
// A refusal has a reason.
void check(DecideApplication const&, Problems&);

Screening list_applications(Call&, AskApplications const&);
// Whoever is accepted is in the class, and owes its fee. 409 for a full workshop, for somebody who withdrew, and for taking an
// acceptance back after the fee was paid.
Nothing decide_application(Call&, DecideApplication const&);

std::optional<ApplicationRow> application_of(Call&, ClassId, PersonId);
std::vector<ApplicationRow> applications_of(Call&, ClassId);
// Why nobody applies (any more); nothing while the call is open to whoever has this application, or none.
std::optional<Words> call_closed(Call const&, ClassRow const&, std::optional<ApplicationRow> const&);
// The first draft makes the application.
void note_application(Call&, OwnedClass const&, coursework::SubmissionRow const&);
// A learner left: the application is withdrawn, and whoever waits first comes in, unless the first session has begun.
void place_freed(Call&, OwnedClass const&, PersonId left);

Routes screening_routes();

} // namespace concentric::programmes
