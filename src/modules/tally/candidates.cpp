#include "modules/tally/candidates.hpp"

#include "modules/tally/standing.hpp"

#include <algorithm>

namespace concentric::tally {

static std::vector<std::int64_t> those_who_met(Call& call, Rule const& need, Day on)
{
    auto const* const period = need.requirement->rolling ? nullptr : need.calendar->at(days_since_1970(on));
    if (!period && !need.requirement->rolling)
        return {};
    return call.db.values<std::int64_t>(
        "SELECT DISTINCT subject AS value FROM tallies WHERE county = $1 AND requirement = $2 AND period >= $3 "
        "AND period <= $4 AND state = $5 ORDER BY subject",
        call.county, need.number, period ? period->from : earliest_day, period ? period->from : latest_day,
        static_cast<std::int64_t>(State::covered));
}

std::vector<std::int64_t> credential_candidates(Call& call, CredentialRule const& rule, Day on)
{
    auto all = those_who_met(call, *rule.needs.front(), on);
    for (std::size_t i = 1; i < rule.needs.size() && !all.empty(); ++i) {
        auto const others = those_who_met(call, *rule.needs[i], on);
        std::vector<std::int64_t> both;
        std::ranges::set_intersection(all, others, std::back_inserter(both));
        all = std::move(both);
    }
    return all;
}

} // namespace concentric::tally
