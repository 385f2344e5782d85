#include "modules/tally/account.hpp"

#include <algorithm>
#include <map>

namespace concentric::tally {
namespace {

class Accounting {
public:
    Accounting(Call& call, SubjectKind kind, PersonId person) : call_(call), kind_(kind), person_(person)
    {
        account_.rules = Rules::in_force(call);
    }

    PointsAccount run()
    {
        add_totals();
        add_lines();
        return std::move(account_);
    }

private:
    void add_totals()
    {
        for (auto const& row : call_.db.rows<PointsRow>("SELECT county, rule, period, subject, raw, earned FROM points WHERE "
                                                        "county = $1 AND subject = $2 ORDER BY period DESC, rule",
                 call_.county, person_))
            for (auto const& rule : account_.rules->points())
                if (rule.number == row.rule && rule.kind == kind_)
                    account_.totals.push_back({&rule, Day{row.period}, title_of(rule, Day{row.period}),
                        row.raw / minutes_of_hour(rule.version->plan, *rule.rule), row.earned});
    }

    static Words title_of(PointsRule const& rule, Day period)
    {
        auto const* const found = rule.caps ? rule.caps->beginning(period) : nullptr;
        return found ? found->title : Words{};
    }

    void add_lines()
    {
        auto entries = ledger::entries_about(call_.db, call_.county, person_.value);
        std::erase_if(entries, [&](ledger::Entry const& entry) {
            return (kind_ == SubjectKind::student ? entry.student : entry.person) != person_.value;
        });
        std::ranges::stable_sort(entries, {}, [](ledger::Entry const& entry) { return std::pair(entry.happened_at, entry.id); });
        for (auto const& entry : entries)
            for (auto const index : account_.rules->matches(entry.kind).points)
                add(account_.rules->points()[index], entry);
        std::ranges::reverse(account_.lines);
    }

    void add(PointsRule const& rule, ledger::Entry const& entry)
    {
        auto const& plan = rule.version->plan;
        auto const day = day_at(entry.happened_at);
        auto const* const cap = rule.caps ? rule.caps->at(days_since_1970(day)) : nullptr;
        if (rule.kind != kind_ || day < plan.from || day > plan.to || (rule.caps && !cap))
            return;
        auto const period = cap ? cap->from : day;
        auto& sum = sums_[{rule.number, period}];
        auto const before = sum;
        sum += raw_points(plan, *rule.rule, {entry.minutes, entry.count, entry.reverses != 0});
        auto const hour = minutes_of_hour(plan, *rule.rule);
        account_.lines.push_back({&rule, period, entry, sum / hour - before / hour,
            earned_points(plan, *rule.rule, sum) - earned_points(plan, *rule.rule, before)});
    }

    Call& call_;
    SubjectKind kind_;
    PersonId person_;
    PointsAccount account_;
    std::map<std::pair<std::int64_t, Day>, std::int64_t> sums_; // raw, by rule and period
};

} // namespace

PointsAccount points_account(Call& call, SubjectKind kind, PersonId person) { return Accounting(call, kind, person).run(); }

} // namespace concentric::tally
