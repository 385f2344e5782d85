#pragma once

#include "modules/directory/memberships.hpp"
#include "modules/directory/tables.hpp"

#include <span>

// Families: pupils who share a carer, directly or through brothers and sisters, belong to one. Carers of a second household tie
// nothing together: where parents live apart, the children of their later families are no brothers and sisters.
namespace concentric::directory {

// The students and all others of their families, and those who share a carer with one of them.
std::vector<std::int64_t> household_of(Call&, std::vector<std::int64_t> const& students);

// Puts the members of whole households into families anew after carers were added or taken away: a family keeps its id for the part
// with its earliest pupil.
// Gives the pupils who came into another family; whoever calls tells of them once memberships have been told of.
std::vector<MovedPupil> regroup_families(Call&, std::vector<std::int64_t> const& household);

std::string family_name(std::string_view pupil);

// Which of many things hang together: join any two, then ask for the one that stands for all that were joined.
class Components {
public:
    explicit Components(std::size_t count);
    std::size_t add();
    void join(std::size_t one, std::size_t other);
    std::size_t root(std::size_t of);

private:
    std::vector<std::size_t> parents_;
};

} // namespace concentric::directory
