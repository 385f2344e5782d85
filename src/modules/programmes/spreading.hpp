#pragma once

#include "core/fields.hpp"

#include <span>

// Spreads learners over groups (分组) so that groups are about equally large and people of one school, and of one district, come
// into different ones: the rule, without a database.
namespace concentric::programmes {

struct Placed {
    PersonId person;
    std::string path; // of where they belong: "/1/4/9/"
};

// Deals them out like cards in the order of their paths: whatever branch of the tree one looks at, no group has two of its people
// more than another.
std::vector<std::vector<PersonId>> spread(std::vector<Placed> people, std::size_t teams);

} // namespace concentric::programmes
