#include "modules/visits/maps.hpp"

#include "modules/visits/campaigns.hpp"

namespace concentric::visits {
namespace {

MapAround around(CampaignRow const& campaign) { return {reflect::from_json<Place>(campaign.base), {}}; }

} // namespace

MapAround show_map(Call& call, OneVisit const& input)
{
    auto const visit = team_visit(call, input.id);
    auto map = around(campaign_of(call, visit.campaign));
    static std::string const sql
        = visit_columns() + " WHERE v.county = $1 AND v.team = $2 AND v.id <> $3 AND v.place <> '' ORDER BY v.id LIMIT 300";
    for (auto const& other : call.db.rows<OwnedVisit>(sql, call.county, visit.team, visit.id))
        if (auto const place = reflect::from_json<Place>(other.place); place.latitude && place.longitude)
            map.homes.push_back({other.id, other.student_name, *place.latitude, *place.longitude});
    return map;
}

MapAround show_own_map(Call& call, OneVisit const& input)
{
    return around(campaign_of(call, family_visit(call, input.id).campaign));
}

} // namespace concentric::visits
