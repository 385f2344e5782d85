#pragma once

#include "modules/directory/kinship.hpp"
#include "modules/families/joining.hpp"

// The class teacher's list of those who ask to be a pupil's carer, with all that is needed to decide.
namespace concentric::families {

// A carer of the roster who may be the person that asks.
struct Candidate {
    PersonId person;
    std::string name;
    Relation relation = Relation::other;
    bool is_guardian = false;
    std::optional<std::string> phone; // masked
    bool same_name = false, same_phone = false, same_relation = false;
    bool has_account = false;
    bool is_invited = false; // the invitation was theirs
};
BOOST_DESCRIBE_STRUCT(
    Candidate, (), (person, name, relation, is_guardian, phone, same_name, same_phone, same_relation, has_account, is_invited))

// What the list proposes: the carer of the roster that the person is, somebody new, or to look closer because things differ.
enum class Advice { matches, is_new, differs, kept_away };
BOOST_DESCRIBE_ENUM(Advice, matches, is_new, differs, kept_away)

struct JoinRequest {
    JoinRequestId id;
    directory::PersonBrief child;
    directory::OrganisationBrief class_;
    directory::PersonBrief person;
    Relation relation = Relation::other;
    std::optional<std::string> phone; // masked
    JoinState state = JoinState::waiting;
    Advice advice = Advice::is_new;
    std::optional<PersonId> advised_carer;
    std::vector<Candidate> candidates; // carers of the roster, the likeliest first
    std::vector<std::string> other_children; // names of those within reach whose carer the person is already
    std::optional<std::string> words, answer, decided_by;
    Instant made_at;
    std::optional<Instant> decided_at;
};
BOOST_DESCRIBE_STRUCT(JoinRequest, (),
    (id, child, class_, person, relation, phone, state, advice, advised_carer, candidates, other_children, words, answer,
        decided_by, made_at, decided_at))

struct ListJoinRequests {
    std::optional<OrganisationId> organisation;
    std::optional<JoinState> state; // waiting and asked when it is left out
    std::optional<JoinRequestId> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListJoinRequests, (), (organisation, state, after, limit))

enum class Decision { approve, refuse, ask };
BOOST_DESCRIBE_ENUM(Decision, approve, refuse, ask)
// For somebody who has a log-in already: the new telephone is a second one, or takes the place of the old one.
enum class NewPhone { second, instead };
BOOST_DESCRIBE_ENUM(NewPhone, second, instead)

// One decision about one request or several, each by itself. `carer` says for a single request which carer of the roster the
// person is, 0 for none of them; left out, what the list advises is done. A reason or question is needed to refuse or to ask.
struct DecideJoinRequests {
    std::vector<JoinRequestId> requests;
    Decision decision = Decision::approve;
    std::optional<PersonId> carer;
    std::optional<NewPhone> new_phone;
    std::optional<Text<1, 300>> words;
};
BOOST_DESCRIBE_STRUCT(DecideJoinRequests, (), (requests, decision, carer, new_phone, words))
void check(DecideJoinRequests const& input, Problems& problems);

// What came of one of them: the request as it is now, or why nothing could be done about it.
struct DecidedJoinRequest {
    JoinRequestId id;
    std::optional<JoinRequest> request;
    std::optional<std::string> refusal;
};
BOOST_DESCRIBE_STRUCT(DecidedJoinRequest, (), (id, request, refusal))
struct DecidedJoinRequests {
    std::vector<DecidedJoinRequest> items;
};
BOOST_DESCRIBE_STRUCT(DecidedJoinRequests, (), (items))

Page<JoinRequest> list_join_requests(Call&, ListJoinRequests const&);
// Refused are requests that were decided before, that match nobody clearly (advice `differs`) without `carer`, or that an order
// keeps away from the child: 409 for a single one, and a `refusal` among several, of which the others are decided.
DecidedJoinRequests decide_join_requests(Call&, DecideJoinRequests const&);

Routes join_request_routes();

} // namespace concentric::families
