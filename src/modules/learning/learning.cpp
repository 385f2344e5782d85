#include "modules/learning/learning.hpp"

#include "core/media_program.hpp"
#include "core/route_parts.hpp"
#include "modules/directory/merges.hpp"
#include "modules/directory/person_data.hpp"
#include "modules/directory/roster.hpp"
#include "modules/learning/catalogue.hpp"
#include "modules/learning/package_records.hpp"
#include "modules/learning/packages.hpp"
#include "modules/learning/progress.hpp"

namespace concentric::learning {

static std::int64_t& kept_megabytes()
{
    static std::int64_t megabytes = Settings().media_megabytes;
    return megabytes;
}

void configure(Settings const& settings)
{
    kept_megabytes() = settings.media_megabytes;
    look_for_media_programs_in(settings.ffmpeg_folder.c_str());
}

std::int64_t media_megabytes() { return kept_megabytes(); }

Routes routes()
{
    return joined({course_routes, media_routes, catalogue_routes, progress_routes, package_routes, package_record_routes});
}

void handle_jobs(Jobs& jobs) { handle_media_jobs(jobs); }

// What somebody learnt before two records were found to be one person stays theirs, unless the kept record has the same lesson.
static void people_merged(Call& call, directory::PeopleMerged const& merged)
{
    call.db.execute("UPDATE unit_progress SET person = $2 WHERE county = $1 AND person = $3 AND unit NOT IN (SELECT unit FROM "
                    "unit_progress WHERE county = $1 AND person = $2)",
        call.county, merged.kept, merged.merged);
    call.db.execute("UPDATE package_records SET person = $2 WHERE county = $1 AND person = $3 AND unit NOT IN (SELECT unit FROM "
                    "package_records WHERE county = $1 AND person = $2)",
        call.county, merged.kept, merged.merged);
    call.db.execute("UPDATE learner_sittings SET person = $2 WHERE county = $1 AND person = $3 AND unit NOT IN (SELECT unit FROM "
                    "learner_sittings WHERE county = $1 AND person = $2)",
        call.county, merged.kept, merged.merged);
    call.db.execute("UPDATE course_learners SET person = $2 WHERE county = $1 AND person = $3 AND course NOT IN (SELECT course "
                    "FROM course_learners WHERE county = $1 AND person = $2)",
        call.county, merged.kept, merged.merged);
}

static void removal_asked(Call& call, directory::RemovalAsked const& asked)
{
    for (auto const statement : {"SELECT DISTINCT owner AS value FROM courses WHERE county = $1 AND owner ANY_OF($2)",
             "SELECT DISTINCT person AS value FROM course_learners WHERE county = $1 AND person ANY_OF($2)"})
        for (auto const id : call.db.values<std::int64_t>(statement, call.county, db::IntegerList{asked.ids}))
            asked.in_use->insert(id);
}

struct LearntData {
    std::string course;
    Instant started_at, completed_at;
    std::int64_t seconds = 0;
};
BOOST_DESCRIBE_STRUCT(LearntData, (), (course, started_at, completed_at, seconds))

static void add_person_data(Call& call, directory::PersonDataAsked const& asked)
{
    asked.sections->push_back(directory::section_of("learning", {"课程学习", "Courses"},
        call.db.rows<LearntData>("SELECT c.title AS course, l.started_at, l.completed_at, CAST(COALESCE((SELECT SUM(p.seconds) "
                                 "FROM unit_progress p WHERE p.county = l.county AND "
                                 "p.person = l.person AND p.course = l.course), 0) AS BIGINT) AS seconds FROM course_learners l "
                                 "JOIN courses c ON c.county = l.county AND c.id = l.course "
                                 "WHERE l.county = $1 AND l.person = $2 ORDER BY l.started_at",
            call.county, asked.person)));
}

static void person_erased(Call& call, directory::PersonErased const& erased)
{
    for (auto const table : {"unit_progress", "package_records", "course_learners", "learner_clocks", "learner_sittings"})
        call.db.execute(std::string("DELETE FROM ") + table + " WHERE county = $1 AND person = $2", call.county, erased.person);
}

void subscribe(Events& events)
{
    events.subscribe<directory::PeopleMerged>(people_merged);
    events.subscribe<directory::RemovalAsked>(removal_asked);
    events.subscribe<directory::PersonDataAsked>(add_person_data);
    events.subscribe<directory::PersonErased>(person_erased);
}

} // namespace concentric::learning
