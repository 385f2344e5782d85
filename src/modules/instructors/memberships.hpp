#pragma once

#include "modules/instructors/figures.hpp"
#include "modules/instructors/scheme.hpp"

// Who belongs to the three groups: applied for or proposed, decided with a reason, for a term that is reviewed before it ends.
namespace concentric::instructors {

// Today's: until when the certificate that the person holds counts.
struct CertificateStanding {
    std::string number;
    Day from;
    std::optional<Day> to; // none where certificates do not expire
};
BOOST_DESCRIBE_STRUCT(CertificateStanding, (), (number, from, to))

struct MembershipView {
    MembershipId id;
    directory::PersonBrief person;
    Team team = Team::expert;
    MembershipState state = MembershipState::applied;
    bool is_lapsed = false, is_due = false; // its term is over; it is to be reviewed
    std::string statement;
    std::optional<std::string> proposed_by;
    Instant applied_at;
    std::optional<Day> from, to;
    std::optional<CertificateStanding> certificate; // that holds today
    std::int64_t sessions = 0; // carried out
    RatingSummary ratings;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(MembershipView, (),
    (id, person, team, state, is_lapsed, is_due, statement, proposed_by, applied_at, from, to, certificate, sessions, ratings,
        version))

struct DecisionView {
    MembershipId membership;
    Decision decision = Decision::accepted;
    std::string reason;
    std::optional<Day> until;
    std::int64_t sessions = 0, minutes = 0;
    RatingSummary ratings;
    std::string decided_by;
    Instant decided_at;
};
BOOST_DESCRIBE_STRUCT(DecisionView, (), (membership, decision, reason, until, sessions, minutes, ratings, decided_by, decided_at))

// `current`: in term; `due`: to be reviewed; `uncertified`: in term without a certificate that holds.
enum class MemberFilter { current, due, uncertified, applied, past };
BOOST_DESCRIBE_ENUM(MemberFilter, current, due, uncertified, applied, past)

struct ListMembers {
    std::optional<Team> team;
    std::optional<MemberFilter> which;
    std::optional<Text<1, 60>> q; // a person's name
    std::optional<Text<1, 40>> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListMembers, (), (team, which, q, after, limit))

struct Apply {
    Team team = Team::expert;
    Text<2, 2000> statement; // why, and what one has done
};
BOOST_DESCRIBE_STRUCT(Apply, (), (team, statement))
struct Propose {
    PersonId person;
    Team team = Team::expert;
    Text<2, 2000> statement;
};
BOOST_DESCRIBE_STRUCT(Propose, (), (person, team, statement))

struct Decide {
    MembershipId id;
    bool is_accepted = false;
    Text<2, 500> reason;
};
BOOST_DESCRIBE_STRUCT(Decide, (), (id, is_accepted, reason))
struct Review {
    MembershipId id;
    bool is_renewed = false;
    Text<2, 500> reason;
};
BOOST_DESCRIBE_STRUCT(Review, (), (id, is_renewed, reason))
struct OneMembership {
    MembershipId id;
};
BOOST_DESCRIBE_STRUCT(OneMembership, (), (id))

// 409 without a valid certificate for the group, or while one is a member or has applied.
MembershipView apply_for(Call&, Apply const&);
MembershipView propose(Call&, Propose const&);
MembershipView withdraw_application(Call&, OneMembership const&);
// An accepted term begins today and is as long as the group's; joining is one entry of the ledger.
MembershipView decide(Call&, Decide const&);
// Renewed: another term from the end of this one, or from today where it is over. Ended: today was the last day.
MembershipView review(Call&, Review const&);
Page<MembershipView> list_members(Call&, ListMembers const&);
Download members_sheet(Call&, ListMembers const&);

std::vector<MembershipView> memberships_of(Call&, PersonId); // the newest first
std::vector<DecisionView> decisions_of(Call&, PersonId);
// For WHERE: the instructor in a column is in term on the day of a parameter, in the team of another one ("" for any).
std::string in_term(std::string_view person, std::string_view day, std::string_view team);
bool is_member(Call&, PersonId, Day);

} // namespace concentric::instructors
