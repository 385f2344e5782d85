#pragma once

#include "core/route.hpp"
#include "modules/directory/posts.hpp"
#include "modules/families/tables.hpp"

// Carers correct their own and their children's data; the school agrees to each field by itself.
namespace concentric::families {

struct FieldChange {
    ChangeField field = ChangeField::name;
    std::string present; // a phone is masked
    std::string wanted; // a phone is masked once it is decided
    FieldState state = FieldState::waiting;
    std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(FieldChange, (), (field, present, wanted, state, reason))

struct ChangeRequest {
    ChangeRequestId id;
    directory::PersonBrief child, person;
    std::string class_name;
    std::optional<Relation> relation;
    ChangeRequestState state = ChangeRequestState::waiting;
    std::vector<FieldChange> fields;
    Instant made_at;
    std::optional<std::string> decided_by;
    std::optional<Instant> decided_at;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(
    ChangeRequest, (), (id, child, person, class_name, relation, state, fields, made_at, decided_by, decided_at, version))

struct WantedChange {
    ChangeField field = ChangeField::name;
    Text<1, 200> wanted; // the new text; the name of a relation; the place in the contact order from 1
};
BOOST_DESCRIBE_STRUCT(WantedChange, (), (field, wanted))

struct ProposeChanges {
    PersonId id; // the child with whom it has to do
    std::vector<WantedChange> changes;
};
BOOST_DESCRIBE_STRUCT(ProposeChanges, (), (id, changes))
void check(ProposeChanges const& input, Problems& problems);

// `request` is left out where nothing differs: such a confirmation needs nobody's consent.
struct Proposed {
    std::optional<ChangeRequest> request;
};
BOOST_DESCRIBE_STRUCT(Proposed, (), (request))

struct OneChangeRequest {
    ChangeRequestId id;
};
BOOST_DESCRIBE_STRUCT(OneChangeRequest, (), (id))

struct ListChangeRequests {
    std::optional<OrganisationId> organisation;
    std::optional<ChangeRequestState> state; // waiting when it is left out
    std::optional<ChangeRequestId> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListChangeRequests, (), (organisation, state, after, limit))

struct FieldDecision {
    ChangeField field = ChangeField::name;
    bool accept = false;
    std::optional<Text<0, 300>> reason;
};
BOOST_DESCRIBE_STRUCT(FieldDecision, (), (field, accept, reason))
struct DecideChanges {
    ChangeRequestId id;
    std::vector<FieldDecision> fields; // those left out go on waiting
};
BOOST_DESCRIBE_STRUCT(DecideChanges, (), (id, fields))

// Anybody in the family corrects their own data; the child's only a guardian. Takes the place of what the same person asked
// before for this child.
Proposed propose_changes(Call&, ProposeChanges const&);
Nothing withdraw_changes(Call&, OneChangeRequest const&);
Page<ChangeRequest> list_change_requests(Call&, ListChangeRequests const&);
ChangeRequest decide_changes(Call&, DecideChanges const&);

Routes change_request_routes();

// For this module.
std::string address_of(Call&, PersonId child, std::int64_t household);
// The latest that the viewer asked for this child, in this state.
std::optional<ChangeRequest> own_changes(Call&, PersonId child, ChangeRequestState);

} // namespace concentric::families
