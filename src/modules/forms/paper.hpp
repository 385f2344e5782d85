#pragma once

#include "modules/forms/access.hpp"
#include "modules/forms/filling.hpp"

// Forms on paper for families without a smartphone: a sheet with its questions and a code, and what somebody of the school typed in
// from sheets that came back. Anonymous forms are not asked on paper: whoever types an answer in would know whose it is.
namespace concentric::forms {

struct OneSheet {
    FormId id;
};
BOOST_DESCRIBE_STRUCT(OneSheet, (), (id))

// What stands on the sheet, as it was published last.
struct FormSheet {
    std::string title;
    std::int64_t version = 0;
    FormContent content;
};
BOOST_DESCRIBE_STRUCT(FormSheet, (), (title, version, content))

using TypedId = Id<struct TypedTag>;
using Household = Within<1, 9>;

struct TypeAnswer {
    FormId id;
    PersonId student;
    std::optional<Household> household; // where each home of the child is asked
    std::int64_t version = 0;
    std::vector<FormAnswer> answers;
};
BOOST_DESCRIBE_STRUCT(TypeAnswer, (), (id, student, household, version, answers))
void check(TypeAnswer const&, Problems&);

struct OneTypedAnswer {
    FormId id;
    PersonId student;
    std::optional<Household> household;
};
BOOST_DESCRIBE_STRUCT(OneTypedAnswer, (), (id, student, household))

struct TypedAnswer {
    PersonId student;
    std::string name, unit_name;
    std::int64_t household = 0; // 0 where children are asked
    std::string entered_by;
    Instant entered_at;
    std::vector<FormAnswer> answers;
};
BOOST_DESCRIBE_STRUCT(TypedAnswer, (), (student, name, unit_name, household, entered_by, entered_at, answers))

struct ListTyped {
    FormId id;
    std::optional<TypedId> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListTyped, (), (id, after, limit))

FormSheet show_sheet(Call&, OneSheet const&);
// A PDF to be filled in by hand. 409 for an anonymous form, a draft, and one for staff.
Download print_sheet(Call&, OneSheet const&);
// For a pupil within reach; typing in again corrects. 409 where the family answered on its own, and for another version.
TypedAnswer type_answer(Call&, TypeAnswer const&);
// Only of what came on paper.
Nothing take_typed_back(Call&, OneTypedAnswer const&);
// What was typed in for pupils within reach, the latest first.
Page<TypedAnswer> list_typed(Call&, ListTyped const&);

Routes paper_routes();

} // namespace concentric::forms
