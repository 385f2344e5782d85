#pragma once

#include "core/route.hpp"

// How many people of each school and office are reached by no channel at all, so that somebody can ask them for a number.
namespace concentric::delivery {

struct Gap {
    OrganisationId organisation;
    std::string name;
    std::int64_t people = 0; // carers of its pupils and its staff, each once
    std::int64_t unreached = 0;
};
BOOST_DESCRIBE_STRUCT(Gap, (), (organisation, name, people, unreached))
struct Gaps {
    std::vector<Gap> items; // those with the most unreached first
    std::int64_t people = 0, unreached = 0; // of all together, each person once
};
BOOST_DESCRIBE_STRUCT(Gaps, (), (items, people, unreached))

// Within the viewer's reach.
Gaps list_gaps(Call&, Nothing const&);
Download export_gaps(Call&, Nothing const&);

Routes gap_routes();

} // namespace concentric::delivery
