#pragma once

#include "core/call.hpp"

// Everything that the platform holds about one person, gathered from all modules: to hand out, and to erase.
namespace concentric::directory {

// One kind of records about the person. Rows are JSON objects.
struct DataSection {
    std::string key;
    Words title;
    std::vector<std::string> rows;
    Words kept_because; // empty when an erasure takes these rows away, or everything in them that names the person
};

// Asked of every module: what do you hold, and what stands against erasing it? Source: 个人信息保护法 arts. 45 and 47.
struct PersonDataAsked {
    PersonId person;
    std::vector<DataSection>* sections;
    std::vector<Words>* obstacles;
};

// Told to every module in the transaction of an erasure: take away what is not kept.
struct PersonErased {
    PersonId person;
};

template <class Row> DataSection section_of(std::string key, Words title, std::vector<Row> const& rows, Words kept_because = {})
{
    DataSection section{std::move(key), std::move(title), {}, std::move(kept_because)};
    for (auto const& row : rows)
        reflect::write(section.rows.emplace_back(), reflect::type_of<Row>, &row);
    return section;
}

// Listeners of this module. Enrolments, groups and family ties stay without a name, since finished figures stand on them.
void add_person_data(Call& call, PersonDataAsked const& asked);
void erase_person(Call& call, PersonErased const& erased);

enum class GoneKind { student, carer, staff };
BOOST_DESCRIBE_ENUM(GoneKind, student, carer, staff)
// People who were nothing but this, and stopped being it before a day: pupils who left or graduated, carers of such pupils only,
// staff whose posts have ended. Those already erased are left out. At most `most`, by id.
std::vector<PersonId> people_gone(Call& call, GoneKind kind, Day before, std::int64_t most);

// How many people of which kind a county holds on a day.
struct PeopleHeld {
    std::int64_t students = 0, under_14 = 0, carers = 0, staff = 0;
};
BOOST_DESCRIBE_STRUCT(PeopleHeld, (), (students, under_14, carers, staff))
PeopleHeld people_held(Call& call, Day on);

} // namespace concentric::directory
