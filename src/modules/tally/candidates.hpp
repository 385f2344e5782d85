#pragma once

#include "modules/tally/credentials.hpp"

// Whom to look at when everybody is wanted who has earned a certificate.
namespace concentric::tally {

// Ascending ids of those who have met each need of the credential by the tally's figures: in the period that holds the day, or at
// any time where its windows run for each by themselves. Everybody who has earned it is among them.
std::vector<std::int64_t> credential_candidates(Call&, CredentialRule const&, Day on);

} // namespace concentric::tally
