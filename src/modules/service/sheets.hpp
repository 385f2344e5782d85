#pragma once

#include "modules/service/ratings.hpp"

// The lists of offers, ratings and bases as sheets, with the filters that they are looked at with.
namespace concentric::service {

Download offer_sheet(Call&, ListOffers const&);
Download rating_sheet(Call&, ListRatings const&);
Download base_sheet(Call&, FindBases const&);

} // namespace concentric::service
