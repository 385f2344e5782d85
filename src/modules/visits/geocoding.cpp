#include "modules/visits/geocoding.hpp"

#include "modules/directory/kinship.hpp"
#include "modules/visits/geocoders.hpp"

#include <algorithm>
#include <cctype>

namespace concentric::visits {
namespace {

MapSettings& kept()
{
    static MapSettings settings;
    return settings;
}

// Seven digits in a row are a telephone number, or part of one.
bool holds_long_number(std::string_view text)
{
    int digits = 0;
    return std::ranges::any_of(text, [&](unsigned char letter) {
        digits = std::isdigit(letter) ? digits + 1 : 0;
        return digits >= 7;
    });
}

void require_nobody_named(Call& call, OwnedVisit const& visit, std::string_view address)
{
    std::vector<std::string> names{visit.student_name};
    for (auto const& carer : directory::carers_of(call, std::span(&visit.student.value, 1)))
        names.push_back(carer.name);
    bool const is_named
        = std::ranges::any_of(names, [&](auto const& name) { return address.find(name) != std::string_view::npos; });
    if (is_named || holds_long_number(address))
        throw invalid("/address", "names",
            {"请只写地址，不要写姓名和电话：地址会发给外部的地址服务。",
                "Write the address alone, without names or telephone numbers: it is sent to a service outside."});
}

} // namespace

void configure_geocoding(MapSettings const& settings) { kept() = settings; }
GeocoderKind geocoder_here() { return kept().geocoder; }

CampaignView choose_geocoding(Call& call, ChooseGeocoding const& input)
{
    auto const row = held_campaign(call, input.id);
    call.require_version(row.version);
    require_open(row);
    if (input.is_on && kept().geocoder == GeocoderKind::off)
        throw conflict({"本平台没有接入地址服务。", "This platform has no address service."});
    call.db.execute("UPDATE visit_campaigns SET asks_geocoder = $3, version = version + 1 WHERE county = $1 AND id = $2",
        call.county, row.id, input.is_on);
    return show_campaign(call, {row.id});
}

PlaceProposals ask_places(Call& call, AskPlaces const& input)
{
    auto const visit = team_visit(call, input.id);
    auto const campaign = campaign_of(call, visit.campaign);
    require_open(campaign);
    auto const geocoder = geocoder_of(kept());
    if (!campaign.asks_geocoder || !geocoder)
        throw conflict({"学校没有选用地址服务，请在地图上点选。", "The school does not use an address service: pick the place."});
    require_nobody_named(call, visit, input.address);
    PlaceProposals proposals{kept().geocoder, {}};
    for (auto const& found : geocoder->find(input.address))
        proposals.items.push_back({found.address, found.precision, found.at.latitude, found.at.longitude});
    return proposals;
}

} // namespace concentric::visits
