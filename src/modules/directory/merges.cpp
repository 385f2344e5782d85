#include "modules/directory/merges.hpp"

#include "modules/directory/directory.hpp"
#include "modules/directory/families.hpp"
#include "modules/directory/membership_watch.hpp"

#include <algorithm>
#include <map>

namespace concentric::directory {
namespace {

// The links of both records before they became one.
struct LinksBefore {
    std::vector<CarerRow> kept, merged;
};
BOOST_DESCRIBE_STRUCT(LinksBefore, (), (kept, merged))

std::vector<CarerRow> links_of(Call& call, PersonId carer)
{
    return call.db.rows<CarerRow>("SELECT * FROM carers WHERE county = $1 AND carer = $2 ORDER BY student", call.county, carer);
}

CarerRow const* link_to(std::vector<CarerRow> const& links, PersonId student)
{
    auto const found = std::ranges::find(links, student, &CarerRow::student);
    return found == links.end() ? nullptr : &*found;
}

// Changes the links of two records, and puts all families that hang on them into order.
template <class Change>
void change_links(Call& call, PersonId one, PersonId other, std::vector<CarerRow> const& links, Change const& change)
{
    std::vector<std::int64_t> students;
    for (auto const& link : links)
        students.push_back(link.student.value);
    Subjects subjects;
    subjects[SubjectKind::student] = household_of(call, students);
    subjects[SubjectKind::carer] = {one.value, other.value};
    MembershipWatch watch(call, subjects);
    change();
    PupilsChangedFamily const moved{regroup_families(call, subjects[SubjectKind::student])};
    watch.publish();
    if (!moved.pupils.empty())
        call.events.publish(call, moved);
}

void require_mergeable(Call& call, PersonId kept, PersonId merged)
{
    if (kept == merged || kept_record(call, kept) != kept || kept_record(call, merged) != merged)
        throw conflict({"这两条记录已经是同一个人。", "These two records are one person already."});
    std::int64_t const both[] = {kept.value, merged.value};
    if (call.db.value<std::int64_t>("SELECT person AS value FROM students WHERE county = $1 AND person ANY_OF($2) LIMIT 1",
            call.county, db::IntegerList{both}))
        throw conflict({"学生不能作为照护人合并。", "A pupil cannot be merged as a carer."});
    // Or a log-in that anybody may have asked for would open a post.
    if (call.db.value<std::int64_t>("SELECT id AS value FROM posts WHERE county = $1 AND person = $2 AND to_day >= $3 LIMIT 1",
            call.county, merged, call.today()))
        throw conflict({"其中一人担任岗位：请保留担任岗位的那条记录。", "One of them holds a post: keep that record."});
}

void move_links(Call& call, PersonId kept, LinksBefore const& before)
{
    for (auto const& link : before.merged) {
        auto const* const own = link_to(before.kept, link.student);
        if (!own) {
            call.db.execute("UPDATE carers SET carer = $4 WHERE county = $1 AND student = $2 AND carer = $3", call.county,
                link.student, link.carer, kept);
            continue;
        }
        call.db.execute(
            "DELETE FROM carers WHERE county = $1 AND student = $2 AND carer = $3", call.county, link.student, link.carer);
        call.db.execute("UPDATE carers SET relation = $4, is_guardian = $5 WHERE county = $1 AND student = $2 AND carer = $3",
            call.county, link.student, kept, own->relation == Relation::other ? link.relation : own->relation,
            own->is_guardian || link.is_guardian);
    }
}

// What somebody took away meanwhile stays away.
void move_links_back(Call& call, PersonId kept, LinksBefore const& before)
{
    auto const now = links_of(call, kept);
    for (auto const& link : before.merged) {
        auto const* const shared = link_to(now, link.student);
        if (!shared)
            continue;
        auto const* const own = link_to(before.kept, link.student);
        if (!own) {
            call.db.execute("UPDATE carers SET carer = $4 WHERE county = $1 AND student = $2 AND carer = $3", call.county,
                link.student, kept, link.carer);
            continue;
        }
        call.db.execute("UPDATE carers SET relation = $4, is_guardian = $5 WHERE county = $1 AND student = $2 AND carer = $3",
            call.county, link.student, kept, own->relation, own->is_guardian);
        call.db.insert("carers", link);
    }
}

std::vector<CarerRow> all_of(LinksBefore const& links)
{
    auto all = links.kept;
    all.insert(all.end(), links.merged.begin(), links.merged.end());
    return all;
}

} // namespace

PersonId kept_record(Call& call, PersonId person)
{
    while (auto const kept = call.db.value<PersonId>(
               "SELECT kept AS value FROM person_merges WHERE county = $1 AND merged = $2 AND undone_at = 0", call.county, person))
        person = *kept;
    return person;
}

std::vector<std::int64_t> records_of(Call& call, PersonId kept) { return records_of(call, std::vector{kept.value}); }

std::vector<std::int64_t> records_of(Call& call, std::vector<std::int64_t> kept)
{
    auto records = std::move(kept);
    for (std::size_t from = 0; from < records.size();) {
        std::vector<std::int64_t> const latest(records.begin() + static_cast<std::ptrdiff_t>(from), records.end());
        from = records.size();
        auto const more = call.db.values<std::int64_t>(
            "SELECT merged AS value FROM person_merges WHERE county = $1 AND kept ANY_OF($2) AND undone_at = 0 ORDER BY id",
            call.county, db::IntegerList{latest});
        records.insert(records.end(), more.begin(), more.end());
    }
    return records;
}

MergeRow merge_carers(Call& call, PersonId kept, PersonId merged)
{
    require_mergeable(call, kept, merged);
    LinksBefore const before{links_of(call, kept), links_of(call, merged)};
    MergeRow row{call.county, new_id_of<MergeId>(), kept, merged, to_json(before), false, call.viewer.person, call.now, {}, {}};
    change_links(call, kept, merged, all_of(before), [&] { move_links(call, kept, before); });
    call.events.publish(call, PeopleMerged{kept, merged, &row.moved_log_in});
    call.db.insert("person_merges", row);
    return row;
}

void part_carers(Call& call, MergeRow const& row)
{
    if (row.undone_at.milliseconds != 0)
        throw conflict({"这次合并已经撤销。", "This merge is undone already."});
    if (kept_record(call, row.kept) != row.kept)
        throw conflict({"保留的记录后来又并入了别的记录，请先撤销那次合并。",
            "The kept record was merged into another one later; undo that first."});
    auto const before = reflect::from_json<LinksBefore>(row.links);
    call.db.execute("UPDATE person_merges SET undone_by = $3, undone_at = $4 WHERE county = $1 AND id = $2", call.county, row.id,
        call.viewer.person, call.now);
    change_links(call, row.kept, row.merged, all_of(before), [&] { move_links_back(call, row.kept, before); });
    call.events.publish(call, PeopleParted{row.kept, row.merged, row.moved_log_in});
}

std::optional<MergeRow> merge_with(Call& call, MergeId id)
{
    return call.db.row<MergeRow>("SELECT * FROM person_merges WHERE county = $1 AND id = $2", call.county, id);
}

std::vector<MergeRow> merges_below(Call& call, std::string const& path, std::int64_t most)
{
    return call.db.rows<MergeRow>(
        "SELECT m.* FROM person_merges m WHERE m.county = $1 AND EXISTS (SELECT 1 FROM carers c "
        "JOIN students s ON s.county = c.county AND s.person = c.student "
        "JOIN organisations o ON o.county = s.county AND o.id = s.class "
        "WHERE c.county = m.county AND c.carer = m.kept AND o.path >= $2 AND o.path < $3) ORDER BY m.id DESC LIMIT $4",
        call.county, path, path_end(path), most);
}

// Numbers that several people have are few, so those are found first, in the index alone; each by itself, since SQLite 3.40 loses
// rows where two of its indexes by an expression stand in one UNION. CROSS JOIN keeps it to that order.
static std::string reached_carer(std::string_view person)
{
    return fmt::format("EXISTS (SELECT 1 FROM carers c JOIN students s ON s.county = c.county AND s.person = c.student JOIN "
                       "organisations o ON o.county = s.county AND o.id = s.class WHERE c.county = $1 AND c.carer = {}.id AND "
                       "s.status = 'active' AND o.path >= $2 AND o.path < $3) ",
        person);
}
static std::string with_one_number(std::string_view column, std::string_view likeness)
{
    return fmt::format("SELECT a.id AS one, b.id AS other, {1} AS likeness FROM (SELECT substr({0}, 1, 28) AS number FROM people "
                       "WHERE county = $1 AND {0} <> '' GROUP BY substr({0}, 1, 28) HAVING count(*) > 1) n CROSS JOIN people a "
                       "CROSS JOIN people b WHERE a.county = $1 AND substr(a.{0}, 1, 28) = n.number AND a.{0} <> '' AND b.county = "
                       "$1 AND substr(b.{0}, 1, 28) = n.number AND b.{0} <> '' AND {2}AND {3}",
        column, likeness, reached_carer("a"), reached_carer("b"));
}
static std::string const of_two_people
    = "AND b.id > a.id AND NOT EXISTS (SELECT 1 FROM different_carers d WHERE d.county = $1 AND d.one = a.id AND d.other = b.id) "
      "ORDER BY a.id, b.id LIMIT $4";
static std::string const same_identity = with_one_number("identity_number", "'identity'") + of_two_people;
static std::string const same_phone
    = with_one_number("phone", "CASE WHEN a.name = b.name THEN 'phone_and_name' ELSE 'phone' END") + of_two_people;
static std::string const same_child_and_name
    = "SELECT DISTINCT a.id AS one, b.id AS other, 'child_and_name' AS likeness FROM organisations o CROSS JOIN students s CROSS "
      "JOIN carers c CROSS JOIN carers e CROSS JOIN people a CROSS JOIN people b WHERE o.county = $1 AND o.path >= $2 AND o.path < "
      "$3 "
      "AND s.county = o.county AND s.class = o.id AND s.status = 'active' AND c.county = s.county AND c.student = s.person AND "
      "e.county = c.county AND e.student = c.student AND e.carer > c.carer AND a.county = c.county AND a.id = c.carer AND b.county "
      "= "
      "c.county AND b.id = e.carer AND a.name = b.name "
    + of_two_people;

std::vector<LikePair> like_carers(Call& call, std::string const& path, std::int64_t most)
{
    std::map<std::pair<PersonId, PersonId>, Likeness> found;
    for (auto const* const sql : {&same_identity, &same_phone, &same_child_and_name})
        for (auto const& pair : call.db.rows<LikePair>(*sql, call.county, path, path_end(path), most)) {
            auto const place = found.try_emplace({pair.one, pair.other}, pair.likeness).first;
            place->second = std::min(place->second, pair.likeness);
        }
    std::vector<LikePair> pairs;
    for (auto const& [people, likeness] : found)
        pairs.push_back({people.first, people.second, likeness});
    std::ranges::stable_sort(pairs, {}, &LikePair::likeness);
    if (static_cast<std::int64_t>(pairs.size()) > most)
        pairs.resize(static_cast<std::size_t>(most));
    return pairs;
}

void tell_apart(Call& call, PersonId one, PersonId other, bool are_different)
{
    auto const [first, second] = std::minmax(one.value, other.value);
    call.db.execute("DELETE FROM different_carers WHERE county = $1 AND one = $2 AND other = $3", call.county, first, second);
    if (are_different)
        call.db.execute("INSERT INTO different_carers (county, one, other, said_by, said_at) VALUES ($1, $2, $3, $4, $5)",
            call.county, first, second, call.viewer.person, call.now);
}

} // namespace concentric::directory
