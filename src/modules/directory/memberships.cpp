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

// CROSS JOIN keeps SQLite to this order: from the few subjects to their rows. It knows nothing of how long the list is, and the
// other way round it would look through the list once for every enrolment of the county. PostgreSQL chooses for itself.
constexpr std::string_view students_sql = "SELECT e.student AS subject, e.student, e.class AS unit, o.path, o.kind, e.stage AS "
                                          "stages, o.resource_kind, e.from_day, e.to_day FROM enrolments e "
                                          "CROSS JOIN organisations o WHERE o.county = e.county AND o.id = e.class "
                                          "AND e.county = $1 AND e.student ANY_OF($2) ORDER BY e.student, e.from_day";
constexpr std::string_view families_sql
    = "SELECT s.family AS subject, e.student, e.class AS unit, o.path, o.kind, e.stage AS stages, o.resource_kind, e.from_day, "
      "e.to_day FROM "
      "students s "
      "CROSS JOIN enrolments e CROSS JOIN organisations o WHERE e.county = s.county AND e.student = s.person "
      "AND o.county = e.county AND o.id = e.class AND s.county = $1 AND s.family ANY_OF($2) ORDER BY s.family, e.student, "
      "e.from_day";
constexpr std::string_view carer_memberships_sql
    = "SELECT c.carer AS subject, e.student, e.class AS unit, o.path, o.kind, e.stage AS stages, o.resource_kind, e.from_day, "
      "e.to_day FROM carers "
      "c "
      "CROSS JOIN enrolments e CROSS JOIN organisations o WHERE e.county = c.county AND e.student = c.student "
      "AND o.county = e.county AND o.id = e.class AND c.county = $1 AND c.carer ANY_OF($2) ORDER BY c.carer, e.student, e.from_day";
// A post ends with its organisation at the latest.
constexpr std::string_view staff_memberships_sql
    = "SELECT p.person AS subject, p.organisation AS unit, o.path, o.kind, o.stages, o.resource_kind, p.from_day, "
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
    case SubjectKind::carer: return carer_memberships_sql;
    case SubjectKind::staff: return staff_memberships_sql;
    case SubjectKind::organisation: break;
    }
    return organisations_sql;
}

using Groups = std::unordered_map<PersonId, std::vector<GroupRow>>;

Groups by_student(std::vector<GroupRow> rows)
{
    Groups groups;
    for (auto& row : rows)
        groups[row.student].push_back(std::move(row));
    return groups;
}

Groups groups_of(db::Connection& db, std::int64_t county, std::vector<Stretch> const& stretches)
{
    std::vector<std::int64_t> students;
    for (auto const& stretch : stretches)
        if (stretch.student && (students.empty() || students.back() != stretch.student.value))
            students.push_back(stretch.student.value);
    if (students.empty())
        return {};
    return by_student(
        db.rows<GroupRow>("SELECT student, name, from_day, to_day FROM student_groups WHERE county = $1 AND student ANY_OF($2)",
            county, db::IntegerList{students}));
}

Groups groups_of_all(db::Connection& db, std::int64_t county)
{
    return by_student(db.rows<GroupRow>("SELECT student, name, from_day, to_day FROM student_groups WHERE county = $1", county));
}

std::vector<GroupRow> const* groups_in(Groups const& groups, PersonId student)
{
    auto const own = groups.find(student);
    return own == groups.end() ? nullptr : &own->second;
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
template <class Tell> void part(Day from_day, Day to_day, std::vector<GroupRow> const* groups, Tell const& tell)
{
    if (!groups)
        return tell(from_day, to_day, std::string());
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
    for (auto const& s : stretches)
        part(s.from_day, s.to_day, groups_in(groups, s.student), [&](Day from, Day to, std::string names) {
            found.push_back({s.subject, s.unit, s.path, s.kind, s.stages, std::move(names), s.resource_kind, from, to});
        });
    return found;
}

struct EveryMembership::Unit {
    OrganisationId id;
    std::string path, kind, stages, resource_kind;
    Day opened_on, closed_on;
    BOOST_DESCRIBE_CLASS(Unit, (), (id, path, kind, stages, resource_kind, opened_on, closed_on), (), ())
};

EveryMembership::EveryMembership(db::Connection& db, std::int64_t county)
    : db_(db), county_(county),
      units_(
          db.rows<Unit>("SELECT id, path, kind, stages, resource_kind, opened_on, closed_on FROM organisations WHERE county = $1 "
                        "ORDER BY id",
              county))
{
    read_enrolments();
}

EveryMembership::~EveryMembership() = default;

// Naming a second column of the key keeps SQLite to walking the table; it would sort what it finds by another index.
void EveryMembership::read_enrolments()
{
    auto const groups = groups_of_all(db_, county_);
    db_.scan_all(
        "SELECT student, class, stage, from_day, to_day FROM enrolments WHERE county = $1 AND student > 0 ORDER BY student, "
        "from_day",
        [&](db::RowView const& row) {
            PersonId const student{row.integer(0)};
            if (students_.empty() || students_.back() != student.value) {
                students_.push_back(student.value);
                first_stay_.push_back(stays_.size());
            }
            part({row.integer(3)}, {row.integer(4)}, groups_in(groups, student), [&](Day from, Day to, std::string const& names) {
                stays_.push_back({place(row.integer(1), row.text(2), names), from, to});
            });
        },
        county_);
    first_stay_.push_back(stays_.size());
}

EveryMembership::Unit const& EveryMembership::unit(std::int64_t id) const
{
    return *std::lower_bound(
        units_.begin(), units_.end(), id, [](Unit const& unit, auto wanted) { return unit.id.value < wanted; });
}

std::uint32_t EveryMembership::place(std::int64_t unit_id, std::string_view stages, std::string_view groups)
{
    auto& known = places_of_unit_[unit_id];
    for (auto const number : known)
        if (places_[number].stages == stages && places_[number].groups == groups)
            return number;
    auto const& unit = this->unit(unit_id);
    known.push_back(static_cast<std::uint32_t>(places_.size()));
    places_.push_back({0, unit.id, unit.path, unit.kind, std::string(stages), std::string(groups), unit.resource_kind, {}, {}});
    return known.back();
}

std::span<Stay const> EveryMembership::stays_of_student(std::int64_t student) const
{
    auto const found = std::lower_bound(students_.begin(), students_.end(), student);
    if (found == students_.end() || *found != student)
        return {};
    auto const at = static_cast<std::size_t>(found - students_.begin());
    return std::span(stays_).subspan(first_stay_[at], first_stay_[at + 1] - first_stay_[at]);
}

void EveryMembership::each(SubjectKind kind, Tell const& tell)
{
    switch (kind) {
    case SubjectKind::student:
        for (std::size_t i = 0; i < students_.size(); ++i)
            tell(students_[i], std::span(stays_).subspan(first_stay_[i], first_stay_[i + 1] - first_stay_[i]));
        return;
    case SubjectKind::family:
        return each_by_children("SELECT family, person FROM students WHERE county = $1 AND family <> 0", tell);
    case SubjectKind::carer: return each_by_children("SELECT carer, student FROM carers WHERE county = $1", tell);
    case SubjectKind::staff: return each_of_staff(tell);
    case SubjectKind::organisation: break;
    }
    for (auto const& unit : units_) {
        Stay const open{place(unit.id.value, unit.stages, ""), unit.opened_on, unit.closed_on};
        tell(unit.id.value, std::span(&open, 1));
    }
}

// Whoever belongs where all their children do; `sql` gives pairs of subject and child.
void EveryMembership::each_by_children(std::string_view sql, Tell const& tell)
{
    std::vector<std::pair<std::int64_t, std::int64_t>> pairs;
    db_.scan_all(
        sql, [&](db::RowView const& row) { pairs.emplace_back(row.integer(0), row.integer(1)); }, county_);
    std::sort(pairs.begin(), pairs.end());
    std::vector<Stay> stays;
    for (auto pair = pairs.begin(); pair != pairs.end();) {
        auto const subject = pair->first;
        stays.clear();
        for (; pair != pairs.end() && pair->first == subject; ++pair) {
            auto const own = stays_of_student(pair->second);
            stays.insert(stays.end(), own.begin(), own.end());
        }
        if (!stays.empty())
            tell(subject, stays);
    }
}

void EveryMembership::each_of_staff(Tell const& tell)
{
    struct Post {
        std::int64_t person;
        Day from_day;
        std::int64_t id;
        Stay stay;
    };
    std::vector<Post> posts;
    db_.scan_all(
        "SELECT person, id, organisation, from_day, to_day FROM posts WHERE county = $1",
        [&](db::RowView const& row) {
            auto const& unit = this->unit(row.integer(2));
            Day const from{row.integer(3)}, to{row.integer(4)};
            if (from <= unit.closed_on)
                posts.push_back({row.integer(0), from, row.integer(1),
                    {place(unit.id.value, unit.stages, ""), from, std::min(to, unit.closed_on)}});
        },
        county_);
    std::sort(posts.begin(), posts.end(),
        [](auto const& a, auto const& b) { return std::tie(a.person, a.from_day, a.id) < std::tie(b.person, b.from_day, b.id); });
    std::vector<Stay> stays;
    for (auto post = posts.begin(); post != posts.end();) {
        auto const person = post->person;
        stays.clear();
        for (; post != posts.end() && post->person == person; ++post)
            stays.push_back(post->stay);
        tell(person, stays);
    }
}

} // namespace concentric::directory
