#include "modules/coursework/places.hpp"

#include "modules/learning/lesson_entries.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::coursework {
namespace {

Place place_in_course(Call& call, learning::OwnedCourse const& course)
{
    Place place{course.title};
    place.may_host = learning::may_manage(call, course);
    place.is_reached = place.may_host
        || learning::may_learn(
            call, course, course.level == learning::Level::school ? learning::own_branch(call) : std::vector<std::int64_t>{});
    if (course.edition == 0)
        place.closed = Words{"课程还没有发布，不能提交。", "The course is not published yet."};
    return place;
}

} // namespace

Place place_of(Call& call, AssignmentRow const& assignment)
{
    if (assignment.course)
        return place_in_course(call, learning::course_with(call, assignment.course).value());
    Place place;
    call.events.publish(call, PlaceAsked{assignment, &place});
    return place;
}

ledger::NewEntry fact_of_pass(Call& call, AssignmentRow const& assignment, PersonId person)
{
    ledger::NewEntry fact;
    if (assignment.course) {
        auto const course = learning::course_with(call, assignment.course).value();
        fact = learning::fact_of_course(call, course, "summary.accepted", person);
        fact.data = fmt::format(R"({{"course":"{}","assignment":"{}"}})", assignment.course.value, assignment.id.value);
    } else {
        call.events.publish(call, PassAsked{assignment, person, &fact});
    }
    fact.recorded_by = call.viewer.person.value;
    fact.minutes = assignment.minutes;
    return fact;
}

} // namespace concentric::coursework
