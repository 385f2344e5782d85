#pragma once

#include "modules/directory/post_changes.hpp"

// A class changes hands in one step: the old class teacher's post ends, the new one's begins the day after, and both stay in the
// history.
namespace concentric::directory {

struct HandOverClass {
    OrganisationId id; // the class
    PersonId to;
    std::optional<Day> from; // the first day of the new holder; today when it is not said
    std::vector<Text<1, 60>> roles; // what is handed over; the class teacher's role when it is not said
};
BOOST_DESCRIBE_STRUCT(HandOverClass, (), (id, to, from, roles))

struct HandedOver {
    std::optional<PersonBrief> from; // who held it, if anybody
    PersonBrief to;
    PostBrief post; // the new holder's
};
BOOST_DESCRIBE_STRUCT(HandedOver, (), (from, to, post))
struct Handover {
    std::vector<HandedOver> items; // one for each role and earlier holder
};
BOOST_DESCRIBE_STRUCT(Handover, (), (items))

// Handing back from the same day leaves everything as it was. 409 when the person holds the role there already.
Handover hand_over(Call&, HandOverClass const&);

} // namespace concentric::directory
