#pragma once

#include "modules/directory/kinship.hpp"

// Which pupils are in which class and home, and nothing else of them: for whole counties and for many families at once, where
// reading names and numbers would be most of the work.
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

// In which household of a pupil somebody is a carer.
struct CarerHome {
    PersonId student, carer;
    std::int64_t household = 1;
};
BOOST_DESCRIBE_STRUCT(CarerHome, (), (student, carer, household))
std::vector<CarerHome> carer_homes_of(Call&, std::span<std::int64_t const> students);

} // namespace concentric::directory
