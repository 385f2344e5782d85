#include "modules/directory/rolls.hpp"

#include "lib/pinyin.hpp"
#include "modules/directory/directory.hpp"

namespace concentric::directory {

std::vector<SchoolUnit> schools_below(Call& call, std::string const& path)
{
    return call.db.rows<SchoolUnit>("SELECT id, path, kind, name, stages FROM organisations WHERE county = $1 AND path >= $2 AND "
                                    "path < $3 AND kind IN ('school', 'kindergarten') AND closed_on = $4 ORDER BY name, id",
        call.county, path, path_end(path), latest_day);
}

Rolls rolls_below(Call& call, std::string const& path, Day on)
{
    auto const end = path_end(path);
    Rolls rolls;
    rolls.schools = schools_below(call, path);
    rolls.units = call.db.rows<ClassUnit>(
        "SELECT id, parent, path, kind, name, stages, entry_year, number FROM organisations WHERE county = $1 AND path >= $2 AND "
        "path < $3 AND kind IN ('grade', 'class') AND closed_on = $4 ORDER BY kind DESC, stages, entry_year, number, id",
        call.county, path, end, latest_day);
    // CROSS JOIN keeps SQLite to the order named, as in posts.cpp.
    rolls.pupils = call.db.rows<PupilOnRoll>(
        "SELECT s.person AS id, s.class, p.sex, (SELECT max(e.from_day) FROM enrolments e WHERE e.county = s.county AND "
        "e.student = s.person) AS since FROM organisations o CROSS JOIN students s CROSS JOIN people p WHERE o.county = $1 AND "
        "o.path >= $2 AND o.path < $3 AND o.kind = 'class' AND o.closed_on = $4 AND s.county = o.county AND s.class = o.id AND "
        "s.status = 'active' AND p.county = s.county AND p.id = s.person ORDER BY s.class, s.person",
        call.county, path, end, latest_day);
    rolls.posts = call.db.rows<PostInClass>(
        "SELECT q.id, q.person, q.organisation, p.name, q.role, q.title, q.to_day FROM organisations o CROSS JOIN posts q "
        "CROSS JOIN people p WHERE o.county = $1 AND o.path >= $2 AND o.path < $3 AND o.kind IN ('grade', 'class') AND "
        "o.closed_on = $4 AND q.county = o.county AND q.organisation = o.id AND q.from_day < $5 AND q.to_day >= $5 AND "
        "p.county = q.county AND p.id = q.person ORDER BY q.organisation, q.id",
        call.county, path, end, latest_day, on);
    return rolls;
}

std::vector<ClassUnit> classes_of_school(Call& call, std::string const& path)
{
    return call.db.rows<ClassUnit>(
        "SELECT id, parent, path, kind, name, stages, entry_year, number FROM organisations WHERE county = $1 AND path >= $2 AND "
        "path < $3 AND kind = 'class' AND closed_on = $4 ORDER BY stages, entry_year, number, id",
        call.county, path, path_end(path), latest_day);
}

std::vector<OrganisationId> open_units(Call& call, std::string const& path)
{
    return call.db.values<OrganisationId>(
        "SELECT id AS value FROM organisations WHERE county = $1 AND path >= $2 AND path < $3 AND closed_on = $4 ORDER BY path",
        call.county, path, path_end(path), latest_day);
}

static constexpr std::string_view pupil_columns
    = "SELECT p.id, p.name, p.sex, p.birth_day, s.student_number, s.class, o.name AS class_name, o.path, s.status FROM ";

std::vector<PupilBrief> pupils_below(Call& call, std::string const& path)
{
    static auto const sql = std::string(pupil_columns)
        + "organisations o CROSS JOIN students s CROSS JOIN people p WHERE o.county = $1 AND o.path >= $2 AND o.path < $3 AND "
          "s.county = o.county AND s.class = o.id AND s.status = 'active' AND p.county = s.county AND p.id = s.person";
    return call.db.rows<PupilBrief>(sql, call.county, path, path_end(path));
}

std::vector<PupilBrief> pupils_named(Call& call, std::string const& path, std::string_view text, std::int64_t limit)
{
    static auto const sql = std::string(pupil_columns)
        + "organisations o CROSS JOIN students s CROSS JOIN people p WHERE o.county = $1 AND o.path >= $2 AND o.path < $3 AND "
          "s.county = o.county AND s.class = o.id AND s.status = 'active' AND p.county = s.county AND p.id = s.person "
          "AND p.search LIKE $4 ESCAPE '\\' ORDER BY p.name, p.id LIMIT $5";
    return call.db.rows<PupilBrief>(sql, call.county, path, path_end(path), contains_pattern(lib::search_fold(text)), limit);
}

std::unordered_map<PersonId, PupilBrief> pupils_with(Call& call, std::vector<std::int64_t> const& ids)
{
    static auto const sql = std::string(pupil_columns)
        + "students s CROSS JOIN people p CROSS JOIN organisations o WHERE s.county = $1 AND s.person ANY_OF($2) AND p.county = "
          "s.county AND p.id = s.person AND o.county = s.county AND o.id = s.class";
    std::unordered_map<PersonId, PupilBrief> pupils;
    for (auto& pupil : call.db.rows<PupilBrief>(sql, call.county, db::IntegerList{ids}))
        pupils.emplace(pupil.id, std::move(pupil));
    return pupils;
}

// A pupil s whose class is o: active, but no stay in an open class goes on. $4 is latest_day.
static constexpr std::string_view waits
    = "s.status = 'active' AND (o.closed_on < $4 OR NOT EXISTS (SELECT 1 FROM enrolments e WHERE e.county = s.county AND "
      "e.student = s.person AND e.to_day = $4)) ";
static constexpr std::string_view unplaced_tables
    = "FROM organisations o CROSS JOIN students s WHERE o.county = $1 AND o.path >= $2 AND o.path < $3 AND s.county = o.county AND "
      "s.class = o.id AND ";

std::vector<Unplaced> unplaced(
    Call& call, std::string const& path, std::string const& name_like, std::int64_t after, std::int64_t limit)
{
    static auto const sql = "SELECT p.id, p.name, p.sex, p.birth_day, u.class, u.class_name, u.path, u.entry_year, u.stages, "
                            "(SELECT max(e.to_day) FROM enrolments e WHERE e.county = p.county AND e.student = p.id) AS until "
                            "FROM (SELECT s.person, o.id AS class, o.name AS class_name, o.path, o.entry_year, o.stages "
        + std::string(unplaced_tables) + std::string(waits)
        + "AND s.person > $5) u CROSS JOIN people p WHERE p.county = $1 AND p.id = u.person AND p.search LIKE $6 ESCAPE '\\' "
          "ORDER BY p.id LIMIT $7";
    return call.db.rows<Unplaced>(sql, call.county, path, path_end(path), latest_day, after, name_like, limit);
}

std::int64_t count_unplaced(Call& call, std::string const& path)
{
    static auto const sql = "SELECT count(*) AS value " + std::string(unplaced_tables) + std::string(waits);
    return call.db.value<std::int64_t>(sql, call.county, path, path_end(path), latest_day).value_or(0);
}

bool is_unplaced(Call& call, PersonId pupil)
{
    static auto const sql
        = "SELECT s.person AS value FROM students s JOIN organisations o ON o.county = s.county AND o.id = s.class "
          "WHERE s.county = $1 AND s.person = $2 AND o.path > $3 AND "
        + std::string(waits);
    return call.db.value<std::int64_t>(sql, call.county, pupil, "", latest_day).has_value();
}

// A stay is past when the pupil's class is another one now, or the pupil left. Only the last stay below the path is listed.
std::vector<PastStay> former_pupils(
    Call& call, std::string const& path, std::string const& name_like, std::int64_t after, std::int64_t limit)
{
    return call.db.rows<PastStay>(
        "SELECT p.id, p.name, p.sex, o.id AS class, o.name AS class_name, o.path, e.stage, e.from_day, e.to_day, s.status, "
        "(n.path >= $2 AND n.path < $3) AS is_reached "
        "FROM organisations o CROSS JOIN enrolments e CROSS JOIN students s CROSS JOIN organisations n CROSS JOIN people p "
        "WHERE o.county = $1 AND o.path >= $2 AND o.path < $3 AND o.kind = 'class' AND e.county = o.county AND e.class = o.id AND "
        "e.to_day < $7 AND s.county = e.county AND s.person = e.student AND n.county = s.county AND n.id = s.class AND "
        "(s.status <> 'active' OR n.path < $2 OR n.path >= $3) AND p.county = s.county AND p.id = s.person AND p.id > $4 AND "
        "p.search LIKE $5 ESCAPE '\\' AND NOT EXISTS (SELECT 1 FROM enrolments l JOIN organisations k ON k.county = l.county AND "
        "k.id = l.class WHERE "
        "l.county = e.county AND l.student = e.student AND l.from_day > e.from_day AND k.path >= $2 AND k.path < $3) "
        "ORDER BY p.id LIMIT $6",
        call.county, path, path_end(path), after, name_like, limit, latest_day);
}

std::vector<PastStay> stays_within(Call& call, std::string const& path, PersonId pupil)
{
    return call.db.rows<PastStay>(
        "SELECT p.id, p.name, p.sex, o.id AS class, o.name AS class_name, o.path, e.stage, e.from_day, e.to_day, s.status, "
        "(n.path >= $3 AND n.path < $4) AS is_reached FROM enrolments e JOIN organisations o ON o.county = e.county AND "
        "o.id = e.class JOIN students s ON s.county = e.county AND s.person = e.student JOIN people p ON p.county = s.county AND "
        "p.id = s.person JOIN organisations n ON n.county = s.county AND n.id = s.class "
        "WHERE e.county = $1 AND e.student = $2 AND o.path >= $3 AND o.path < $4 ORDER BY e.from_day",
        call.county, pupil, path, path_end(path));
}

bool reaches_pupil(Call& call, PersonId id)
{
    return call.db
        .value<std::int64_t>("SELECT s.person AS value FROM students s JOIN organisations o ON o.county = s.county AND "
                             "o.id = s.class WHERE s.county = $1 AND s.person = $2 AND o.path >= $3 AND o.path < $4",
            call.county, id, call.viewer.path, call.viewer.path_end())
        .has_value();
}

std::optional<PersonId> pupil_with(Call& call, std::string const& name, std::string const& student_number)
{
    return call.db.value<PersonId>(
        "SELECT s.person AS value FROM students s JOIN people p ON p.county = s.county AND p.id = s.person WHERE s.county = $1 AND "
        "substr(s.student_number, 1, 28) = $2 AND s.student_number <> '' AND p.name = $3 AND s.status = 'active'",
        call.county, whole(student_number), name);
}

} // namespace concentric::directory
