#include "modules/directory/details.hpp"

namespace concentric::directory {

DetailFields details_of(db::Connection& db, std::int64_t county, PersonId person)
{
    return db
        .row<DetailFields>(
            "SELECT address, staff_number, class_number FROM person_details WHERE county = $1 AND person = $2", county, person)
        .value_or(DetailFields{});
}

namespace {

struct StaffNumber {
    PersonId person;
    SealedText number;
};
BOOST_DESCRIBE_STRUCT(StaffNumber, (), (person, number))

} // namespace

// Sealed texts cannot be compared in the database; a county has a few thousand of these.
std::vector<PersonId> people_with_staff_number(db::Connection& db, std::int64_t county, std::string_view number)
{
    std::vector<PersonId> people;
    for (auto const& known : db.rows<StaffNumber>(
             "SELECT person, staff_number AS number FROM person_details WHERE county = $1 AND staff_number <> '' ORDER BY person",
             county))
        if (known.number == number)
            people.push_back(known.person);
    return people;
}

void remove_details(db::Connection& db, std::int64_t county, PersonId person)
{
    db.execute("DELETE FROM person_details WHERE county = $1 AND person = $2", county, person);
}

void set_details(db::Connection& db, std::int64_t county, std::vector<std::pair<PersonId, DetailFields>> const& all)
{
    db::Batch batch;
    for (auto const& [person, details] : all)
        batch.add(county, person, details.address, details.staff_number, details.class_number);
    batch.run(db,
        "INSERT INTO person_details (county, person, address, staff_number, class_number) VALUES ($1, $2, $3, $4, $5) "
        "ON CONFLICT (county, person) DO UPDATE SET address = excluded.address, staff_number = excluded.staff_number, "
        "class_number = excluded.class_number");
}

} // namespace concentric::directory
