#pragma once

#include "core/config.hpp"
#include "modules/visits/campaigns.hpp"
#include "modules/visits/views.hpp"

// Finding where a family lives by a service that is asked for an address, where the installation has one and the school wants it.
namespace concentric::visits {

void configure_geocoding(MapSettings const&);
// Which service the installation has.
GeocoderKind geocoder_here();

struct ChooseGeocoding {
    CampaignId id;
    bool is_on = false;
};
BOOST_DESCRIBE_STRUCT(ChooseGeocoding, (), (id, is_on))

struct AskPlaces {
    VisitId id;
    Text<4, 120> address;
};
BOOST_DESCRIBE_STRUCT(AskPlaces, (), (id, address))
struct PlaceProposal {
    std::string address, precision;
    double latitude = 0, longitude = 0;
};
BOOST_DESCRIBE_STRUCT(PlaceProposal, (), (address, precision, latitude, longitude))
struct PlaceProposals {
    GeocoderKind service = GeocoderKind::off;
    std::vector<PlaceProposal> items; // nothing is taken before somebody chooses it
};
BOOST_DESCRIBE_STRUCT(PlaceProposals, (), (service, items))

// Whether addresses of this campaign's families may be sent to the installation's service; by whoever leads the school. 409 where
// the installation has none.
CampaignView choose_geocoding(Call&, ChooseGeocoding const&);
// For the visit's team, where the school chose so. 422 where the address holds a name or a telephone number: the service is told
// where, never who.
PlaceProposals ask_places(Call&, AskPlaces const&);

} // namespace concentric::visits
