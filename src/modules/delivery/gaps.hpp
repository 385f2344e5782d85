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

struct AskFamilies {
    OrganisationId organisation;
    std::optional<PersonId> after;
    std::optional<Limit> limit; // 50 when it is left out
};
BOOST_DESCRIBE_STRUCT(AskFamilies, (), (organisation, after, limit))
struct UnreachedFamily {
    PersonId student;
    std::string name, unit;
    std::vector<std::string> carers; // none of whom is reached; empty: the roster has nobody
};
BOOST_DESCRIBE_STRUCT(UnreachedFamily, (), (student, name, unit, carers))

// Within the viewer's reach.
Gaps list_gaps(Call&, Nothing const&);
// Pupils of whose carers no channel reaches even one, by class as people count them: names to ask, never a number.
Page<UnreachedFamily> list_unreached_families(Call&, AskFamilies const&);
Download export_gaps(Call&, Nothing const&);

Routes gap_routes();

} // namespace concentric::delivery
