#include "modules/delivery/gaps.hpp"

#include "lib/workbook.hpp"
#include "modules/delivery/addresses.hpp"
#include "modules/directory/members.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace concentric::delivery {
namespace {

struct MemberRow {
    std::int64_t subject = 0;
    OrganisationId unit;
    std::string path, unit_name;
    bool is_unreached = false;
};
BOOST_DESCRIBE_STRUCT(MemberRow, (), (subject, unit, path, unit_name, is_unreached))

std::vector<MemberRow> members(Call& call, directory::SubjectKind kind)
{
    auto const query
        = fmt::format("SELECT DISTINCT m.subject, m.unit, m.path, m.unit_name, {} AS is_unreached FROM ({}) m WHERE m.path >= $2 "
                      "AND m.path < $3 AND m.from_day <= $4 AND m.to_day >= $4",
            is_beyond_reach("$1", "m.subject"), directory::members_query(kind));
    return call.db.rows<MemberRow>(query, call.county, call.viewer.path, call.viewer.path_end(), call.today());
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

} // namespace

Gaps list_gaps(Call& call, Nothing const&)
{
    auto rows = members(call, directory::SubjectKind::carer);
    std::ranges::move(members(call, directory::SubjectKind::staff), std::back_inserter(rows));
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
        route(Verb::get, "/api/delivery-gaps.xlsx", send_notices, "delivery_gap_export", "The same as a file", export_gaps),
    };
}

} // namespace concentric::delivery
