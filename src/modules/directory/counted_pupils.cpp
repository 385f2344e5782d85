#include "modules/directory/counted_pupils.hpp"

#include "modules/directory/directory.hpp"

namespace concentric::directory {

std::vector<CountedPupil> counted_pupils(Call& call, std::string_view path, Day on)
{
    return call.db.rows<CountedPupil>(
        "SELECT e.student, e.class AS unit FROM organisations o CROSS JOIN enrolments e WHERE e.county = o.county AND e.class = "
        "o.id AND o.county = $1 AND o.path >= $2 AND o.path < $3 AND e.from_day <= $4 AND e.to_day >= $4",
        call.county, path, path_end(path), on);
}

std::vector<HouseholdOfPupil> households_beside_first(Call& call)
{
    return call.db.rows<HouseholdOfPupil>("SELECT DISTINCT student, household FROM carers WHERE county = $1 AND student IN (SELECT "
                                          "student FROM carers WHERE county = $1 AND household <> 1) ORDER BY student, household",
        call.county);
}

std::vector<CarerHome> carer_homes_of(Call& call, std::span<std::int64_t const> students)
{
    return call.db.rows<CarerHome>("SELECT student, carer, household FROM carers WHERE county = $1 AND student ANY_OF($2)",
        call.county, db::IntegerList{students});
}

} // namespace concentric::directory
