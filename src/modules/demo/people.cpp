#include "modules/demo/people.hpp"

#include "lib/pinyin.hpp"

#include <fmt/format.h>

namespace concentric::demo {

// ISO 7064 MOD 11-2, as GB 11643-1999 asks for.
static char check_character(std::string_view digits)
{
    int sum = 0;
    for (auto const digit : digits)
        sum = (sum + digit - '0') * 2 % 11;
    return "10X98765432"[sum];
}

std::string fictitious_identity_number(Day birth, Sex sex, int serial)
{
    constexpr int of_one_region = 500; // three digits, odd for men and even for women
    auto const order = serial % of_one_region * 2 + (sex == Sex::male ? 1 : 0);
    auto number = fmt::format("{}{:08}{:03}", 519'900 + serial / of_one_region, birth.number, order);
    return number += check_character(number);
}

std::string fictitious_phone(std::int64_t serial) { return fmt::format("154{:08}", serial); }

Day a_birthday(Random& random, int first_year, int last_year)
{
    auto const first = days_since_1970(day_of(first_year, 1, 1)), last = days_since_1970(day_of(last_year, 12, 31));
    return day_from(random.between(first, last));
}

PersonId Registry::add(Random& random, std::string_view surname, Generation generation, Sex sex, Day birth)
{
    directory::PersonRecord person;
    person.county = county_.number;
    person.id = county_.ids.next_of<PersonId>();
    person.name = a_name(random, surname, generation, sex);
    person.search = lib::search_key(person.name);
    person.sex = sex;
    person.birth_day = birth;
    person.identity_kind = "citizen";
    person.identity_number = fictitious_identity_number(birth, sex, born_[birth.number * 2 + (sex == Sex::male)]++);
    if (generation != Generation::children)
        person.phone = fictitious_phone(static_cast<std::int64_t>(county_.people.size()));
    person.created_at = start_of(county_.opened);
    county_.people.push_back(std::move(person));
    return county_.people.back().id;
}

} // namespace concentric::demo
