#pragma once

#include "core/route.hpp"
#include "modules/directory/posts.hpp"
#include "modules/families/tables.hpp"

// An order that keeps a person away from a child: they see nothing of the child from that moment. Only the head of the child's own
// school and the class teacher know of it.
namespace concentric::families {

struct NoContact {
    NoContactId id;
    directory::PersonBrief child, person;
    std::string document; // the court's or authority's file number
    std::optional<std::string> reason;
    Day from;
    std::optional<Day> to;
    std::string set_by;
    Instant set_at;
    std::optional<std::string> lifted_by;
    std::optional<Instant> lifted_at;
    bool is_in_force = false;
};
BOOST_DESCRIBE_STRUCT(
    NoContact, (), (id, child, person, document, reason, from, to, set_by, set_at, lifted_by, lifted_at, is_in_force))

struct SetNoContact {
    PersonId id; // the pupil
    PersonId person; // a carer, somebody entrusted with the child, or who asked to be
    Text<2, 120> document;
    std::optional<Text<0, 500>> reason;
    std::optional<Day> from, to; // today, and without an end
};
BOOST_DESCRIBE_STRUCT(SetNoContact, (), (id, person, document, reason, from, to))
void check(SetNoContact const& input, Problems& problems);

struct LiftNoContact {
    NoContactId id;
};
BOOST_DESCRIBE_STRUCT(LiftNoContact, (), (id))

// Also ends what the person has open for this child: requests and invitations.
NoContact set_no_contact(Call&, SetNoContact const&);
NoContact lift_no_contact(Call&, LiftNoContact const&);

Routes no_contact_routes();

// For this module: the orders about a child, the latest first; none for viewers who are not to know of them.
std::vector<NoContact> no_contacts_of(Call&, PersonId child);
// Whether the viewer's post is at the child's own school or below it.
bool is_of_the_school(Call&, PersonId child);
// Whether an order in force names this person, or somebody with this name or phone.
bool resembles_kept_away(Call&, PersonId child, PersonId person, std::string const& name, std::string const& phone);

} // namespace concentric::families
