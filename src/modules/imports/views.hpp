#pragma once

#include "modules/imports/job_routes.hpp"
#include "modules/imports/store.hpp"

// An import as people see it, in their language.
namespace concentric::imports {

struct OrganisationShown {
    OrganisationId id;
    std::string kind, name;
};
BOOST_DESCRIBE_STRUCT(OrganisationShown, (), (id, kind, name))

struct PersonShown {
    PersonId id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(PersonShown, (), (id, name))

struct SheetShown : SheetMapping {
    std::string kind_name;
};
BOOST_DESCRIBE_STRUCT(SheetShown, (SheetMapping), (kind_name))

struct FieldShown {
    std::string field, name;
    bool required = false;
    std::optional<std::string> hint;
};
BOOST_DESCRIBE_STRUCT(FieldShown, (), (field, name, required, hint))

struct FieldsShown {
    std::string kind, kind_name;
    std::vector<FieldShown> fields;
};
BOOST_DESCRIBE_STRUCT(FieldsShown, (), (kind, kind_name, fields))

struct CountsShown : KindCounts {
    std::string kind_name;
};
BOOST_DESCRIBE_STRUCT(CountsShown, (KindCounts), (kind_name))

struct FaultShown {
    std::string code, words;
    std::int64_t count = 0;
    bool is_warning = false;
};
BOOST_DESCRIBE_STRUCT(FaultShown, (), (code, words, count, is_warning))

struct Import {
    ImportId id;
    std::string kind, file_name;
    std::int64_t file_size = 0;
    std::optional<OrganisationShown> organisation;
    State state = State::reading;
    std::vector<SheetShown> sheets;
    std::vector<FieldsShown> fields;
    std::vector<CountsShown> counts;
    std::vector<FaultShown> problem_counts;
    std::optional<JobShown> job;
    PersonShown created_by;
    Instant created_at;
    std::optional<Instant> applied_at, undone_at;
    bool can_apply = false, can_undo = false;
    bool is_forgotten = false; // its file and notes for undoing were cleared when their time was up
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(Import, (),
    (id, kind, file_name, file_size, organisation, state, sheets, fields, counts, problem_counts, job, created_by, created_at,
        applied_at, undone_at, can_apply, can_undo, is_forgotten, version))

struct ChangeShown {
    std::string field, name;
    std::optional<std::string> before, after;
    std::optional<bool> kept_by_hand;
};
BOOST_DESCRIBE_STRUCT(ChangeShown, (), (field, name, before, after, kept_by_hand))

struct ProblemShown {
    std::optional<std::string> column, field;
    std::string code, words;
    std::optional<std::string> found;
    bool is_warning = false;
};
BOOST_DESCRIBE_STRUCT(ProblemShown, (), (column, field, code, words, found, is_warning))

struct RowShown {
    std::int64_t number = 0;
    std::string sheet, kind;
    std::int64_t row = 0;
    Action action = Action::leave;
    std::string title, detail;
    std::vector<ChangeShown> changes;
    std::vector<ProblemShown> problems;
};
BOOST_DESCRIBE_STRUCT(RowShown, (), (number, sheet, kind, row, action, title, detail, changes, problems))

// As it is now; sets the answer's version and whom the audit line is about.
Import present(Call&, ImportRow const&);
// One of a list whose places and people were looked up together.
Import present(Call&, ImportRow const&, PlacesFound const&);
RowShown present(Call const&, PreviewRow const&);

} // namespace concentric::imports
