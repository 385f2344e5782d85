#include "modules/learning/course_sets.hpp"

#include "modules/directory/lookup.hpp"

#include <unordered_set>

namespace concentric::learning {

std::vector<SetCourse> courses_with(Call& call, std::span<std::int64_t const> courses)
{
    static std::string const sql
        = "SELECT c.*, o.name AS owner_name, o.kind AS owner_kind, o.path AS owner_path, e.lessons, e.seconds FROM courses c "
          "JOIN course_editions e ON e.county = c.county AND e.course = c.id AND e.number = c.edition "
        + directory::joined_organisation("o", "c.county", "c.owner") + " WHERE c.county = $1 AND c.id ANY_OF($2)";
    return call.db.rows<SetCourse>(sql, call.county, db::IntegerList{courses});
}

namespace {

struct DoneCount {
    PersonId person;
    std::int64_t lessons = 0;
};
BOOST_DESCRIBE_STRUCT(DoneCount, (), (person, lessons))

struct LearntCourse {
    CourseId course;
    std::string title;
    bool is_compulsory = false;
    CourseState state = CourseState::published;
    std::int64_t lessons = 0, seconds = 0;
    Json sections;
};
BOOST_DESCRIBE_STRUCT(LearntCourse, (), (course, title, is_compulsory, state, lessons, seconds, sections))

CourseProgress progress_of(LearntCourse const& row, std::unordered_set<UnitId> const& done)
{
    CourseProgress progress{
        row.course, row.title, row.is_compulsory, row.state == CourseState::published, row.lessons, 0, row.seconds, {}};
    for (auto& place : units_in(reflect::from_json<Sections>(row.sections)))
        if (done.contains(place.id))
            ++progress.lessons_done;
        else if (!progress.next)
            progress.next = std::move(place);
    return progress;
}

} // namespace

std::unordered_map<PersonId, std::int64_t> lessons_done(
    Call& call, std::span<std::int64_t const> courses, std::span<std::int64_t const> people)
{
    std::unordered_map<PersonId, std::int64_t> counts;
    for (auto const& row : call.db.rows<DoneCount>("SELECT person, count(*) AS lessons FROM unit_progress WHERE county = $1 AND "
                                                   "person ANY_OF($2) AND course ANY_OF($3) AND completed_at > 0 GROUP BY person",
             call.county, db::IntegerList{people}, db::IntegerList{courses}))
        counts[row.person] = row.lessons;
    return counts;
}

std::vector<CourseProgress> progress_in_courses(Call& call, PersonId person, std::span<std::int64_t const> courses)
{
    auto const rows = call.db.rows<LearntCourse>(
        "SELECT c.id AS course, e.title, e.is_compulsory, c.state, e.lessons, e.seconds, e.sections FROM courses c "
        "LEFT JOIN course_learners l ON l.county = c.county AND l.course = c.id AND l.person = $3 "
        "JOIN course_editions e ON e.county = c.county AND e.course = c.id AND e.number = COALESCE(l.edition, c.edition) "
        "WHERE c.county = $1 AND c.id ANY_OF($2)",
        call.county, db::IntegerList{courses}, person);
    auto const units = call.db.values<UnitId>(
        "SELECT unit AS value FROM unit_progress WHERE county = $1 AND person = $2 AND course ANY_OF($3) AND completed_at > 0",
        call.county, person, db::IntegerList{courses});
    std::unordered_set<UnitId> const done(units.begin(), units.end());
    std::vector<CourseProgress> all;
    for (auto const course : courses)
        for (auto const& row : rows)
            if (row.course.value == course)
                all.push_back(progress_of(row, done));
    return all;
}

} // namespace concentric::learning
