#pragma once

#include "core/jobs.hpp"
#include "modules/tally/population.hpp"
#include "modules/tally/standing.hpp"

// The ledger as the calculation takes it in: portion by portion, sorted by kind, with everybody already numbered.
namespace concentric::tally {

struct Fact {
    std::int32_t day = 0; // since 1970, in China
    Number person = nobody;
    Number pupil = nobody; // the child that it was for, or else the person
    Number family = nobody; // of the child
    Number unit = nobody;
    Number resource = nobody;
    Figures figures;
};

// By place of the kind in plan::catalogue().
using Facts = std::vector<std::vector<Fact>>;

// Reads the county's whole ledger once and hands it on in portions, one after the other, from another thread that numbers them
// meanwhile; kinds that are not `wanted` (by place in the catalogue) are left out. Gives the number of entries read.
std::int64_t each_portion(Call& call, Population& population, std::vector<bool> const& wanted,
    std::function<void(Facts const&)> const& take, Progress* progress);

} // namespace concentric::tally
