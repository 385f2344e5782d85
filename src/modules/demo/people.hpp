#pragma once

#include "modules/demo/county.hpp"

#include <unordered_map>

// Everybody who lives, learns or works in the county; nobody of them is real.
namespace concentric::demo {

// A citizen identity number with a true check character. No region has a code that begins with 5199, so it is nobody's.
// `serial` tells apart people born on one day: 0 to 49'999 for each sex.
std::string fictitious_identity_number(Day birth, Sex sex, int serial);
// A mobile phone number that begins with 154, which no operator was ever given. `serial` up to 99'999'999.
std::string fictitious_phone(std::int64_t serial);

// Adds people to the county, each with an identity number of their own.
class Registry {
public:
    explicit Registry(County& county) : county_(county) { }
    PersonId add(Random& random, std::string_view surname, Generation generation, Sex sex, Day birth);

private:
    County& county_;
    std::unordered_map<std::int64_t, int> born_; // by day and sex
};

// A day between two years' ends, both included.
Day a_birthday(Random& random, int first_year, int last_year);

// Gives every school, class, community and office the people who work there. Speakers of units are set.
void appoint_staff(County& county, Registry& registry);

// Gives every pupil a name, a family and carers; brothers and sisters learn in the same subdistrict.
void found_families(County& county, Registry& registry);

} // namespace concentric::demo
