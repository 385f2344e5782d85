#pragma once

#include "modules/forms/audience.hpp"

// How many a form asks and how many of them have answered, whatever the size of the county: 100,000 families are counted without
// looking at their names.
namespace concentric::forms {

// A turn, and a class or office from which it is asked.
struct Seat {
    OrganisationId unit;
    Turn turn;
    auto operator<=>(Seat const&) const = default;
};
// Of everybody whom asked_in would give, in no order.
std::vector<Seat> seats_in(Call&, FormRow const&, std::vector<PathRange> const&);

// Each once, in their order.
std::vector<Turn> turns_at(std::vector<Seat> const&);
// Those that were taken, in their order. Never of an anonymous form.
std::vector<Turn> taken_of(Call&, FormRow const&, std::vector<Turn> const&);

// A turn counts once in each of the organisations directly below the path from which it is asked.
struct UnitTurnout {
    directory::OrganisationRef unit;
    std::int64_t asked = 0, answered = 0;
};
std::vector<UnitTurnout> turnout_below(Call&, std::string_view path, std::vector<Seat> const&, std::vector<Turn> const& taken);

} // namespace concentric::forms
