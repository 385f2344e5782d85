#pragma once

#include "modules/families/rights.hpp"

#include <span>

// To whom a school speaks when it speaks about children: everybody who may see a child's file today, whole classes at once.
namespace concentric::families {

struct Recipient {
    PersonId child, person;
    Rights rights; // with `see` at least
};

// By the rule of rights_of(), in the order of children and people; a handful of statements however many children are named.
std::vector<Recipient> recipients_of(Call&, std::span<std::int64_t const> children);
// The same asked from the other side: all children of whom these people may see the file.
std::vector<Recipient> children_of_all(Call&, std::span<std::int64_t const> people);

} // namespace concentric::families
