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

// CROSS JOIN keeps SQLite to this order: from the subjects to their rows. It knows nothing of how long a list of subjects is, and
// the other way round it would look through the list once for every enrolment of the county. PostgreSQL chooses for itself. {} is
// the place of a condition on the subject.
constexpr std::string_view students_sql
    = "SELECT e.student AS subject, e.student AS student, e.class AS unit, o.path, o.kind, e.stage AS "
      "stages, o.resource_kind, e.from_day, e.to_day FROM enrolments e "
      "CROSS JOIN organisations o WHERE o.county = e.county AND o.id = e.class "
      "AND e.county = $1 {} ORDER BY e.student, e.from_day";
constexpr std::string_view families_sql
    = "SELECT s.family AS subject, e.student AS student, e.class AS unit, o.path, o.kind, e.stage AS stages, o.resource_kind, "
      "e.from_day, e.to_day FROM "
      "students s "
      "CROSS JOIN enrolments e CROSS JOIN organisations o WHERE e.county = s.county AND e.student = s.person "
      "AND o.county = e.county AND o.id = e.class AND s.county = $1 {} ORDER BY s.family, e.student, "
      "e.from_day";
constexpr std::string_view carers_sql
    = "SELECT c.carer AS subject, e.student AS student, e.class AS unit, o.path, o.kind, e.stage AS stages, o.resource_kind, "
      "e.from_day, e.to_day FROM carers "
      "c "
      "CROSS JOIN enrolments e CROSS JOIN organisations o WHERE e.county = c.county AND e.student = c.student "
      "AND o.county = e.county AND o.id = e.class AND c.county = $1 {} ORDER BY c.carer, e.student, e.from_day";
// A post ends with its organisation at the latest.
constexpr std::string_view staff_sql
    = "SELECT p.person AS subject, 0 AS student, p.organisation AS unit, o.path, o.kind, o.stages, o.resource_kind, p.from_day, "
      "CASE WHEN p.to_day < o.closed_on THEN p.to_day ELSE o.closed_on END AS to_day FROM posts p "
      "CROSS JOIN organisations o WHERE o.county = p.county AND o.id = p.organisation "
      "AND p.county = $1 AND p.from_day <= o.closed_on {} ORDER BY p.person, p.from_day, p.id";
constexpr std::string_view organisations_sql
    = "SELECT id AS subject, 0 AS student, id AS unit, path, kind, stages, resource_kind, opened_on AS "
      "from_day, closed_on AS to_day FROM organisations "
      "WHERE county = $1 {} ORDER BY id";

std::string of_these(SubjectKind kind)
{
    switch (kind) {
    case SubjectKind::student: return fmt::format(students_sql, "AND e.student ANY_OF($2)");
    case SubjectKind::family: return fmt::format(families_sql, "AND s.family ANY_OF($2)");
    case SubjectKind::carer: return fmt::format(carers_sql, "AND c.carer ANY_OF($2)");
    case SubjectKind::staff: return fmt::format(staff_sql, "AND p.person ANY_OF($2)");
    case SubjectKind::organisation: break;
    }
    return fmt::format(organisations_sql, "AND id ANY_OF($2)");
}

std::string of_all(SubjectKind kind)
{
    switch (kind) {
    case SubjectKind::student: return fmt::format(students_sql, "");
    case SubjectKind::family: return fmt::format(families_sql, "AND s.family <> 0");
    case SubjectKind::carer: return fmt::format(carers_sql, "");
    case SubjectKind::staff: return fmt::format(staff_sql, "");
    case SubjectKind::organisation: break;
    }
    return fmt::format(organisations_sql, "");
}

using Groups = std::unordered_map<PersonId, std::vector<GroupRow>>;

constexpr std::string_view groups_sql = "SELECT student, name, from_day, to_day FROM student_groups WHERE county = $1 {} "
                                        "ORDER BY student, name, from_day";

Groups groups_of(db::Connection& db, std::int64_t county, std::vector<Stretch> const& stretches)
{
    std::vector<std::int64_t> students;
    for (auto const& stretch : stretches)
        if (stretch.student && (students.empty() || students.back() != stretch.student.value))
            students.push_back(stretch.student.value);
    Groups groups;
    if (students.empty())
        return groups;
    for (auto& row : db.rows<GroupRow>(fmt::format(groups_sql, "AND student ANY_OF($2)"), county, db::IntegerList{students}))
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

// Parts days wherever a group begins or ends within them; tells each part with its groups.
void part(Day from_day, Day to_day, std::vector<GroupRow> const* groups, std::function<void(Day, Day, std::string)> const& tell)
{
    if (!groups)
        return tell(from_day, to_day, "");
    std::set<Day> starts{from_day};
    for (auto const& group : *groups) {
        starts.insert(group.from_day);
        if (group.to_day != latest_day)
            starts.insert(plus_days(group.to_day, 1));
    }
    starts.erase(starts.begin(), starts.lower_bound(from_day));
    starts.erase(starts.upper_bound(to_day), starts.end());
    for (auto start = starts.begin(); start != starts.end(); ++start) {
        auto const next = std::next(start);
        tell(*start, next == starts.end() ? to_day : plus_days(*next, -1), groups_on(*groups, *start));
    }
}

std::vector<GroupRow> const* groups_in(Groups const& groups, PersonId student)
{
    auto const own = groups.find(student);
    return own == groups.end() ? nullptr : &own->second;
}

} // namespace

std::vector<Membership> memberships(
    db::Connection& db, std::int64_t county, SubjectKind kind, std::span<std::int64_t const> subjects)
{
    std::vector<Membership> found;
    if (subjects.empty())
        return found;
    auto const stretches = db.rows<Stretch>(of_these(kind), county, db::IntegerList{subjects});
    auto const groups = groups_of(db, county, stretches);
    found.reserve(stretches.size());
    for (auto const& s : stretches)
        part(s.from_day, s.to_day, groups_in(groups, s.student), [&](Day from, Day to, std::string names) {
            found.push_back({s.subject, s.unit, s.path, s.kind, s.stages, std::move(names), s.resource_kind, from, to});
        });
    return found;
}

struct EveryMembership::Reading {
    EveryMembership& all;
    Groups groups;

    // What a row of of_all() says. Its texts are looked at only when the place is new: they follow from unit and stages.
    std::uint32_t place_of(db::RowView const& row, std::string_view names)
    {
        auto& known = all.places_of_unit_[row.integer(2)];
        for (auto const number : known)
            if (auto const& place = all.places_[number]; place.stages == row.text(5) && place.groups == names)
                return number;
        known.push_back(static_cast<std::uint32_t>(all.places_.size()));
        all.places_.push_back({0, {row.integer(2)}, std::string(row.text(3)), std::string(row.text(4)), std::string(row.text(5)),
            std::string(names), std::string(row.text(6)), {}, {}});
        return known.back();
    }

    void take(db::RowView const& row, std::vector<Stay>& stays)
    {
        Day const from{row.integer(7)}, to{row.integer(8)};
        auto const* const own = groups.empty() ? nullptr : groups_in(groups, {row.integer(1)});
        if (!own)
            stays.push_back({place_of(row, ""), from, to});
        else
            part(from, to, own, [&](Day begins, Day ends, std::string const& names) {
                stays.push_back({place_of(row, names), begins, ends});
            });
    }
};

EveryMembership::EveryMembership(db::Connection& db, std::int64_t county)
    : db_(db)
    , county_(county)
{
}

void EveryMembership::each(SubjectKind kind, std::function<void(std::int64_t, std::span<Stay const>)> const& tell)
{
    Reading reading{*this, {}};
    if (kind != SubjectKind::staff && kind != SubjectKind::organisation)
        for (auto& row : db_.rows<GroupRow>(fmt::format(groups_sql, ""), county_))
            reading.groups[row.student].push_back(std::move(row));
    std::vector<Stay> stays;
    std::int64_t subject = 0;
    db_.scan_all(
        of_all(kind),
        [&](db::RowView const& row) {
            if (auto const next = row.integer(0); next != subject) {
                if (!stays.empty())
                    tell(subject, stays);
                stays.clear();
                subject = next;
            }
            reading.take(row, stays);
        },
        county_);
    if (!stays.empty())
        tell(subject, stays);
}

} // namespace concentric::directory
