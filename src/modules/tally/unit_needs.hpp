#pragma once

#include "modules/tally/rules.hpp"

// What the plan in force asks of organisations by entries of one kind, and what is there already: for modules that help them get
// there.
namespace concentric::tally {

struct UnitNeed {
    std::int64_t requirement = 0; // its number
    Words title;
    plan::Period period; // the one that runs
    std::int64_t needed = 0, amount = 0; // entries
};

// By organisation; whom no obligation asks for entries of this kind now is left out. Of several obligations the one that asks for
// most.
std::map<std::int64_t, UnitNeed> unit_needs(Call&, std::string_view kind, std::span<std::int64_t const> organisations);

} // namespace concentric::tally
