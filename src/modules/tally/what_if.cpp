#include "modules/tally/what_if.hpp"

#include "modules/plan/catalogue.hpp"
#include "modules/tally/calculation.hpp"

#include <algorithm>
#include <future>

namespace concentric::tally {
namespace {

// How a subject stands under a rule; `unasked` is not of its audience.
enum class Mark : std::uint8_t { unasked, missing, covered, excused };

Mark mark_of(State state)
{
    return state == State::covered ? Mark::covered : state == State::excused ? Mark::excused : Mark::missing;
}

// One plan's side of the comparison.
class Side {
public:
    Side(Rules const& rules, Population const& population, Day day)
        : rules_(rules), population_(population), day_(day), calculation(rules, population)
    {
    }

    Rule const* rule(std::string_view key) const
    {
        auto const found = std::find_if(
            rules_.rules().begin(), rules_.rules().end(), [&](Rule const& rule) { return rule.requirement->key == key; });
        return found == rules_.rules().end() ? nullptr : &*found;
    }
    // The period that holds the day, or else the last one before it, or the first.
    plan::Period const* period(Rule const* rule) const
    {
        if (!rule)
            return nullptr;
        plan::Period const* best = nullptr;
        for (auto const& period : rule->calendar->periods())
            if (!best || period.from <= day_)
                best = &period;
        return best;
    }

    // By number of the subject; empty without such a rule.
    std::vector<Mark> marks(Rule const* rule, plan::Period const* period)
    {
        if (!period)
            return {};
        auto const index = rules_.index_of(*rule);
        auto const at = rule->calendar->index_of(period);
        std::vector<Mark> marks(population_.of(rule->kind).size());
        for (Number subject = 0; subject < marks.size(); ++subject)
            if (counts(index, at, population_.way(rule->kind, subject)))
                marks[subject] = Mark::missing;
        calculation.settle(index, at, [&](Line const& line) {
            if (marks[line.subject] != Mark::unasked)
                marks[line.subject] = mark_of(line.state);
        });
        return marks;
    }

    std::span<Number const> units(Rule const& rule, plan::Period const& period, Population::Way way)
    {
        return calculation.units_counting(rules_.index_of(rule), rule.calendar->index_of(&period), way);
    }

    // Hundredths of a point by number of the subject.
    std::vector<std::int64_t> points(SubjectKind kind) const
    {
        std::vector<std::int64_t> sums(population_.of(kind).size());
        for (std::size_t i = 0; i < rules_.points().size(); ++i)
            if (rules_.points()[i].kind == kind)
                for (auto const& earning : calculation.earnings(i))
                    sums[earning.subject] += earning.earned;
        return sums;
    }

    // Whom a credential's needs leave covered, all of them.
    std::vector<bool> holders(plan::Credential const* credential, std::size_t size)
    {
        std::vector<bool> holders(size, credential && !credential->needs.empty());
        if (credential)
            for (auto const& need : credential->needs) {
                auto const* needed = rule(need);
                auto const marks = this->marks(needed, period(needed));
                for (std::size_t i = 0; i < size; ++i)
                    holders[i] = holders[i] && i < marks.size() && marks[i] == Mark::covered;
            }
        return holders;
    }

private:
    bool counts(std::size_t rule, std::size_t period, Population::Way way)
    {
        return way != 0 && !calculation.units_counting(rule, period, way).empty();
    }

    Rules const& rules_;
    Population const& population_;
    Day day_;

public:
    Calculation calculation;
};

class Comparison {
public:
    Comparison(Call& call, Rules const& before, Rules const& after, Day day)
        : call_(call), population_(call.db, call.county), rules_before_(before), rules_after_(after),
          before_(before, population_, day), after_(after, population_, day)
    {
    }

    WhatIf run(Progress* progress)
    {
        read_ledger(progress);
        in_both([](Side& side) { side.calculation.finish(); });
        compare_obligations();
        compare_points();
        compare_credentials();
        return std::move(result_);
    }

private:
    // Each side has a processor to itself.
    template <class Work> void in_both(Work const& work)
    {
        auto other = std::async(std::launch::async, [&] { work(before_); });
        work(after_);
        other.get();
    }

    void read_ledger(Progress* progress)
    {
        std::vector<bool> wanted;
        for (std::size_t kind = 0; kind < plan::catalogue().size(); ++kind)
            wanted.push_back(before_.calculation.wants(kind) || after_.calculation.wants(kind));
        result_.entries = each_portion(
            call_, population_, wanted, [&](Facts const& facts) { in_both([&](Side& side) { side.calculation.take(facts); }); },
            progress);
    }

    void compare_obligations()
    {
        auto const is_obligation = [](Rule const& rule) { return rule.requirement->purpose == plan::Purpose::obligation; };
        for (auto const& rule : rules_after_.rules())
            if (is_obligation(rule))
                compare(before_.rule(rule.requirement->key), &rule);
        for (auto const& rule : rules_before_.rules())
            if (is_obligation(rule) && !after_.rule(rule.requirement->key))
                compare(&rule, nullptr);
    }

    // How many subjects who belong in one way stand so.
    struct Counts {
        Figure before, after;
        std::int64_t newly_covered = 0, newly_missing = 0;
        bool is_nothing() const { return before.total == 0 && after.total == 0; }
    };

    static void add(Figure& figure, Mark mark)
    {
        figure.total += mark != Mark::unasked;
        figure.covered += mark == Mark::covered;
        figure.excused += mark == Mark::excused;
    }

    void compare(Rule const* before, Rule const* after)
    {
        ObligationOutcome outcome{before, after, before_.period(before), after_.period(after), {}, {}};
        // A rule may change whom it counts: then the two sides have nobody in common and are counted one after the other.
        if (before && after && before->kind != after->kind) {
            count(outcome, before, nullptr);
            count(outcome, nullptr, after);
        } else {
            count(outcome, before, after);
        }
        outcome.units = merged(std::move(outcome.units));
        result_.obligations.push_back(std::move(outcome));
    }

    void count(ObligationOutcome& outcome, Rule const* before, Rule const* after)
    {
        auto const kind = (after ? after : before)->kind;
        auto const marks_before = before_.marks(before, before ? outcome.period_before : nullptr);
        auto const marks_after = after_.marks(after, after ? outcome.period_after : nullptr);
        auto const at = [](std::vector<Mark> const& marks, Number subject) {
            return subject < marks.size() ? marks[subject] : Mark::unasked;
        };
        std::vector<Counts> by_way(population_.ways());
        std::size_t named[2]{};
        for (Number subject = 0; subject < population_.of(kind).size(); ++subject) {
            auto const was = at(marks_before, subject), is = at(marks_after, subject);
            auto const way = population_.way(kind, subject);
            auto& counts = by_way[way];
            add(counts.before, was);
            add(counts.after, is);
            if (was == is || (is != Mark::covered && is != Mark::missing))
                continue;
            bool const is_covered = is == Mark::covered;
            ++(is_covered ? counts.newly_covered : counts.newly_missing);
            if (named[is_covered]++ < most_named)
                outcome.subjects.push_back({population_.of(kind).id(subject), is_covered});
        }
        give_to_units(outcome, before, after, by_way);
    }

    void give_to_units(ObligationOutcome& outcome, Rule const* before, Rule const* after, std::vector<Counts> const& by_way)
    {
        auto const& organisations = population_.of(SubjectKind::organisation);
        std::vector<Counts> by_unit(organisations.size());
        for (Population::Way way = 0; way < by_way.size(); ++way) {
            auto const& counts = by_way[way];
            if (counts.is_nothing())
                continue;
            if (before && outcome.period_before)
                for (auto const unit : before_.units(*before, *outcome.period_before, way))
                    by_unit[unit].before += counts.before;
            if (after && outcome.period_after)
                for (auto const unit : after_.units(*after, *outcome.period_after, way)) {
                    by_unit[unit].after += counts.after;
                    by_unit[unit].newly_covered += counts.newly_covered;
                    by_unit[unit].newly_missing += counts.newly_missing;
                }
        }
        for (Number unit = 0; unit < by_unit.size(); ++unit)
            if (auto const& counts = by_unit[unit]; !counts.is_nothing())
                outcome.units.push_back(
                    {{organisations.id(unit)}, counts.before, counts.after, counts.newly_covered, counts.newly_missing});
    }

    // Where two kinds of subjects were counted one after the other, a unit stands there twice.
    static std::vector<UnitOutcome> merged(std::vector<UnitOutcome> units)
    {
        std::sort(units.begin(), units.end(), [](auto const& a, auto const& b) { return a.unit < b.unit; });
        std::vector<UnitOutcome> merged;
        for (auto const& unit : units) {
            if (merged.empty() || merged.back().unit != unit.unit) {
                merged.push_back(unit);
                continue;
            }
            merged.back().before += unit.before;
            merged.back().after += unit.after;
            merged.back().newly_covered += unit.newly_covered;
            merged.back().newly_missing += unit.newly_missing;
        }
        return merged;
    }

    void compare_points()
    {
        for (auto const kind :
            {SubjectKind::student, SubjectKind::family, SubjectKind::carer, SubjectKind::staff, SubjectKind::organisation}) {
            auto const earns = [&](PointsRule const& rule) { return rule.kind == kind; };
            if (std::any_of(rules_before_.points().begin(), rules_before_.points().end(), earns)
                || std::any_of(rules_after_.points().begin(), rules_after_.points().end(), earns))
                compare_points(kind);
        }
    }

    void compare_points(SubjectKind kind)
    {
        PointsOutcome outcome{kind};
        outcome.distribution.resize(std::size(points_buckets) + 1);
        auto const before = before_.points(kind), after = after_.points(kind);
        std::vector<PointsOutcome::Change> changes;
        for (Number subject = 0; subject < after.size(); ++subject) {
            auto const difference = after[subject] - before[subject];
            outcome.before += before[subject];
            outcome.after += after[subject];
            ++(difference > 0 ? outcome.gain : difference < 0 ? outcome.lose : outcome.same);
            outcome.same -= before[subject] == 0 && after[subject] == 0;
            if (difference == 0)
                continue;
            auto const bucket
                = std::lower_bound(std::begin(points_buckets), std::end(points_buckets), difference) - std::begin(points_buckets);
            ++outcome.distribution[static_cast<std::size_t>(bucket)];
            changes.push_back({population_.of(kind).id(subject), before[subject], after[subject]});
        }
        std::stable_sort(
            changes.begin(), changes.end(), [](auto const& a, auto const& b) { return a.after - a.before > b.after - b.before; });
        for (auto change = changes.begin();
             change != changes.end() && change->after > change->before && outcome.top_gains.size() < most_top; ++change)
            outcome.top_gains.push_back(*change);
        for (auto change = changes.rbegin();
             change != changes.rend() && change->after < change->before && outcome.top_losses.size() < most_top; ++change)
            outcome.top_losses.push_back(*change);
        result_.points.push_back(std::move(outcome));
    }

    void compare_credentials()
    {
        auto const in = [](Rules const& rules, std::string const& key) -> plan::Credential const* {
            for (auto const* credential : credentials_of(rules))
                if (credential->key == key)
                    return credential;
            return nullptr;
        };
        for (auto const* credential : credentials_of(rules_after_))
            compare(in(rules_before_, credential->key), credential);
        for (auto const* credential : credentials_of(rules_before_))
            if (!in(rules_after_, credential->key))
                compare(credential, nullptr);
    }

    static std::vector<plan::Credential const*> credentials_of(Rules const& rules)
    {
        std::vector<plan::Credential const*> credentials;
        for (auto const& version : rules.plans())
            for (auto const& credential : version->plan.credentials)
                credentials.push_back(&credential);
        return credentials;
    }

    void compare(plan::Credential const* before, plan::Credential const* after)
    {
        CredentialOutcome outcome{before, after};
        auto const size = population_.of(kind_of((after ? after : before)->to)).size();
        auto const held = before_.holders(before, size), holds = after_.holders(after, size);
        for (std::size_t i = 0; i < size; ++i) {
            outcome.holders_before += held[i];
            outcome.holders_after += holds[i];
            outcome.earned += holds[i] && !held[i];
            outcome.lost += held[i] && !holds[i];
        }
        result_.credentials.push_back(outcome);
    }

    static constexpr std::size_t most_top = 50;

    Call& call_;
    Population population_;
    Rules const& rules_before_;
    Rules const& rules_after_;
    Side before_, after_;
    WhatIf result_;
};

} // namespace

WhatIf what_if(Call& call, Rules const& before, Rules const& after, Day day, Progress* progress)
{
    return Comparison(call, before, after, day).run(progress);
}

} // namespace concentric::tally
