#pragma once

#include "core/route.hpp"
#include "modules/directory/kinship.hpp"
#include "modules/families/change_requests.hpp"
#include "modules/families/delegations.hpp"
#include "modules/families/no_contacts.hpp"

// A carer's view of their children, and the school's view of who may do what for one.
namespace concentric::families {

struct ChildRights {
    PersonId id;
    std::string name;
    std::optional<std::string> class_name, school_name;
    std::optional<Relation> relation; // where the person is on the roster
    bool is_guardian = false;
    std::vector<Right> rights;
    std::optional<Day> until; // the last day of what was entrusted, where nothing else gives rights
};
BOOST_DESCRIBE_STRUCT(ChildRights, (), (id, name, class_name, school_name, relation, is_guardian, rights, until))
struct Children {
    std::vector<ChildRights> items;
};
BOOST_DESCRIBE_STRUCT(Children, (), (items))

struct CarerOfChild {
    directory::PersonBrief person;
    Relation relation = Relation::other;
    bool is_guardian = false;
    std::int64_t household = 1, position = 1;
    std::optional<std::string> phone; // masked; only for guardians
    bool is_me = false;
    bool has_account = false;
};
BOOST_DESCRIBE_STRUCT(CarerOfChild, (), (person, relation, is_guardian, household, position, phone, is_me, has_account))

// A child's file as its own family sees it. Without the right to see, only what picking up needs: name, class and school.
struct ChildFile : ChildRights {
    std::optional<directory::Sex> sex;
    std::optional<Day> birth_day;
    std::optional<std::string> student_number; // masked
    std::optional<std::string> address; // of the viewer's household
    std::vector<std::string> class_teachers;
    std::vector<CarerOfChild> carers;
    std::vector<Delegation> delegations; // for guardians
};
BOOST_DESCRIBE_STRUCT(ChildFile, (ChildRights), (sex, birth_day, student_number, address, class_teachers, carers, delegations))

struct OneChild {
    PersonId id;
};
BOOST_DESCRIBE_STRUCT(OneChild, (), (id))

// For the class teacher and the school. Each carer with the rights that follow.
struct FamilyMember : CarerOfChild {
    std::vector<Right> rights;
};
BOOST_DESCRIBE_STRUCT(FamilyMember, (CarerOfChild), (rights))
struct FamilyOfChild {
    directory::PersonBrief child;
    std::vector<FamilyMember> carers;
    std::vector<Delegation> delegations;
    std::vector<NoContact> no_contacts; // for the child's own school only
    bool may_set_no_contact = false;
    std::optional<std::string> address, second_address;
};
BOOST_DESCRIBE_STRUCT(FamilyOfChild, (), (child, carers, delegations, no_contacts, may_set_no_contact, address, second_address))

struct SetHousehold {
    PersonId id, carer;
    Within<1, 2> household;
};
BOOST_DESCRIBE_STRUCT(SetHousehold, (), (id, carer, household))

Children list_children(Call&, Nothing const&);
ChildFile show_child(Call&, OneChild const&);
FamilyOfChild show_family(Call&, OneChild const&);
// Parents who live apart: the carer's own contact order and notices, and no tie between the two families.
FamilyOfChild set_household(Call&, SetHousehold const&);

// Of one child: to whom notices go, one list for each household, in the order in which they are called. Without those who are kept
// away. For modules that write to families: one notice a household.
std::vector<std::vector<PersonId>> households_of(Call&, PersonId child);
// The household (1 or 2) for which a person acts: their own, or of whoever entrusted the child to them; the first for others.
std::int64_t household_for(Call&, PersonId person, PersonId child);

Routes children_routes();
// Takes out of a carer's children those from whom they are kept away, and adds those that were entrusted to them.
void children_asked(Call&, directory::ChildrenAsked const&);

} // namespace concentric::families
