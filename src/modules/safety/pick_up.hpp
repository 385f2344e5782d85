#pragma once

#include "modules/directory/posts.hpp"
#include "modules/safety/access.hpp"

// To whom a child may be given, by the rights that families have today, and to whom it was.
namespace concentric::safety {

struct PickUpPerson {
    directory::PersonBrief person;
    std::string relation; // "妈妈"; entrusted where the roster does not name the person
    bool is_guardian = false;
    std::optional<std::string> phone; // masked
};
BOOST_DESCRIBE_STRUCT(PickUpPerson, (), (person, relation, is_guardian, phone))

struct HandoverView {
    HandoverId id;
    directory::PersonBrief student, carer, handed_by;
    std::string note;
    Instant handed_at;
};
BOOST_DESCRIBE_STRUCT(HandoverView, (), (id, student, carer, handed_by, note, handed_at))

struct PickUpList {
    directory::PersonBrief student;
    std::string class_name;
    std::vector<PickUpPerson> people; // whoever a no-contact order names is not among them
    std::optional<HandoverView> last; // of today
};
BOOST_DESCRIBE_STRUCT(PickUpList, (), (student, class_name, people, last))

struct OnePupil {
    PersonId id;
};
BOOST_DESCRIBE_STRUCT(OnePupil, (), (id))

struct OneClass {
    OrganisationId id;
};
BOOST_DESCRIBE_STRUCT(OneClass, (), (id))

// Of every pupil of a class, so that a phone has it when the net is gone; it counts on that day alone.
struct ClassPickUp {
    directory::PersonBrief class_; // id and name of the class
    Day day;
    std::vector<PickUpList> items;
};
BOOST_DESCRIBE_STRUCT(ClassPickUp, (), (class_, day, items))

struct HandOver {
    PersonId student, carer;
    std::optional<Text<0, 200>> note;
    std::optional<Instant> at; // by a phone that was off line; now when it is left out, and never later
};
BOOST_DESCRIBE_STRUCT(HandOver, (), (student, carer, note, at))

struct ListHandovers {
    OrganisationId class_; // or a school: with all below it
    std::optional<Day> day; // today when it is left out
    std::optional<HandoverId> after;
    std::optional<Limit> limit; // 50 when it is left out
};
BOOST_DESCRIBE_STRUCT(ListHandovers, (), (class_, day, after, limit))

// For whoever reads the class's files, and for whoever answers for the pupil today.
PickUpList show_pick_up(Call&, OnePupil const&);
ClassPickUp show_class_pick_up(Call&, OneClass const&);
// 422 for somebody who may not pick the child up now. The guardians are told. The same pupil and person within ten minutes: once.
HandoverView hand_over(Call&, HandOver const&);
Page<HandoverView> list_handovers(Call&, ListHandovers const&);

} // namespace concentric::safety
