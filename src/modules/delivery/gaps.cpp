#include "modules/delivery/gaps.hpp"

#include "lib/workbook.hpp"
#include "modules/delivery/addresses.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/kinship.hpp"
#include "modules/directory/members.hpp"
#include "modules/directory/natural_order.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace concentric::delivery {
namespace {

struct MemberRow {
    std::int64_t subject = 0;
    OrganisationId unit;
    std::string name, path, unit_name;
    bool is_unreached = false;
};
BOOST_DESCRIBE_STRUCT(MemberRow, (), (subject, unit, name, path, unit_name, is_unreached))

// At or below the path, today.
std::vector<MemberRow> members(Call& call, directory::SubjectKind kind, std::string const& path)
{
    auto const query = fmt::format(
        "SELECT DISTINCT m.subject, m.unit, m.name, m.path, m.unit_name, {} AS is_unreached FROM ({}) m WHERE m.path >= $2 "
        "AND m.path < $3 AND m.from_day <= $4 AND m.to_day >= $4",
        is_beyond_reach("$1", "m.subject"), directory::members_query(kind));
    return call.db.rows<MemberRow>(query, call.county, path, directory::path_end(path), call.today());
}

struct Place {
    std::string name;
    std::set<std::int64_t> people, unreached;
};

// Classes count for their school; an office for itself.
std::map<OrganisationId, Place> places_of(Call& call, std::vector<MemberRow> const& rows)
{
    std::map<std::string, directory::OrganisationRef> school_of;
    for (auto const& row : rows)
        school_of[row.path];
    std::vector<std::string> paths;
    for (auto const& [path, school] : school_of)
        paths.push_back(path);
    auto const schools = directory::schools_above(call, paths);
    for (std::size_t i = 0; i < paths.size(); ++i)
        school_of[paths[i]] = schools[i];
    std::map<OrganisationId, Place> places;
    for (auto const& row : rows) {
        auto const& school = school_of[row.path];
        auto& place = places[school.id ? school.id : row.unit];
        place.name = school.id ? school.name : row.unit_name;
        place.people.insert(row.subject);
        if (row.is_unreached)
            place.unreached.insert(row.subject);
    }
    return places;
}

std::vector<MemberRow> pupils_in_order(Call& call, std::string const& path)
{
    auto pupils = members(call, directory::SubjectKind::student, path);
    std::ranges::sort(pupils, {},
        [](auto const& row) { return std::tuple(directory::natural_key(row.unit_name), row.unit, row.name, row.subject); });
    return pupils;
}

std::map<PersonId, std::vector<std::int64_t>> carers_by_pupil(Call& call, std::vector<MemberRow> const& pupils)
{
    std::set<std::int64_t> classes;
    for (auto const& pupil : pupils)
        classes.insert(pupil.unit.value);
    std::map<PersonId, std::vector<std::int64_t>> carers;
    for (auto const& row : directory::pupils_of(call, std::vector(classes.begin(), classes.end())))
        if (row.carer)
            carers[row.student].push_back(row.carer->value);
    return carers;
}

std::set<std::int64_t> unreached_carers(Call& call, std::string const& path)
{
    std::set<std::int64_t> unreached;
    for (auto const& row : members(call, directory::SubjectKind::carer, path))
        if (row.is_unreached)
            unreached.insert(row.subject);
    return unreached;
}

} // namespace

Gaps list_gaps(Call& call, Nothing const&)
{
    auto rows = members(call, directory::SubjectKind::carer, call.viewer.path);
    std::ranges::move(members(call, directory::SubjectKind::staff, call.viewer.path), std::back_inserter(rows));
    Gaps gaps;
    std::set<std::int64_t> people, unreached;
    for (auto const& [id, place] : places_of(call, rows)) {
        gaps.items.push_back(
            {id, place.name, static_cast<std::int64_t>(place.people.size()), static_cast<std::int64_t>(place.unreached.size())});
        people.insert(place.people.begin(), place.people.end());
        unreached.insert(place.unreached.begin(), place.unreached.end());
    }
    std::ranges::stable_sort(gaps.items, std::greater(), &Gap::unreached);
    gaps.people = static_cast<std::int64_t>(people.size());
    gaps.unreached = static_cast<std::int64_t>(unreached.size());
    return gaps;
}

Page<UnreachedFamily> list_unreached_families(Call& call, AskFamilies const& input)
{
    auto const path = directory::path_of(call, input.organisation).value_or("");
    call.require_reach(path, {"机构", "organisation"});
    auto const pupils = pupils_in_order(call, path);
    auto const carers = carers_by_pupil(call, pupils);
    auto const unreached = unreached_carers(call, path);
    auto const limit = static_cast<std::size_t>(input.limit.value_or(Limit{50}).value);
    bool is_after = !input.after;
    Page<UnreachedFamily> page;
    for (auto const& pupil : pupils) {
        PersonId const student{pupil.subject};
        auto const found = carers.find(student);
        auto const theirs = found == carers.end() ? std::vector<std::int64_t>{} : found->second;
        bool const is_reached = std::ranges::any_of(theirs, [&](auto const id) { return !unreached.contains(id); });
        if (!std::exchange(is_after, is_after || student == input.after) || is_reached)
            continue;
        if (page.items.size() == limit) {
            page.next = std::to_string(page.items.back().student.value);
            break;
        }
        auto& family = page.items.emplace_back(UnreachedFamily{student, pupil.name, pupil.unit_name, {}});
        for (auto const& [id, name] : directory::names_of(call, theirs))
            family.carers.push_back(name);
        std::ranges::sort(family.carers);
    }
    return page;
}

Download export_gaps(Call& call, Nothing const& input)
{
    lib::WorkbookWriter workbook;
    std::array const headings{
        call.say({"单位", "Organisation"}), call.say({"人数", "People"}), call.say({"联系不到", "Not reached"})};
    workbook.add_sheet(call.say({"联系不到的人数", "Not reached"}), headings);
    for (auto const& gap : list_gaps(call, input).items)
        workbook.add_row({gap.name, gap.people, gap.unreached});
    return {workbook.finish(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        call.say({"联系不到的人数.xlsx", "not-reached.xlsx"})};
}

Routes gap_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/delivery-gaps", send_notices, "delivery_gap_list",
            "How many people no channel reaches, by organisation", list_gaps),
        route(Verb::get, "/api/delivery-gaps/{organisation}/families", send_notices, "delivery_gap_family_list",
            "Pupils of an organisation of whose carers no channel reaches even one", list_unreached_families)
            .as_personal_file(),
        route(Verb::get, "/api/delivery-gaps.xlsx", send_notices, "delivery_gap_export", "The same as a file", export_gaps),
    };
}

} // namespace concentric::delivery
