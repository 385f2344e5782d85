#pragma once

#include "modules/activities/place_rules.hpp"

// Which quota somebody is of.
namespace concentric::activities {

// What is known of somebody who comes, as far as quotas ask for it.
struct Sort {
    ComingAs role = ComingAs::carer;
    std::vector<std::int64_t> units; // the class and all above it, or the place of work and all above it
    std::vector<std::string> kinds; // of that organisation, and of the school that it belongs to
    std::string stages; // "primary,junior"
};

// The number of the first quota that somebody of this sort fits, or 0.
std::int64_t quota_for(std::vector<QuotaRow> const&, Sort const&);

// Of these people, in their order; a handful of statements.
std::vector<Sort> sorts_of(Call&, std::vector<Guest> const&);

// Gives everybody who has signed up the quota that they are of now. The event is held.
void assign_quotas(Call&, ActivityId, std::vector<QuotaRow> const&);

} // namespace concentric::activities
