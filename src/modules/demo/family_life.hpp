#pragma once

#include "modules/demo/county.hpp"
#include "modules/demo/demo.hpp"

// How families come into the demo county: a class's code, requests that wait, a grandmother who picks up, corrections, a data
// check.
namespace concentric::demo {

// The first who may decide for a pupil; where no carer may, the first of the family.
PersonId guardian_of(County const& county, std::size_t pupil);

// The child whose mother or father, grandmother, teacher and principal have accounts.
struct ShownChild {
    std::size_t pupil = 0;
    PersonId guardian;
};
// With a brother or sister at another school where a family has that; else the first pupil.
ShownChild shown_child(County const& county);

// Adds, for the class of that child, what a teacher finds on an ordinary morning. Gives the grandmother, who has no account yet.
PersonId add_family_life(Call& call, County& county);

} // namespace concentric::demo
