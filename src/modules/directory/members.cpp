#include "modules/directory/members.hpp"

#include "modules/directory/directory.hpp"
#include "modules/directory/natural_order.hpp"
#include "modules/directory/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::directory {

std::string_view members_query(SubjectKind kind)
{
    // CROSS JOIN keeps SQLite to the order in which the tables are named: from the organisations in reach down to their people.
    switch (kind) {
    case SubjectKind::student:
        return "SELECT e.student AS subject, p.name AS name, o.id AS unit, o.name AS unit_name, o.path AS path, o.kind AS kind, "
               "e.stage AS stages, "
               "o.resource_kind AS resource_kind, e.from_day AS from_day, e.to_day AS to_day FROM organisations o CROSS JOIN "
               "enrolments e "
               "CROSS JOIN people p WHERE e.county = o.county AND e.class = o.id AND p.county = e.county AND p.id = e.student AND "
               "o.county = $1";
    case SubjectKind::family:
        return "SELECT s.family AS subject, f.name AS name, o.id AS unit, o.name AS unit_name, o.path AS path, o.kind AS kind, "
               "e.stage AS stages, "
               "o.resource_kind AS resource_kind, e.from_day AS from_day, e.to_day AS to_day FROM organisations o CROSS JOIN "
               "enrolments e "
               "CROSS JOIN students s CROSS JOIN families f WHERE e.county = o.county AND e.class = o.id AND s.county = e.county "
               "AND "
               "s.person = e.student AND f.county = s.county AND f.id = s.family AND o.county = $1";
    case SubjectKind::carer:
        return "SELECT c.carer AS subject, p.name AS name, o.id AS unit, o.name AS unit_name, o.path AS path, o.kind AS kind, "
               "e.stage AS stages, "
               "o.resource_kind AS resource_kind, e.from_day AS from_day, e.to_day AS to_day FROM organisations o CROSS JOIN "
               "enrolments e "
               "CROSS JOIN carers c CROSS JOIN people p WHERE e.county = o.county AND e.class = o.id AND c.county = e.county AND "
               "c.student = e.student AND p.county = c.county AND p.id = c.carer AND o.county = $1";
    case SubjectKind::staff: // a post ends with its organisation at the latest; its role is there to be chosen by
        return "SELECT t.person AS subject, p.name AS name, o.id AS unit, o.name AS unit_name, o.path AS path, o.kind AS kind, "
               "o.stages AS stages, "
               "o.resource_kind AS resource_kind, t.from_day AS from_day, "
               "CASE WHEN t.to_day < o.closed_on THEN t.to_day ELSE o.closed_on END AS to_day, t.role AS role FROM organisations o "
               "CROSS JOIN "
               "posts t "
               "CROSS JOIN people p WHERE t.county = o.county AND t.organisation = o.id AND p.county = t.county AND p.id = "
               "t.person AND t.from_day <= o.closed_on AND o.county = $1";
    case SubjectKind::organisation: break;
    }
    return "SELECT o.id AS subject, o.name AS name, o.id AS unit, o.name AS unit_name, o.path AS path, o.kind AS kind, o.stages AS "
           "stages, "
           "o.resource_kind AS resource_kind, o.opened_on AS from_day, o.closed_on AS to_day FROM organisations o WHERE o.county = "
           "$1";
}

std::string in_group_condition(SubjectKind kind, std::string const& group, std::string const& day)
{
    std::string_view const students = kind == SubjectKind::family
        ? "SELECT person FROM students WHERE county = $1 AND family = m.subject"
        : kind == SubjectKind::carer ? "SELECT student FROM carers WHERE county = $1 AND carer = m.subject"
                                     : "m.subject";
    return fmt::format(
        "EXISTS (SELECT 1 FROM student_groups g WHERE g.county = $1 AND g.student IN ({0}) AND (g.name = {1} OR {1} = '{3}') "
        "AND g.from_day <= {2} AND g.to_day >= {2})",
        students, group, day, special_care);
}

std::string has_no_carer_with(std::string_view county, std::string_view student, std::string_view condition)
{
    return fmt::format(
        "NOT EXISTS (SELECT 1 FROM carers c WHERE c.county = {} AND c.student = {} AND {})", county, student, condition);
}

std::vector<Kin> families_of_students(db::Connection& db, std::int64_t county, std::span<std::int64_t const> students)
{
    return db.rows<Kin>("SELECT person, family FROM students WHERE county = $1 AND person ANY_OF($2) AND family <> 0", county,
        db::IntegerList{students});
}

std::vector<Kin> all_families_of_students(db::Connection& db, std::int64_t county)
{
    return db.rows<Kin>("SELECT person, family FROM students WHERE county = $1 AND family <> 0", county);
}

std::optional<OrganisationRef> organisation_called(db::Connection& db, std::int64_t county, std::string_view name_or_code)
{
    return db.row<OrganisationRef>(
        "SELECT id, parent, path, kind, name, stages FROM organisations WHERE county = $1 AND (name = $2 OR code = $2) "
        "AND closed_on = $3 ORDER BY length(path), id LIMIT 1",
        county, name_or_code, latest_day);
}

std::vector<OrganisationRef> open_children(db::Connection& db, std::int64_t county, OrganisationId parent, Day on)
{
    return db.rows<OrganisationRef>(
        "SELECT id, parent, path, kind, name, stages FROM organisations WHERE county = $1 AND parent = $2 AND opened_on <= $3 "
        "AND closed_on >= $3 ORDER BY kind, entry_year DESC, number, name",
        county, parent, on);
}

std::vector<OrganisationRef> classes_below(db::Connection& db, std::int64_t county, std::string const& path)
{
    auto classes = db.rows<OrganisationRef>("SELECT id, parent, path, kind, name, stages FROM organisations WHERE county = $1 AND "
                                            "path >= $2 AND path < $3 AND kind = 'class'",
        county, path, path_end(path));
    std::ranges::sort(classes, {}, [](OrganisationRef const& unit) { return std::pair(natural_key(unit.name), unit.id); });
    return classes;
}

Inventory inventory(db::Connection& db, std::int64_t county)
{
    return db
        .row<Inventory>(
            "SELECT (SELECT count(*) FROM organisations WHERE county = $1 AND kind IN ('school', 'kindergarten')) AS schools, "
            "(SELECT count(*) FROM students WHERE county = $1) AS students, (SELECT count(*) FROM posts WHERE county = $1) AS "
            "posts",
            county)
        .value_or(Inventory{});
}

} // namespace concentric::directory
