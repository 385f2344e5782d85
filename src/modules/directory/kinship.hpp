#pragma once

#include "modules/directory/posts.hpp"
#include "modules/directory/tables.hpp"

#include <span>

// Who cares for which pupil, asked and changed without looking at reach: for the module in which families join, which checks it.
namespace concentric::directory {

// A carer of a pupil, with the telephone number in clear: it is compared, and masked before anybody sees it.
struct CarerOfPupil {
    PersonId student, person;
    std::string name;
    Relation relation = Relation::other;
    std::int64_t position = 1; // in the order in which they are called, within the household
    bool is_guardian = false;
    std::int64_t household = 1;
    SealedNumber phone;
};
BOOST_DESCRIBE_STRUCT(CarerOfPupil, (), (student, person, name, relation, position, is_guardian, household, phone))

// The carers of these pupils, by pupil, household and position.
std::vector<CarerOfPupil> carers_of(Call&, std::span<std::int64_t const> students);
// Who cares for a pupil, without anything about the carer.
struct CarerLink {
    PersonId student, carer;
    bool is_guardian = false;
};
BOOST_DESCRIBE_STRUCT(CarerLink, (), (student, carer, is_guardian))
std::vector<CarerLink> carer_links_of(Call&, std::span<std::int64_t const> students);
// In which households a pupil has carers.
struct HouseholdOfPupil {
    PersonId student;
    std::int64_t household = 1;
};
BOOST_DESCRIBE_STRUCT(HouseholdOfPupil, (), (student, household))
// Each once, by pupil and household.
std::vector<HouseholdOfPupil> households_of(Call&, std::span<std::int64_t const> students);
// The pupils whose carers these people are, each once.
std::vector<std::int64_t> pupils_cared_for(Call&, std::span<std::int64_t const> carers);
std::optional<CarerOfPupil> carer_between(Call&, PersonId student, PersonId carer);

// An active pupil of a class with one of the carers, or none.
struct PupilOfClass {
    OrganisationId class_;
    PersonId student;
    std::optional<PersonId> carer;
};
BOOST_DESCRIBE_STRUCT(PupilOfClass, (), (class_, student, carer))
// One row for each carer of each active pupil of these classes, by class and pupil.
std::vector<PupilOfClass> pupils_of(Call&, std::span<std::int64_t const> classes);

// Pupils by id as a carer sees them, whether they are still at school or not; unknown ids are left out.
std::vector<Child> children_with(Call&, std::span<std::int64_t const> students);
// What a carer is shown of a pupil's file.
struct PupilFacts {
    Sex sex = Sex::unknown;
    std::optional<Day> birth_day;
    SealedNumber student_number;
    OrganisationId class_;
};
BOOST_DESCRIBE_STRUCT(PupilFacts, (), (sex, birth_day, student_number, class_))
PupilFacts pupil_facts(Call&, PersonId student);
// Enough to tell two people apart; numbers masked.
struct PersonCard {
    std::string name;
    std::optional<Day> birth_day;
    SealedNumber identity_number, phone;
};
BOOST_DESCRIBE_STRUCT(PersonCard, (), (name, birth_day, identity_number, phone))
PersonCard card_of(Call&, PersonId);
// Names of those who hold this role in the organisation today.
std::vector<std::string> holders_at(Call&, OrganisationId, std::string_view role);

// Like people_reached of posts.hpp, for the WHERE of other modules' queries: the pupils whose class is or was in the organisations
// from path $2 to $3 of county $1.
extern std::string const pupils_reached;
// Those of them who are at school now.
extern std::string const active_pupils_reached;

// For the WHERE of other modules' queries about county $1: guardians' links `c` of the pupil in a column, up to more conditions;
// and whether such a link is that of the person in a column, whose record may have been merged into another since.
std::string guardian_links(std::string_view student);
std::string is_link_of(std::string_view person);

// The children as the carer may see them: children_of, and what listeners of ChildrenAsked make of it.
std::vector<Child> children_shown_to(Call&, PersonId carer);

// Published when a carer is shown their children: whoever keeps families' rights takes out those that the person may not see, and
// adds those that were entrusted to them.
struct ChildrenAsked {
    PersonId carer;
    std::vector<Child>* children;
};

// The pupil of this class who has this name, and whose identity or pupil number ends in these four characters; nothing when either
// is wrong, after the same work. Numbers that the roster does not hold prove nothing.
std::optional<PersonId> proven_pupil(Call&, OrganisationId class_, std::string_view name, std::string_view last_four);

// Somebody who belongs nowhere yet.
PersonId add_person(Call&, std::string const& name, std::string const& phone);
// Takes away somebody who belongs nowhere: has no children and no post.
void remove_person(Call&, PersonId);
// The person with this name and telephone number among those who are carers of children at these pupils' families, or nobody.
std::optional<PersonId> known_person(Call&, std::string_view name, std::string_view phone);

// Families follow from these by themselves. `is_guardian` left out: parents are. 409 when the carer is there already.
void link_carer(Call&, PersonId student, PersonId carer, Relation, std::optional<bool> is_guardian);
void unlink_carer(Call&, PersonId student, PersonId carer);
// Puts a carer into the pupil's first (1) or second (2) household, at the end of its order.
void set_household(Call&, PersonId student, PersonId carer, std::int64_t household);

// What a carer asked to have changed and the school agreed to; each is kept by later imports.
void set_name(Call&, PersonId, std::string const& name);
void set_phone(Call&, PersonId, std::string const& phone);
void set_address(Call&, PersonId student, std::string const& address);
void set_relation(Call&, PersonId student, PersonId carer, Relation);
// Moves the carer to this place of the household's order, the others make room.
void set_position(Call&, PersonId student, PersonId carer, std::int64_t position);

} // namespace concentric::directory
