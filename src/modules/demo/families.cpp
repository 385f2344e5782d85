#include "modules/directory/families.hpp"

#include "modules/demo/family_life.hpp"
#include "modules/demo/people.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace concentric::demo {
namespace {

using directory::Relation;

// What is known of a household before its people have names.
struct Household {
    std::vector<std::size_t> children; // pupils
    bool is_single = false; // one carer
    bool has_grandparent = false; // one of two carers
    bool is_left_behind = false, is_migrant = false, is_poor = false, is_orphaned = false;
};

class Founding {
public:
    Founding(County& county, Registry& registry) : county_(county), registry_(registry) { }

    void run()
    {
        set_birthdays();
        for (auto const subdistrict : county_.subdistricts) {
            auto const& unit = county_.units[subdistrict];
            for (auto& household : households(unit.first_pupil, unit.end_pupil))
                found(household);
        }
        for (std::size_t i = 0; i < county_.pupils.size(); ++i)
            enrol(i);
    }

private:
    // Three, six, twelve or fifteen years old before the first September.
    void set_birthdays()
    {
        for (auto& pupil : county_.pupils) {
            auto const& row = county_.organisations[pupil.class_];
            int const age = row.stages == "kindergarten" ? 3 : row.stages == "primary" ? 6 : row.stages == "junior" ? 12 : 15;
            auto const year = static_cast<int>(row.entry_year) - age;
            pupil.birth = day_from(random_.between(days_since_1970(day_of(year - 1, 9, 1)), days_since_1970(day_of(year, 8, 31))));
        }
    }

    std::vector<Household> households(std::size_t first, std::size_t end)
    {
        std::vector<std::size_t> order(end - first);
        std::iota(order.begin(), order.end(), first);
        random_.shuffle(order);
        std::vector<Household> all;
        for (std::size_t at = 0; at < order.size();) {
            auto& household = all.emplace_back(a_household());
            for (std::size_t wanted = random_.chance(0.6) ? 1
                     : random_.chance(0.88)               ? 2
                                                          : 3;
                 wanted > 0 && at < order.size(); --wanted, ++at) {
                bring_sibling(order, at, household.children);
                household.children.push_back(order[at]);
            }
        }
        return all;
    }

    // Swaps somebody of another age to `at`: twins are rare. Where the next ones are all of the same age, twins it is.
    void bring_sibling(std::vector<std::size_t>& order, std::size_t at, std::vector<std::size_t> const& siblings)
    {
        constexpr std::size_t farthest = 20;
        constexpr std::int64_t a_year = 365;
        auto const fits = [&](std::size_t pupil) {
            return std::all_of(siblings.begin(), siblings.end(), [&](std::size_t sibling) {
                return std::abs(days_since_1970(county_.pupils[pupil].birth) - days_since_1970(county_.pupils[sibling].birth))
                    > a_year;
            });
        };
        for (auto other = at; other < std::min(order.size(), at + farthest); ++other)
            if (fits(order[other]))
                return std::swap(order[at], order[other]);
    }

    Household a_household()
    {
        Household household;
        household.is_orphaned = random_.chance(0.0008);
        household.is_left_behind = random_.chance(0.03);
        household.is_migrant = !household.is_left_behind && random_.chance(0.04);
        household.is_poor = random_.chance(0.012);
        household.is_single = random_.chance(0.06);
        household.has_grandparent = household.is_left_behind || household.is_orphaned || random_.chance(0.5);
        return household;
    }

    void found(Household& household)
    {
        std::sort(household.children.begin(), household.children.end(),
            [&](auto one, auto other) { return county_.pupils[one].birth < county_.pupils[other].birth; });
        std::string const fathers(a_surname(random_)), mothers(a_surname(random_));
        auto const& of_children = random_.chance(0.93) ? fathers : mothers;
        auto const family = county_.families.size();
        for (auto const child : household.children) {
            auto& pupil = county_.pupils[child];
            pupil.family = family;
            pupil.id = registry_.add(
                random_, of_children, Generation::children, random_.chance(0.52) ? Sex::male : Sex::female, pupil.birth);
        }
        auto const& eldest = county_.people.end()[-static_cast<std::ptrdiff_t>(household.children.size())];
        county_.family_rows.push_back({county_.number, county_.ids.next_of<FamilyId>(), directory::family_name(eldest.name), {}});
        county_.families.push_back({{}, random_.chance(0.1) ? 1.0 : random_.chance(0.45) ? 0.4 : 0.1});
        auto const children_born = county_.pupils[household.children.front()].birth.year();
        add_carers(household, fathers, mothers, children_born);
        for (auto const child : household.children)
            add_groups(household, child);
    }

    void add_carers(Household const& household, std::string const& fathers, std::string const& mothers, int children_born)
    {
        auto const mother_born = children_born - static_cast<int>(random_.between(22, 36));
        auto const father_born = mother_born - static_cast<int>(random_.between(0, 4));
        auto const add = [&](Relation relation, std::size_t position) {
            bool const elder = relation == Relation::grandparent;
            auto const born = relation == Relation::mother ? mother_born
                : elder                                    ? mother_born - static_cast<int>(random_.between(21, 30))
                                                           : father_born;
            auto const sex = relation == Relation::mother || (elder && random_.chance(0.6)) ? Sex::female : Sex::male;
            // The father's father has the family's surname, the grandmothers have their own.
            std::string const surname(relation == Relation::mother ? std::string_view(mothers)
                    : elder && sex == Sex::female                  ? a_surname(random_)
                                                                   : std::string_view(fathers));
            auto const person = registry_.add(
                random_, surname, elder ? Generation::elders : Generation::parents, sex, a_birthday(random_, born, born));
            county_.families.back().carers.push_back(person);
            for (auto const child : household.children)
                county_.carers.push_back({county_.number, county_.pupils[child].id, person, relation,
                    static_cast<std::int64_t>(position), !elder || household.is_orphaned, {}});
        };
        auto const parent = random_.chance(0.7) ? Relation::mother : Relation::father;
        auto const other = parent == Relation::mother ? Relation::father : Relation::mother;
        bool const grandparent_first = household.is_left_behind || random_.chance(0.4);
        if (household.is_orphaned)
            return add(Relation::grandparent, 1);
        if (household.is_single)
            return add(parent, 1);
        add(household.has_grandparent && grandparent_first ? Relation::grandparent : parent, 1);
        add(!household.has_grandparent ? other : grandparent_first ? parent : Relation::grandparent, 2);
    }

    void add_groups(Household const& household, std::size_t child)
    {
        auto& pupil = county_.pupils[child];
        auto const add = [&](bool is_one, char const* name) {
            if (!is_one)
                return;
            county_.groups.push_back({county_.number, pupil.id, name, std::max(county_.opened, pupil.since), latest_day, {}});
            pupil.is_in_need = true;
        };
        add(household.is_left_behind, "left-behind");
        add(household.is_migrant, "migrant");
        add(household.is_orphaned, "orphan");
        add(household.is_poor, "in-need");
        add(random_.chance(0.005), "disabled");
    }

    void enrol(std::size_t index)
    {
        auto const& pupil = county_.pupils[index];
        auto const& class_ = county_.organisations[pupil.class_];
        auto const place = index - county_.units[pupil.class_].first_pupil + 1;
        directory::StudentRow row;
        row.county = county_.number;
        row.person = pupil.id;
        row.school_number = fmt::format("{}{:02}{:02}", class_.entry_year, class_.number, place);
        row.class_ = class_.id;
        row.family = county_.family_rows[pupil.family].id;
        row.residence = county_.organisations[county_.above(pupil.class_, "subdistrict")].name;
        county_.students.push_back(std::move(row));
        county_.enrolments.push_back({county_.number, pupil.id, pupil.since, latest_day, class_.id, class_.stages, {}});
    }

    County& county_;
    Registry& registry_;
    Random random_ = stream(county_, Stream::family);
};

// A pupil's number in the national system begins with G where the identity number is known.
void number_students(County& county)
{
    std::unordered_map<PersonId, std::string const*> numbers;
    numbers.reserve(county.people.size());
    for (auto const& person : county.people)
        numbers[person.id] = &person.identity_number;
    for (auto& student : county.students)
        student.student_number = "G" + *numbers.at(student.person);
}

// Two carers of the class that is shown came in twice, as happens with files from two years.
void write_some_twice(County& county)
{
    auto const& unit = county.units[county.pupils[shown_child(county).pupil].class_];
    for (auto const place : {unit.pupils() / 3, unit.pupils() / 2}) {
        auto const student = county.pupils[unit.first_pupil + place].id;
        auto link = *std::ranges::find(county.carers, student, &directory::CarerRow::student);
        auto person = *std::ranges::find(county.people, link.carer, &directory::PersonRecord::id);
        person.id = link.carer = county.ids.next_of<PersonId>();
        person.identity_kind = person.identity_number = "";
        link.position = 9;
        link.is_guardian = false;
        county.people.push_back(person);
        county.carers.push_back(link);
    }
}

} // namespace

void found_families(County& county, Registry& registry)
{
    Founding(county, registry).run();
    number_students(county);
    write_some_twice(county);
}

} // namespace concentric::demo
