#pragma once

#include "modules/demo/ids.hpp"
#include "modules/demo/names.hpp"
#include "modules/directory/tables.hpp"

#include <string>
#include <vector>

// The county that is being made, in memory: the rows to be loaded, and what its history is told from.
namespace concentric::demo {

// How much a school, community or class makes of its duties.
enum class Character { diligent, average, weak };
inline constexpr std::size_t characters = 3;

// An organisation; stands at the same place as its row. Pupils stand in the order of the tree, so that those of a unit are a range.
struct Unit {
    std::size_t parent = 0;
    Character character = Character::average;
    PersonId speaker; // who vouches for what it does
    std::size_t first_pupil = 0, end_pupil = 0;

    std::size_t pupils() const { return end_pupil - first_pupil; }
};

struct Pupil {
    PersonId id;
    std::size_t class_ = 0; // unit
    std::size_t family = 0;
    Day birth;
    Day since; // in this class
    bool is_in_need = false; // of any group
    bool is_toddler = false; // in kindergarten
};

struct Family {
    std::vector<PersonId> carers; // one or two
    double zeal = 0; // 0 to 1: how much of what is offered to parents it takes up
};

struct County {
    std::int64_t number = 0;
    Day today, opened; // the first day of all that has no day of its own
    std::uint64_t seed = 0;
    Ids ids;

    std::vector<directory::OrganisationRow> organisations;
    std::vector<Unit> units;
    std::vector<std::size_t> subdistricts, communities, stations, schools, grades, classes,
        resources; // units; schools and kindergartens
    std::vector<std::vector<PersonId>> teachers; // by school, those without a class too

    std::vector<directory::PersonRecord> people;
    std::vector<directory::PostRow> posts;
    std::vector<Pupil> pupils;
    std::vector<Family> families;
    std::vector<directory::StudentRow> students;
    std::vector<directory::FamilyRow> family_rows;
    std::vector<directory::EnrolmentRow> enrolments;
    std::vector<directory::GroupRow> groups;
    std::vector<directory::CarerRow> carers;

    std::string_view kind_of(std::size_t unit) const { return organisations[unit].kind; }
    OrganisationId id_of(std::size_t unit) const { return organisations[unit].id; }
    // The unit of this kind at or above a unit; the root where there is none.
    std::size_t above(std::size_t unit, std::string_view kind) const;
};

// Streams of chance, one for each purpose.
enum class Stream : std::uint64_t {
    tree,
    sizes,
    people,
    family,
    staff,
    groups,
    obligation,
    attendance,
    visits,
    care,
    learning,
    service,
    extras,
    late,
    families
};

template <class... Key> Random stream(County const& county, Stream purpose, Key... key)
{
    return Random(county.seed, purpose, key...);
}

} // namespace concentric::demo
