#pragma once

#include "modules/forms/access.hpp"
#include "modules/forms/counting.hpp"

// What a form brought in, for whoever made it, and for those below as far as their own people go. Of an anonymous form nothing is
// shown before its end, or each new answer could be read off as a difference, and nothing of fewer than five answers.
namespace concentric::forms {

enum class HiddenBecause { nothing, still_open, too_few, part };
BOOST_DESCRIBE_ENUM(HiddenBecause, nothing, still_open, too_few, part)

struct FormResults {
    std::int64_t asked = 0, answered = 0; // turns; of everybody within reach
    HiddenBecause hidden = HiddenBecause::nothing;
    std::vector<QuestionResult> questions;
};
BOOST_DESCRIBE_STRUCT(FormResults, (), (asked, answered, hidden, questions))

struct AskResults {
    FormId id;
    std::optional<OrganisationId> unit; // only answers from there; never of an anonymous form
};
BOOST_DESCRIBE_STRUCT(AskResults, (), (id, unit))

struct AskCrossTable {
    FormId id;
    std::optional<Key> rows; // a question; left out: the organisations below
    Key columns;
};
BOOST_DESCRIBE_STRUCT(AskCrossTable, (), (id, rows, columns))
struct CrossTable {
    HiddenBecause hidden = HiddenBecause::nothing;
    std::vector<CrossRow> rows;
    std::vector<ChoiceCount> columns; // with their sums over all rows; none where rows are hidden
};
BOOST_DESCRIBE_STRUCT(CrossTable, (), (hidden, rows, columns))

// How many of those asked have answered, by the organisations directly below. Of an anonymous form only as a whole.
struct AskProgress {
    FormId id;
    std::optional<OrganisationId> unit;
};
BOOST_DESCRIBE_STRUCT(AskProgress, (), (id, unit))
struct FormUnitProgress {
    OrganisationId id;
    std::string name, kind;
    std::int64_t asked = 0, answered = 0;
};
BOOST_DESCRIBE_STRUCT(FormUnitProgress, (), (id, name, kind, asked, answered))
struct FormProgress {
    std::int64_t asked = 0, answered = 0;
    std::vector<FormUnitProgress> units;
};
BOOST_DESCRIBE_STRUCT(FormProgress, (), (asked, answered, units))

// By name, so never of an anonymous form.
struct ListMissing {
    FormId id;
    std::optional<OrganisationId> unit;
    std::optional<PersonId> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListMissing, (), (id, unit, after, limit))
struct MissingPerson {
    PersonId person; // the child, or whoever is of the staff
    std::string name, unit_name;
    std::int64_t household = 0; // 1 or 2 where each home is asked
    std::vector<std::string> carers; // who could answer
};
BOOST_DESCRIBE_STRUCT(MissingPerson, (), (person, name, unit_name, household, carers))

struct OneResult {
    FormId id;
};
BOOST_DESCRIBE_STRUCT(OneResult, (), (id))

FormResults show_results(Call&, AskResults const&);
CrossTable show_cross_table(Call&, AskCrossTable const&);
FormProgress show_progress(Call&, AskProgress const&);
Page<MissingPerson> list_missing(Call&, ListMissing const&);
// A sheet of figures, one of free texts, and of a form with names one with a row for each answer.
Download export_results(Call&, OneResult const&);

Routes result_routes();

} // namespace concentric::forms
