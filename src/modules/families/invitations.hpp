#pragma once

#include "core/route.hpp"
#include "modules/directory/posts.hpp"
#include "modules/families/tables.hpp"

// A code for one person and one time: the class teacher hands it to a carer of the roster, a guardian to whom they entrust the
// child.
namespace concentric::families {

inline constexpr std::int64_t invitation_days = 14;

struct Invite {
    PersonId id; // the pupil
    PersonId carer;
};
BOOST_DESCRIBE_STRUCT(Invite, (), (id, carer))

// The code is shown this once.
struct NewInvitation {
    InvitationId id;
    std::string code, person_name, child_name, class_name, school_name;
    Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(NewInvitation, (), (id, code, person_name, child_name, class_name, school_name, expires_at))

enum class InvitationState { open, used, expired, withdrawn };
BOOST_DESCRIBE_ENUM(InvitationState, open, used, expired, withdrawn)
struct Invitation {
    InvitationId id;
    directory::PersonBrief child, person;
    InvitationState state = InvitationState::open;
    std::string created_by;
    Instant created_at, expires_at;
};
BOOST_DESCRIBE_STRUCT(Invitation, (), (id, child, person, state, created_by, created_at, expires_at))
struct ListInvitations {
    std::optional<OrganisationId> organisation;
    std::optional<InvitationState> state;
    std::optional<InvitationId> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListInvitations, (), (organisation, state, after, limit))
struct OneInvitation {
    InvitationId id;
};
BOOST_DESCRIBE_STRUCT(OneInvitation, (), (id))

// A slip for one carer of a class's pupils who has no log-in yet.
struct InviteClass {
    OrganisationId id;
};
BOOST_DESCRIBE_STRUCT(InviteClass, (), (id))
struct NewInvitations {
    std::vector<NewInvitation> items;
};
BOOST_DESCRIBE_STRUCT(NewInvitations, (), (items))

// Ends an invitation to the same carer for the same child that is still open. 409 for carers who have a log-in.
NewInvitation invite(Call&, Invite const&);
// All carers of the class whose children nobody follows yet: those to be printed and handed out.
NewInvitations invite_class(Call&, InviteClass const&);
Page<Invitation> list_invitations(Call&, ListInvitations const&);
Nothing withdraw_invitation(Call&, OneInvitation const&);

Routes invitation_routes();

// For this module.
NewInvitation make_invitation(Call&, PersonId student, PersonId person, DelegationId);
// The invitation that is open with these letters in whatever county; sets the call's county.
std::optional<InvitationRow> open_invitation(Call&, std::string const& folded);
// 409 when somebody used it meanwhile. Accepts its delegation, where it is for one.
void use_invitation(Call&, InvitationRow const&);
// The person who accepted is known under another record than the guardian meant.
void give_delegation_to(Call&, DelegationId, PersonId);
void withdraw_invitations(Call&, DelegationId);

} // namespace concentric::families
