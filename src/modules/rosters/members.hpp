#pragma once

#include "modules/directory/posts.hpp"
#include "modules/rosters/access.hpp"

// Who serves by a roster: parents who came in by themselves or whom the school put in, its staff, and people of partners such as
// the traffic police.
namespace concentric::rosters {

struct Weekly {
    Weekdays wished, blocked;
};
BOOST_DESCRIBE_STRUCT(Weekly, (), (wished, blocked))
void check(Weekly const&, Problems&);

// Parents and staff of the organisation by id; people of others by their organisation and name, since nobody looks through the
// people of other organisations.
struct AddMember : Weekly {
    RosterId roster;
    Sort sort = Sort::parent;
    std::optional<PersonId> person;
    std::optional<PersonId> student; // of a parent; their first child there when it is left out
    std::optional<OrganisationId> organisation;
    std::optional<Text<1, 60>> name;
};
BOOST_DESCRIBE_STRUCT(AddMember, (Weekly), (roster, sort, person, student, organisation, name))
void check(AddMember const&, Problems&);

struct ChangeMember : Weekly {
    RosterId roster;
    PersonId person;
    bool is_leader = false, is_paused = false;
};
BOOST_DESCRIBE_STRUCT(ChangeMember, (Weekly), (roster, person, is_leader, is_paused))
void check(ChangeMember const&, Problems&);

struct OneMember {
    RosterId roster;
    PersonId person;
};
BOOST_DESCRIBE_STRUCT(OneMember, (), (roster, person))

struct MemberView {
    directory::PersonBrief person;
    Sort sort = Sort::parent;
    std::string belongs_to; // the child's class, or the organisation
    bool is_leader = false, is_paused = false;
    Weekdays wished, blocked;
    std::int64_t turns = 0, done = 0, minutes = 0; // of the roster
};
BOOST_DESCRIBE_STRUCT(MemberView, (), (person, sort, belongs_to, is_leader, is_paused, wished, blocked, turns, done, minutes))
struct Members {
    std::vector<MemberView> items; // by sort, then by name
};
BOOST_DESCRIBE_STRUCT(Members, (), (items))

Members list_members(Call&, struct OneRoster const&);
// Again: stays as it is.
Members add_member(Call&, AddMember const&);
Members change_member(Call&, ChangeMember const&);
Members remove_member(Call&, OneMember const&);

// A child of the person in the roster's organisation; 0 where there is none.
PersonId child_in(Call&, PersonId carer, std::string_view path, std::optional<PersonId> wanted);
void put_member(Call&, MemberRow const&);
// Turns to come become gaps, and what was asked of them ends.
void let_go(Call&, RosterId, PersonId);

} // namespace concentric::rosters
