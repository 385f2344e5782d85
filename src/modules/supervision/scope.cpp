#include "modules/supervision/scope.hpp"

namespace concentric::supervision {

directory::OrganisationRef organisation_in_reach(Call& call, std::optional<OrganisationId> organisation)
{
    auto const found = directory::organisation(call.db, call.county, organisation.value_or(call.viewer.organisation));
    if (!found || !call.viewer.reaches(found->path))
        throw not_found({"单位", "organisation"});
    return *found;
}

plan::Period const* period_for(tally::Rule const& rule, Day day)
{
    auto const& periods = rule.calendar->periods();
    plan::Period const* best = periods.empty() ? nullptr : &periods.front();
    for (auto const& period : periods)
        if (period.from <= day)
            best = &period;
    return best;
}

Scope scope_of(Call& call, std::int64_t number, std::optional<OrganisationId> organisation, std::optional<Day> period)
{
    Scope scope{tally::Rules::in_force(call), nullptr, {}, organisation_in_reach(call, organisation)};
    scope.rule = scope.rules->find(number);
    if (!scope.rule)
        throw not_found({"指标", "obligation"});
    auto const* found = period ? scope.rule->calendar->beginning(*period) : period_for(*scope.rule, call.today());
    if (!found)
        throw not_found({"周期", "period"});
    scope.period = *found;
    return scope;
}

NamedOrganisation brief(directory::OrganisationRef const& organisation)
{
    return {organisation.id, organisation.kind, organisation.name};
}

} // namespace concentric::supervision
