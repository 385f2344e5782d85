#include "modules/directory/lookup.hpp"

#include "modules/directory/directory.hpp"

#include <fmt/format.h>

namespace concentric::directory {
namespace {

struct Placed : OrganisationRef {
    PersonId person;
};
BOOST_DESCRIBE_STRUCT(Placed, (OrganisationRef), (person))

std::unordered_map<PersonId, OrganisationRef> by_person(std::vector<Placed> rows)
{
    std::unordered_map<PersonId, OrganisationRef> places;
    for (auto& row : rows)
        places.try_emplace(row.person, std::move(row));
    return places;
}

} // namespace

std::unordered_map<OrganisationId, OrganisationRef> organisations(
    db::Connection& db, std::int64_t county, std::span<std::int64_t const> ids)
{
    std::unordered_map<OrganisationId, OrganisationRef> found;
    for (auto& row : db.rows<OrganisationRef>(
             "SELECT id, parent, path, kind, name, stages FROM organisations WHERE county = $1 AND id ANY_OF($2)", county,
             db::IntegerList{ids}))
        found.emplace(row.id, std::move(row));
    return found;
}

std::optional<OrganisationRef> organisation(db::Connection& db, std::int64_t county, OrganisationId id)
{
    return db.row<OrganisationRef>(
        "SELECT id, parent, path, kind, name, stages FROM organisations WHERE county = $1 AND id = $2", county, id);
}

std::unordered_map<PersonId, OrganisationRef> classes_of(
    db::Connection& db, std::int64_t county, std::span<std::int64_t const> students)
{
    return by_person(db.rows<Placed>("SELECT s.person, o.id, o.parent, o.path, o.kind, o.name, o.stages FROM students s "
                                     "JOIN organisations o ON o.county = s.county AND o.id = s.class "
                                     "WHERE s.county = $1 AND s.person ANY_OF($2) AND s.status = 'active'",
        county, db::IntegerList{students}));
}

std::optional<OrganisationRef> class_of(db::Connection& db, std::int64_t county, PersonId student)
{
    auto found = classes_of(db, county, std::array{student.value});
    return found.empty() ? std::nullopt : std::optional(std::move(found.begin()->second));
}

struct Birth {
    PersonId person;
    Day day;
};
BOOST_DESCRIBE_STRUCT(Birth, (), (person, day))

std::unordered_map<PersonId, Day> birth_days_of(db::Connection& db, std::int64_t county, std::span<std::int64_t const> people)
{
    std::unordered_map<PersonId, Day> days;
    for (auto const& birth : db.rows<Birth>(
             "SELECT id AS person, birth_day AS day FROM people WHERE county = $1 AND id ANY_OF($2) AND birth_day IS NOT NULL",
             county, db::IntegerList{people}))
        days.emplace(birth.person, birth.day);
    return days;
}

std::unordered_map<PersonId, OrganisationRef> workplaces_of(
    db::Connection& db, std::int64_t county, std::span<std::int64_t const> people, Day on)
{
    return by_person(
        db.rows<Placed>("SELECT p.person, o.id, o.parent, o.path, o.kind, o.name, o.stages FROM posts p "
                        "JOIN organisations o ON o.county = p.county AND o.id = p.organisation "
                        "WHERE p.county = $1 AND p.person ANY_OF($2) AND p.from_day <= $3 AND p.to_day >= $3 AND o.closed_on >= $3 "
                        "ORDER BY p.person, p.id",
            county, db::IntegerList{people}, on));
}

std::string person_name_in(std::string_view county, std::string_view column)
{
    return fmt::format("(SELECT h.name FROM people h WHERE h.county = {} AND h.id = {})", county, column);
}

std::string joined_organisation(std::string_view alias, std::string_view county, std::string_view column)
{
    return fmt::format("LEFT JOIN organisations {0} ON {0}.county = {1} AND {0}.id = {2} ", alias, county, column);
}

std::string is_below(std::string_view county, std::string_view column, std::string_view from, std::string_view end)
{
    return fmt::format(
        "(SELECT w.path >= {} AND w.path < {} FROM organisations w WHERE w.county = {} AND w.id = {})", from, end, county, column);
}

std::vector<OrganisationRef> schools_above(Call& call, std::vector<std::string> const& paths)
{
    if (paths.empty())
        return {};
    std::vector<std::int64_t> ids;
    for (auto const& path : paths)
        for (auto const id : ids_in(path))
            ids.push_back(id);
    auto const found = organisations(call.db, call.county, ids);
    std::vector<OrganisationRef> schools(paths.size());
    for (std::size_t i = 0; i < paths.size(); ++i)
        for (auto const id : ids_in(paths[i]))
            if (auto const at = found.find({id});
                at != found.end() && (at->second.kind == "school" || at->second.kind == "kindergarten"))
                schools[i] = at->second;
    return schools;
}

} // namespace concentric::directory
