#pragma once

#include "core/jobs.hpp"
#include "core/sealed.hpp"
#include "modules/xapi/credentials.hpp"
#include "modules/xapi/rules.hpp"

// Learning records that come in become entries of the ledger: once, where a rule says so and the actor is one of our people.
namespace concentric::xapi {

using StatementId = Id<struct XapiStatementTag>;

// What became of a record, in the order in which it is looked at.
enum class Outcome {
    counted, // an entry of the ledger
    unknown_person, // a rule applies, but nobody said who the account is
    no_rule, // no rule makes anything of it
    not_passed, // it says itself that it was not completed, or no success
    no_account, // the actor is a group, or known by mail or OpenID, which stand for nobody here
    out_of_reach, // the person belongs neither to the sender's organisation nor below it
    untimely, // over a year ago, or not yet
    counted_before, // this person has an entry of this kind for this activity
    voiding, // it takes another one back
    voided // it was taken back
};
BOOST_DESCRIBE_ENUM(
    Outcome, counted, unknown_person, no_rule, not_passed, no_account, out_of_reach, untimely, counted_before, voiding, voided)

struct StatementRow {
    std::int64_t county = 0;
    StatementId id; // in the order of storing
    std::string statement_id;
    CredentialId credential;
    OrganisationId organisation; // the sender's
    Outcome outcome = Outcome::no_rule;
    std::string actor; // a keyed digest, so that nobody can tell an account from it
    PersonId person;
    std::string verb, activity, registration;
    std::string target; // the id of the statement that is its object
    RuleId rule;
    EntryId entry;
    std::string fingerprint; // of the content, to know it again
    SealedText statement; // JSON, with what a record store adds
    Instant stored_at;
};
BOOST_DESCRIBE_STRUCT(StatementRow, (),
    (county, id, statement_id, credential, organisation, outcome, actor, person, verb, activity, registration, target, rule, entry,
        fingerprint, statement, stored_at))

std::string digest_of_actor(Call&, std::string_view known_by);

// A condition on rows with an organisation and a keyed digest in this column: it is one of a person's, by their number or by an
// account that somebody of that organisation said is theirs. The statement's $1 is the county, $2 digest_of_number, $3 the person.
std::string is_by_person(std::string_view column);
// Of the number under which others know a person; empty where nobody was told one.
std::string digest_of_number(Call&, PersonId);

// What a record store adds to a record: who vouches for it (xAPI 1.0.3, 2.4.9).
boost::json::object authority_of(Sender const&);

// What was sent about a person who is erased, counted or not, with its files.
void forget_statements(Call&, PersonId);

// Stores records, all or none, and makes of them what the rules say. One whose id is there with the same content is passed over.
// Gives the ids in order. 409 for one with another content, 400 for an id twice in the batch or a voiding record to be voided.
std::vector<std::string> receive(Call&, Sender const&, std::vector<Statement>);

// Takes back what counted for the person whom the account of this record was thought to be; it waits again, as all its records do.
void unsettle_actor(Call&, StatementRow const& example);
// In a job, what waited is looked at anew: what has this verb, or is by this actor (a digest).
void look_again_at_verb(Call&, std::string_view verb);
void look_again_at_actor(Call&, std::string_view digest);
void handle_intake_job(Jobs&);

// The rules for what is sent by log-ins of an organisation with this path.
std::vector<Rule> rules_above(Call&, std::string_view path);

} // namespace concentric::xapi
