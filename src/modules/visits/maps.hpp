#pragma once

#include "modules/visits/wishes.hpp"

// What a map shows on which somebody picks where a family is met: the school, and homes that the viewer knows anyway.
namespace concentric::visits {

struct HomeOnMap {
    VisitId visit;
    std::string name; // of the pupil
    double latitude = 0, longitude = 0;
};
BOOST_DESCRIBE_STRUCT(HomeOnMap, (), (visit, name, latitude, longitude))

struct MapAround {
    Place base; // the school
    std::vector<HomeOnMap> homes; // of the team's other visits; a family is shown none
};
BOOST_DESCRIBE_STRUCT(MapAround, (), (base, homes))

// For the visit's team alone.
MapAround show_map(Call&, OneVisit const&);
// For the family; nobody else's home.
MapAround show_own_map(Call&, OneVisit const&);

} // namespace concentric::visits
