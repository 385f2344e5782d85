#include "modules/supervision/small_numbers.hpp"

#include "modules/directory/directory.hpp"
#include "modules/directory/file_access.hpp"
#include "modules/directory/members.hpp"

namespace concentric::supervision {
namespace {

std::vector<lib::CountedUnit> counted(
    Call& call, std::vector<std::int64_t> const& ids, tally::Rule const& rule, plan::Period const& period)
{
    auto const figures = tally::figures_of(call.db, call.county, ids, rule, period);
    std::vector<lib::CountedUnit> units;
    for (auto const id : ids) {
        auto const found = figures.find(id);
        auto const figure = found == figures.end() ? tally::Figure{} : found->second;
        units.push_back({figure.total, figure.covered, figure.excused});
    }
    return units;
}

} // namespace

SmallNumbers::SmallNumbers(Call& call, tally::Rule const& rule)
    : call_(call), rule_(rule), are_guarded_(!rule.requirement->where.groups.empty()
                                    && !(call.viewer.may(Permission::read_people) && directory::may_list_files(call)))
{
    if (!are_guarded_)
        return;
    rules_ = tally::Rules::in_force(call);
    beside_ = rules_beside(*rules_, rule);
}

// Tables are subtracted as they stand on one day: the period's last, or today.
std::vector<bool> SmallNumbers::blanks(std::vector<std::int64_t> const& units, plan::Period const& period)
{
    auto const day = days_since_1970(std::min(period.to, call_.today()));
    std::vector<lib::PartsTable> others;
    for (auto const& one : beside_)
        if (auto const* at = one.rule->calendar->at(day))
            others.push_back({one.parts, counted(call_, units, *one.rule, *at), one.counts_alike});
    lib::PartsTable const own{parts_of(rule_.requirement->where), counted(call_, units, rule_, period), true};
    return lib::suppressed_beside(own, others, smallest_shown);
}

bool SmallNumbers::is_blank(directory::OrganisationRef const& organisation, plan::Period const& period)
{
    if (!are_guarded_)
        return false;
    auto const above = directory::ids_in(organisation.path);
    if (blanks({above.front()}, period).front())
        return true;
    for (std::size_t i = 1; i < above.size(); ++i) {
        auto const parent = directory::organisation(call_.db, call_.county, OrganisationId{above[i - 1]});
        if (!parent || blanks_below(*parent, period)[above[i]])
            return true;
    }
    return false;
}

std::map<std::int64_t, bool> SmallNumbers::blanks_below(directory::OrganisationRef const& organisation, plan::Period const& period)
{
    std::vector<std::int64_t> ids;
    for (auto const& child : directory::open_children(call_.db, call_.county, organisation.id, period.to))
        ids.push_back(child.id.value);
    std::map<std::int64_t, bool> found;
    auto const blank = are_guarded_ ? blanks(ids, period) : std::vector<bool>(ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i)
        found[ids[i]] = blank[i];
    return found;
}

} // namespace concentric::supervision
