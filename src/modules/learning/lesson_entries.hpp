#pragma once

#include "modules/learning/access.hpp"
#include "modules/ledger/entries.hpp"

// A lesson done becomes an entry of the ledger, from which points and hours follow.
namespace concentric::learning {

struct Completion {
    PersonId person;
    CourseId course;
    UnitId unit;
    std::int64_t seconds = 0; // how long the lesson is
};

// course.parent for parents' lines; for staff course.required or course.elective, as the course says.
std::string_view entry_kind(Line line, bool is_compulsory);
// A fact about somebody's work in a course, at this moment: placed as lessons are, without source and minutes.
ledger::NewEntry fact_of_course(Call&, OwnedCourse const&, std::string_view kind, PersonId);
// Once for each person and unit, however often it is told. Its minutes and those of the course's other lessons add up to whole
// ones.
void note_lesson(Call&, Completion const&);

} // namespace concentric::learning
