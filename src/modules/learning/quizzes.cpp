#include "modules/learning/quizzes.hpp"

#include "modules/learning/progress.hpp"

namespace concentric::learning {

QuizSettings settings_of(UnitRow const& quiz) { return reflect::from_json<QuizSettings>(quiz.body); }

std::int64_t questions_in(QuizSettings const& settings)
{
    std::int64_t questions = 0;
    for (auto const& draw : settings.draws)
        questions += draw.count;
    return questions;
}

std::int64_t seconds_of(QuizSettings const& settings)
{
    return (settings.minutes > 0 ? settings.minutes.value : questions_in(settings)) * 60;
}

void begin_course(Call& call, OwnedCourse const& course)
{
    call.db.execute("INSERT INTO course_learners (county, person, course, edition, started_at, changed_at, completed_at) VALUES "
                    "($1, $2, $3, $4, $5, $5, 0) "
                    "ON CONFLICT (county, person, course) DO UPDATE SET changed_at = EXCLUDED.changed_at",
        call.county, call.viewer.person, course.id, course.edition, call.now);
}

void complete_lesson(Call& call, UnitRow const& unit)
{
    call.db.execute("INSERT INTO unit_progress (county, person, unit, course, length, share, fastest, watched, seconds, "
                    "position_ms, completed_at) VALUES ($1, $2, $3, $4, 0, 100, 100, '', 0, 0, $5) "
                    "ON CONFLICT (county, person, unit) DO NOTHING",
        call.county, call.viewer.person, unit.id, unit.course, call.now);
    complete_course_if_done(call, call.viewer.person, unit.course);
}

} // namespace concentric::learning
