#pragma once

#include "modules/coursework/assignment_tables.hpp"
#include "modules/ledger/entries.hpp"

// What an assignment belongs to: a course, or what a module above keeps, such as a workshop. That module answers who sees it, who
// leads it, and what a pass is worth.
namespace concentric::coursework {

// As the viewer of the call stands to it.
struct Place {
    std::string title; // of the course, or of what it belongs to
    bool is_reached = false; // it is there for the viewer
    bool may_host = false; // the viewer leads it: reads all drafts, returns them, lets them pass
    bool is_judged_here = true; // false: a draft may be returned to be improved, and what becomes of it is said elsewhere
    std::optional<Words> closed; // why the viewer hands nothing in at present
};

// Asked of the modules above about an assignment that is of no course; whoever keeps it fills the place.
struct PlaceAsked {
    AssignmentRow const& assignment;
    Place* place;
};
// The entry that a pass writes; no kind: none.
struct PassAsked {
    AssignmentRow const& assignment;
    PersonId person;
    ledger::NewEntry* fact;
};
// A draft of an assignment of no course came in.
struct DraftHandedIn {
    AssignmentRow const& assignment;
    SubmissionRow const& submission; // with this round counted
};

Place place_of(Call&, AssignmentRow const&);
// The entry for somebody whose draft passes, without source.
ledger::NewEntry fact_of_pass(Call&, AssignmentRow const&, PersonId);

} // namespace concentric::coursework
