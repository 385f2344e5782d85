#include "modules/tally/unit_needs.hpp"

#include "modules/plan/catalogue.hpp"
#include "modules/tally/standing.hpp"
#include "modules/tally/store.hpp"

#include <algorithm>

namespace concentric::tally {
namespace {

bool asks_for(plan::Part const& part, std::string_view kind)
{
    return part.measure == plan::Measure::entries
        && std::ranges::any_of(part.entries, [&](auto const& pattern) { return plan::matches(pattern, kind); });
}

class Needs {
public:
    Needs(Call& call, std::span<std::int64_t const> organisations)
        : call_(call), organisations_(organisations),
          memberships_(directory::memberships(call.db, call.county, SubjectKind::organisation, organisations))
    {
    }

    void add(Rule const& rule, std::size_t part)
    {
        auto const* period = rule.calendar->at(days_since_1970(call_.today()));
        if (!period)
            return;
        auto const rows = amounts(rule, *period);
        for (std::size_t i = 0; i < memberships_.size();) {
            auto const subject = memberships_[i].subject;
            auto end = i;
            while (end < memberships_.size() && memberships_[end].subject == subject)
                ++end;
            add(rule, part, *period, rows, std::span(memberships_).subspan(i, end - i));
            i = end;
        }
    }

    std::map<std::int64_t, UnitNeed> found;

private:
    std::map<std::int64_t, TallyRow> amounts(Rule const& rule, plan::Period const& period)
    {
        std::map<std::int64_t, TallyRow> by_subject;
        for (auto& row :
            call_.db.rows<TallyRow>("SELECT county, requirement, period, subject, amount, excuses, parts, state FROM tallies WHERE "
                                    "county = $1 AND requirement = $2 AND period = $3 AND subject ANY_OF($4)",
                call_.county, rule.number, period.from, db::IntegerList{organisations_}))
            by_subject.emplace(row.subject, std::move(row));
        return by_subject;
    }

    void add(Rule const& rule, std::size_t part, plan::Period const& period, std::map<std::int64_t, TallyRow> const& rows,
        std::span<Membership const> memberships)
    {
        auto const row = rows.find(memberships.front().subject);
        auto const amounts = amounts_in(rule, row == rows.end() ? TallyRow{} : row->second);
        if (standing(rule, amounts, memberships, period.to).units.empty())
            return; // not asked of it
        std::vector<std::string_view> stages;
        add_stages(memberships.front().stages, stages);
        UnitNeed need{
            rule.number, rule.requirement->title, period, needed(rule.requirement->all[part], stages), amounts.parts[part]};
        auto& best = found[memberships.front().subject];
        if (need.needed > best.needed)
            best = std::move(need);
    }

    Call& call_;
    std::span<std::int64_t const> organisations_;
    std::vector<Membership> memberships_;
};

} // namespace

std::map<std::int64_t, UnitNeed> unit_needs(Call& call, std::string_view kind, std::span<std::int64_t const> organisations)
{
    auto const rules = Rules::in_force(call);
    Needs needs(call, organisations);
    for (auto const& rule : rules->rules())
        if (rule.kind == SubjectKind::organisation && rule.requirement->purpose == plan::Purpose::obligation && rule.calendar)
            for (std::size_t part = 0; part < rule.requirement->all.size(); ++part)
                if (asks_for(rule.requirement->all[part], kind))
                    needs.add(rule, part);
    return std::move(needs.found);
}

} // namespace concentric::tally
