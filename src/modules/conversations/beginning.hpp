#pragma once

#include "modules/conversations/threads.hpp"

// Who can be written to, and how a conversation begins. Carers begin with teachers of their child, teachers with the child's carers
// and colleagues, or with a committee of their class; carers never with other carers.
namespace concentric::conversations {

struct FindPartners {
    std::optional<PersonId> student; // whom to write to about this child
    std::optional<OrganisationId> unit; // or who may be in a committee of this class
    std::optional<Text<1, 60>> search; // for teachers: pupils by name
};
BOOST_DESCRIBE_STRUCT(FindPartners, (), (student, unit, search))

// `people` is filled for one child or class that is asked for, and for each of one's own children.
struct ChildPartners {
    std::optional<PersonBrief> student;
    std::string class_name, school_name;
    Side side = Side::carer; // on which the viewer speaks about the child
    std::vector<Partner> people;
};
BOOST_DESCRIBE_STRUCT(ChildPartners, (), (student, class_name, school_name, side, people))
struct PartnerList {
    std::vector<ChildPartners> items;
};
BOOST_DESCRIBE_STRUCT(PartnerList, (), (items))

struct BeginConversation {
    ClientKey client;
    std::optional<PersonId> student;
    std::optional<OrganisationId> unit;
    Text<1, 60> subject;
    std::optional<bool> is_confidential;
    std::vector<PersonId> people;
    Text<1, 2000> body;
    std::optional<bool> is_sure;
};
BOOST_DESCRIBE_STRUCT(BeginConversation, (), (client, student, unit, subject, is_confidential, people, body, is_sure))
void check(BeginConversation const&, Problems&);

PartnerList find_partners(Call&, FindPartners const&);
// 404 for a child or class that the viewer has nothing to do with, 422 at /people for whoever cannot be written to.
ConversationView begin_conversation(Call&, BeginConversation const&);

Routes beginning_routes();

} // namespace concentric::conversations
