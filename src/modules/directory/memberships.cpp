#include "modules/directory/memberships.hpp"

#include "modules/directory/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_map>

namespace concentric::directory {
namespace {

// A stretch as it is stored; `student` tells whose groups go with it.
struct Stretch {
    std::int64_t subject = 0;
    PersonId student;
    OrganisationId unit;
    std::string path, kind, stages, resource_kind;
    Day from_day, to_day;
};
BOOST_DESCRIBE_STRUCT(Stretch, (), (subject, student, unit, path, kind, stages, resource_kind, from_day, to_day))

// CROSS JOIN keeps SQLite to the order in which the tables are named: without statistics it would walk the whole county for a few
// subjects. CROSS JOIN keeps SQLite to this order: from the few subjects to their rows. It knows nothing of how long the list is,
// and the other way round it would look through the list once for every enrolment of the county. PostgreSQL chooses for itself.
constexpr std::string_view students_sql = "SELECT e.student AS subject, e.student, e.class AS unit, o.path, o.kind, e.stage AS "
                                          "stages, e.from_day, e.to_day FROM enrolments e "
                                          "CROSS JOIN organisations o WHERE o.county = e.county AND o.id = e.class "
                                          "AND e.county = $1 AND e.student ANY_OF($2) ORDER BY e.student, e.from_day";
constexpr std::string_view families_sql
    = "SELECT s.family AS subject, e.student, e.class AS unit, o.path, o.kind, e.stage AS stages, e.from_day, e.to_day FROM "
      "students s "
      "CROSS JOIN enrolments e CROSS JOIN organisations o WHERE e.county = s.county AND e.student = s.person "
      "AND o.county = e.county AND o.id = e.class AND s.county = $1 AND s.family ANY_OF($2) ORDER BY s.family, e.student, "
      "e.from_day";
constexpr std::string_view carers_sql
    = "SELECT c.carer AS subject, e.student, e.class AS unit, o.path, o.kind, e.stage AS stages, e.from_day, e.to_day FROM carers "
      "c "
      "CROSS JOIN enrolments e CROSS JOIN organisations o WHERE e.county = c.county AND e.student = c.student "
      "AND o.county = e.county AND o.id = e.class AND c.county = $1 AND c.carer ANY_OF($2) ORDER BY c.carer, e.student, e.from_day";
// A post ends with its organisation at the latest.
constexpr std::string_view staff_sql
    = "SELECT p.person AS subject, p.organisation AS unit, o.path, o.kind, o.stages, p.from_day, "
      "CASE WHEN p.to_day < o.closed_on THEN p.to_day ELSE o.closed_on END AS to_day FROM posts p "
      "CROSS JOIN organisations o WHERE o.county = p.county AND o.id = p.organisation "
      "AND p.county = $1 AND p.person ANY_OF($2) AND p.from_day <= o.closed_on ORDER BY p.person, p.from_day, p.id";
constexpr std::string_view organisations_sql = "SELECT id AS subject, id AS unit, path, kind, stages, resource_kind, opened_on AS "
                                               "from_day, closed_on AS to_day FROM organisations "
                                               "WHERE county = $1 AND id ANY_OF($2) ORDER BY id";

std::string_view stretches_of(SubjectKind kind)
{
    switch (kind) {
    case SubjectKind::student: return students_sql;
    case SubjectKind::family: return families_sql;
    case SubjectKind::carer: return carers_sql;
    case SubjectKind::staff: return staff_sql;
    case SubjectKind::organisation: break;
    }
    return organisations_sql;
}

// The next subjects after $2, in order; what each_membership walks.
std::string_view subjects_of(SubjectKind kind)
{
    switch (kind) {
    case SubjectKind::student:
        return "SELECT person AS value FROM students WHERE county = $1 AND person > $2 ORDER BY person LIMIT $3";
    case SubjectKind::family: return "SELECT id AS value FROM families WHERE county = $1 AND id > $2 ORDER BY id LIMIT $3";
    case SubjectKind::carer:
        return "SELECT DISTINCT carer AS value FROM carers WHERE county = $1 AND carer > $2 ORDER BY carer LIMIT $3";
    case SubjectKind::staff:
        return "SELECT DISTINCT person AS value FROM posts WHERE county = $1 AND person > $2 ORDER BY person LIMIT $3";
    case SubjectKind::organisation: break;
    }
    return "SELECT id AS value FROM organisations WHERE county = $1 AND id > $2 ORDER BY id LIMIT $3";
}

using Groups = std::unordered_map<PersonId, std::vector<GroupRow>>;

Groups groups_of(db::Connection& db, std::int64_t county, std::vector<Stretch> const& stretches)
{
    std::vector<std::int64_t> students;
    for (auto const& stretch : stretches)
        if (stretch.student && (students.empty() || students.back() != stretch.student.value))
            students.push_back(stretch.student.value);
    Groups groups;
    if (students.empty())
        return groups;
    for (auto& row :
        db.rows<GroupRow>("SELECT student, name, from_day, to_day FROM student_groups WHERE county = $1 AND student ANY_OF($2) "
                          "ORDER BY student, name, from_day",
            county, db::IntegerList{students}))
        groups[row.student].push_back(std::move(row));
    return groups;
}

std::string groups_on(std::vector<GroupRow> const& groups, Day day)
{
    std::set<std::string> names;
    for (auto const& group : groups)
        if (group.from_day <= day && day <= group.to_day)
            names.insert(group.name);
    if (!names.empty())
        names.emplace(special_care);
    return join_list({names.begin(), names.end()});
}

// Parts the stretch wherever a group begins or ends within it.
void part(Stretch const& stretch, std::vector<GroupRow> const* groups, std::vector<Membership>& out)
{
    Membership whole{stretch.subject, stretch.unit, stretch.path, stretch.kind, stretch.stages, {}, stretch.resource_kind,
        stretch.from_day, stretch.to_day};
    if (!groups) {
        out.push_back(std::move(whole));
        return;
    }
    std::set<Day> starts{stretch.from_day};
    for (auto const& group : *groups) {
        starts.insert(group.from_day);
        if (group.to_day != latest_day)
            starts.insert(plus_days(group.to_day, 1));
    }
    starts.erase(starts.begin(), starts.lower_bound(stretch.from_day));
    starts.erase(starts.upper_bound(stretch.to_day), starts.end());
    for (auto start = starts.begin(); start != starts.end(); ++start) {
        auto const next = std::next(start);
        whole.from_day = *start;
        whole.to_day = next == starts.end() ? stretch.to_day : plus_days(*next, -1);
        whole.groups = groups_on(*groups, *start);
        out.push_back(whole);
    }
}

} // namespace

std::vector<Membership> memberships(
    db::Connection& db, std::int64_t county, SubjectKind kind, std::span<std::int64_t const> subjects)
{
    std::vector<Membership> found;
    if (subjects.empty())
        return found;
    auto const stretches = db.rows<Stretch>(stretches_of(kind), county, db::IntegerList{subjects});
    auto const groups = groups_of(db, county, stretches);
    found.reserve(stretches.size());
    for (auto const& stretch : stretches) {
        auto const own = groups.find(stretch.student);
        part(stretch, own == groups.end() ? nullptr : &own->second, found);
    }
    return found;
}

void each_membership(db::Connection& db, std::int64_t county, SubjectKind kind, std::function<void(Membership const&)> each)
{
    static constexpr std::int64_t portion = 5000;
    std::int64_t after = 0;
    for (;;) {
        auto const subjects = db.values<std::int64_t>(subjects_of(kind), county, after, portion);
        for (auto const& membership : memberships(db, county, kind, subjects))
            each(membership);
        if (static_cast<std::int64_t>(subjects.size()) < portion)
            return;
        after = subjects.back();
    }
}

} // namespace concentric::directory
