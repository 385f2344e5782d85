#pragma once

#include "modules/directory/kinship.hpp"

// Which pupils are in which class, and nothing else of them: for counting a whole county, where reading names would be most of the
// work.
namespace concentric::directory {

struct CountedPupil {
    std::int64_t student = 0;
    OrganisationId unit;
};
BOOST_DESCRIBE_STRUCT(CountedPupil, (), (student, unit))
// The pupils on a day of all classes at or below a path, in no order.
std::vector<CountedPupil> counted_pupils(Call&, std::string_view path, Day on);

// Like households_of, of all pupils of the county who have carers in another household than the first.
std::vector<HouseholdOfPupil> households_beside_first(Call&);

} // namespace concentric::directory
