#pragma once

#include "modules/recognition/tables.hpp"
#include "modules/tally/credentials.hpp"

// The certificates that the plans in force provide for, who may issue them, and who has earned one.
namespace concentric::recognition {

using tally::CredentialRule;
using tally::CredentialStanding;

// Whether the viewer's post stands at or above the organisation whose plan it is; the county's own plans are the whole county's.
bool may_issue_for(Call&, OrganisationId unit);
// For the WHERE of statements: certificates c that the viewer may issue. Parameters $1 county, $2 Viewer::path, $3
// Viewer::path_end(), $4 reaches_county().
extern std::string const within_reach;
bool reaches_county(Call const&);

// 404 where no plan in force has it, or the viewer may not issue it.
CredentialRule credential_to_issue(Call&, std::string const& plan, std::string const& credential);

// Where a certificate of that day belongs: once for each holder and period.
Day period_of(CredentialRule const&, CredentialStanding const&, Day on);
// "2025–2026学年"; empty where the plan counts without periods.
Words period_words(CredentialRule const&, Day on);

// Those who have earned it by that day and hold no valid one for it, by id, beginning after one of them; at most `most`.
std::vector<CredentialStanding> earned_without(Call&, CredentialRule const&, Day on, std::int64_t after, std::size_t most);

struct OfferedPeriod {
    Day on; // a day to ask for: the period's last, or today
    std::string title;
};
BOOST_DESCRIBE_STRUCT(OfferedPeriod, (), (on, title))

struct OfferedCredential {
    std::string plan, credential, title, issuer, plan_title, number;
    SubjectKind to = SubjectKind::staff;
    std::int64_t valid = 0, revoked = 0, superseded = 0;
    std::vector<OfferedPeriod> periods; // the latest first; none where the plan counts without periods
};
BOOST_DESCRIBE_STRUCT(
    OfferedCredential, (), (plan, credential, title, issuer, plan_title, number, to, valid, revoked, superseded, periods))

Routes credential_routes();

} // namespace concentric::recognition
