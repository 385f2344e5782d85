#pragma once

#include "modules/directory/lookup.hpp"
#include "modules/families/rights.hpp"
#include "modules/forms/tables.hpp"

// Who is asked by a form, seen from above (everybody of a part of the tree) and from below (for whom the viewer may answer).
namespace concentric::forms {

// Whoever answers once: a household of a family, a child, or somebody of the staff.
struct Turn {
    std::int64_t subject = 0, household = 0;
    auto operator<=>(Turn const&) const = default;
};

// The family of a pupil; a child without one on the roster is one of its own.
std::int64_t subject_of(std::int64_t student, std::int64_t family);

// A place from which somebody is asked: each child of the audience, or each member of the staff.
struct Asked {
    Turn turn;
    PersonId person; // the child, or whoever is of the staff
    std::string name;
    OrganisationId unit;
    std::string unit_name, path;
};

struct PathRange {
    std::string path; // with all below it
};
// The parts of the tree that the form asks, as far as they lie below the path.
std::vector<PathRange> asked_ranges(Call&, FormId, std::string_view path);
// Everybody there today, by unit. A child with two homes stands there twice in a form for households.
std::vector<Asked> asked_in(Call&, FormRow const&, std::vector<PathRange> const&);
// By school, grade and class as people count them, then by name.
void sort_as_counted(Call&, std::vector<Asked>&);
// Those after everybody asked about that person; from the beginning without one.
std::span<Asked const> asked_after(std::vector<Asked> const&, std::optional<PersonId>);
// The turns of one pupil within the viewer's reach; more than one where each home is asked. 404 for others.
std::vector<Asked> turns_of_pupil(Call&, FormRow const&, PersonId student);

// Whom to write to about these people, by their place in the list: the carers who may answer (or sign) for a child, of its
// household; whoever is of the staff.
std::vector<std::int64_t> people_to_write_to(Call&, FormRow const&, std::span<Asked const>);
// The carers whose turn that is.
std::vector<std::int64_t> people_of_turn(Call&, FormRow const&, PersonId child, std::int64_t household);

// Somebody for whom the viewer may answer.
struct OwnTurn {
    Turn turn;
    PersonId student; // 0: of the staff
    std::string name; // of the child, of all children of a household, or empty
    OrganisationId unit;
    std::string unit_name, path;
    bool may_sign = false;
};
std::vector<OwnTurn> own_turns(Call&, FormRow const&, std::vector<std::int64_t> const& places);
std::vector<std::int64_t> places_of(Call&, FormId);

// What an answer takes: families confirm, guardians sign commitments.
families::Right needed_right(FormPurpose);

} // namespace concentric::forms
