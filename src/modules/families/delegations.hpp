#pragma once

#include "core/route.hpp"
#include "modules/directory/posts.hpp"
#include "modules/families/invitations.hpp"
#include "modules/families/rights.hpp"

// A guardian entrusts a child to a grandmother, an aunt or a neighbour: to see, to confirm, to pick up; never to sign; until a day.
namespace concentric::families {

enum class DelegationState { invited, running, expired, revoked, suspended };
BOOST_DESCRIBE_ENUM(DelegationState, invited, running, expired, revoked, suspended)

struct Delegation {
    DelegationId id;
    directory::PersonBrief child, person;
    std::optional<std::string> phone; // masked
    std::vector<Right> scopes;
    Day until;
    DelegationState state = DelegationState::running; // suspended: whoever gave it is no guardian any more, or kept away
    directory::PersonBrief granted_by;
    Instant granted_at;
    std::optional<directory::PersonBrief> revoked_by;
    std::optional<Instant> revoked_at;
};
BOOST_DESCRIBE_STRUCT(
    Delegation, (), (id, child, person, phone, scopes, until, state, granted_by, granted_at, revoked_by, revoked_at))

struct Delegate {
    PersonId id; // the child
    Text<1, 60> name;
    Phone phone;
    std::vector<Right> scopes;
    Day until; // at most a year from today
};
BOOST_DESCRIBE_STRUCT(Delegate, (), (id, name, phone, scopes, until))
void check(Delegate const& input, Problems& problems);

// `invitation` where the person has no log-in yet; its code is shown this once.
struct NewDelegation {
    Delegation delegation;
    std::optional<NewInvitation> invitation;
};
BOOST_DESCRIBE_STRUCT(NewDelegation, (), (delegation, invitation))

struct OneDelegation {
    DelegationId id;
};
BOOST_DESCRIBE_STRUCT(OneDelegation, (), (id))

// Only guardians give (they may sign). 422 for signing, an end in the past or more than a year away.
NewDelegation delegate(Call&, Delegate const&);
// Any guardian of the child may take it back, also the other one; so may whoever got it. It ends at once.
Delegation revoke(Call&, OneDelegation const&);
// A code again, for whoever lost it.
NewInvitation invite_again(Call&, OneDelegation const&);

Routes delegation_routes();

// For this module: all that were ever given for a child, the latest first.
std::vector<Delegation> delegations_of(Call&, PersonId child);

} // namespace concentric::families
