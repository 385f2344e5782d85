#pragma once

#include "modules/learning/access.hpp"

#include <unordered_map>

// How far people are with a set of courses: what a training class asks of its learners.
namespace concentric::learning {

// A course as it would be begun now, whatever its state; drafts that never were published are left out. In no order.
struct SetCourse : OwnedCourse {
    std::int64_t lessons = 0, seconds = 0; // of the newest edition
};
BOOST_DESCRIBE_STRUCT(SetCourse, (OwnedCourse), (lessons, seconds))
std::vector<SetCourse> courses_with(Call&, std::span<std::int64_t const> courses);

// How many lessons of these courses each person has done; who has done none is left out.
std::unordered_map<PersonId, std::int64_t> lessons_done(
    Call&, std::span<std::int64_t const> courses, std::span<std::int64_t const> people);

// One person's progress in a course, by the edition in which they learn, or would begin now.
struct CourseProgress {
    CourseId course;
    std::string title;
    bool is_compulsory = false;
    bool is_offered = true; // false: withdrawn since
    std::int64_t lessons = 0, lessons_done = 0, seconds = 0;
    std::optional<UnitPlace> next; // the first lesson not done
};
BOOST_DESCRIBE_STRUCT(CourseProgress, (), (course, title, is_compulsory, is_offered, lessons, lessons_done, seconds, next))
// In the order asked.
std::vector<CourseProgress> progress_in_courses(Call&, PersonId, std::span<std::int64_t const> courses);

} // namespace concentric::learning
