#include "modules/activities/quotas.hpp"

#include "modules/directory/directory.hpp"
#include "modules/directory/lookup.hpp"

#include <algorithm>

namespace concentric::activities {
namespace {

bool fits(QuotaRow const& quota, Sort const& sort)
{
    auto const stages = directory::split_list(sort.stages);
    return (!quota.unit || std::ranges::find(sort.units, quota.unit.value) != sort.units.end())
        && (quota.stage.empty() || std::ranges::find(stages, quota.stage) != stages.end())
        && (quota.role.empty() || quota.role == name_of(sort.role))
        && (quota.kind.empty() || std::ranges::find(sort.kinds, quota.kind) != sort.kinds.end());
}

ComingAs role_of(Guest const& guest)
{
    if (!guest.student)
        return ComingAs::staff;
    return guest.student == guest.person ? ComingAs::pupil : ComingAs::carer;
}

} // namespace

std::int64_t quota_for(std::vector<QuotaRow> const& quotas, Sort const& sort)
{
    auto const found = std::ranges::find_if(quotas, [&](auto const& quota) { return fits(quota, sort); });
    return found == quotas.end() ? 0 : found->number;
}

std::vector<Sort> sorts_of(Call& call, std::vector<Guest> const& guests)
{
    std::vector<std::int64_t> students, staff;
    for (auto const& guest : guests)
        (guest.student ? students : staff).push_back((guest.student ? guest.student : guest.person).value);
    auto const classes = directory::classes_of(call.db, call.county, students);
    auto const workplaces = directory::workplaces_of(call.db, call.county, staff, call.today());
    std::vector<directory::OrganisationRef> places;
    std::vector<std::string> paths;
    for (auto const& guest : guests) {
        auto const& known = guest.student ? classes : workplaces;
        auto const found = known.find(guest.student ? guest.student : guest.person);
        places.push_back(found == known.end() ? directory::OrganisationRef{} : found->second);
        paths.push_back(places.back().path);
    }
    auto const schools = directory::schools_above(call, paths);
    std::vector<Sort> sorts;
    for (std::size_t i = 0; i < guests.size(); ++i)
        sorts.push_back({role_of(guests[i]), directory::ids_in(paths[i]), {places[i].kind, schools[i].kind},
            places[i].stages.empty() ? schools[i].stages : places[i].stages});
    return sorts;
}

void assign_quotas(Call& call, ActivityId id, std::vector<QuotaRow> const& quotas)
{
    auto const rows = call.db.rows<SignUpRow>(
        "SELECT * FROM activity_sign_ups WHERE county = $1 AND activity = $2 AND state <> 'cancelled'", call.county, id);
    std::vector<Guest> guests;
    for (auto const& row : rows)
        guests.push_back({row.person, row.student});
    auto const sorts = quotas.empty() ? std::vector<Sort>(guests.size()) : sorts_of(call, guests);
    db::Batch changes;
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (auto const quota = quota_for(quotas, sorts[i]); quota != rows[i].quota)
            changes.add(call.county, id, rows[i].person, quota);
    changes.run(call.db, "UPDATE activity_sign_ups SET quota = $4 WHERE county = $1 AND activity = $2 AND person = $3");
}

} // namespace concentric::activities
