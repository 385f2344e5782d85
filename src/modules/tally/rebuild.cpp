#include "modules/plan/catalogue.hpp"
#include "modules/tally/calculation.hpp"
#include "modules/tally/reconciliation.hpp"

#include <algorithm>
#include <chrono>
#include <future>
#include <numeric>

namespace concentric::tally {
namespace {

using Clock = std::chrono::steady_clock;

std::int64_t milliseconds_since(Clock::time_point start)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start).count();
}

// Adds the time that it lives to a sum.
class Stopwatch {
public:
    explicit Stopwatch(std::int64_t& sum) : sum_(sum) { }
    ~Stopwatch() { sum_ += milliseconds_since(start_); }
    Stopwatch(Stopwatch const&) = delete;
    Stopwatch& operator=(Stopwatch const&) = delete;

private:
    std::int64_t& sum_;
    Clock::time_point const start_ = Clock::now();
};

template <class Work> auto timed(std::int64_t& sum, Work const& work)
{
    Stopwatch const watch(sum);
    return work();
}

HeadcountChange headcounts_of(Rules const& rules, Population const& population)
{
    HeadcountChange heads;
    std::vector<Membership> memberships;
    for (auto const kind :
        {SubjectKind::student, SubjectKind::family, SubjectKind::carer, SubjectKind::staff, SubjectKind::organisation}) {
        auto const subjects = population.subjects_by_way(kind);
        for (Population::Way way = 0; way < subjects.size(); ++way) {
            if (subjects[way] == 0)
                continue;
            population.memberships(way, memberships);
            for (auto const* rule : rules.audiences())
                if (rule->kind == kind)
                    heads.add(*rule, memberships, subjects[way]);
        }
    }
    return heads;
}

class RebuildPass {
public:
    RebuildPass(Call& call, Rebuild how, Progress* progress)
        : call_(call), how_(how), progress_(progress), rules_(Rules::in_force(call))
    {
    }

    Rebuilt run()
    {
        auto const start = Clock::now();
        auto population = timed(report_.times.directory, [&] { return Population(call_.db, call_.county); });
        Calculation calculation(*rules_, population);
        timed(report_.times.ledger, [&] { read_ledger(population, calculation); });
        timed(report_.times.figures, [&] { reconcile(calculation); });
        report_.milliseconds = milliseconds_since(start);
        return std::move(report_);
    }

private:
    void read_ledger(Population& population, Calculation& calculation)
    {
        std::vector<bool> wanted;
        for (std::size_t kind = 0; kind < plan::catalogue().size(); ++kind)
            wanted.push_back(calculation.wants(kind));
        report_.entries = each_portion(
            call_, population, wanted, [&](Facts const& facts) { calculation.take(facts); }, progress_);
        calculation.finish();
    }

    void reconcile(Calculation& calculation)
    {
        // Nobody who is counted here comes any more; meanwhile this thread waits for the database.
        auto headcounts
            = std::async(std::launch::async, [&] { return headcounts_of(*rules_, calculation.population()).rows(call_.county); });
        Reconciliation into(call_.db, call_.county, how_, report_);
        into.run(Computed<TallyRow>([&] { return tallies(calculation); }));
        into.run(Computed<PointsRow>([&] { return points(calculation); }));
        into.run(all_at_once(in_order(std::move(coverage_))));
        into.run(all_at_once(headcounts.get()));
    }

    // Rules by number and their periods: the order of the table's key.
    std::vector<std::pair<std::size_t, std::size_t>> places() const
    {
        std::vector<std::size_t> by_number(rules_->rules().size());
        std::iota(by_number.begin(), by_number.end(), 0);
        std::sort(by_number.begin(), by_number.end(),
            [&](auto a, auto b) { return rules_->rules()[a].number < rules_->rules()[b].number; });
        std::vector<std::pair<std::size_t, std::size_t>> places;
        for (auto const rule : by_number)
            for (std::size_t period = 0; period < rules_->rules()[rule].calendar->periods().size(); ++period)
                places.emplace_back(rule, period);
        return places;
    }

    // Coverage falls out of settling what every subject has.
    Portions<TallyRow> tallies(Calculation& calculation)
    {
        coverage_.clear();
        return [this, &calculation, places = places(), next = std::size_t{0}](std::vector<TallyRow>& rows) mutable {
            if (next == places.size())
                return false;
            auto const [rule, period] = places[next++];
            add_tallies(calculation, rule, period, rows);
            return true;
        };
    }

    void add_tallies(Calculation& calculation, std::size_t index, std::size_t period, std::vector<TallyRow>& rows)
    {
        auto const& rule = rules_->rules()[index];
        auto const& subjects = calculation.population().of(rule.kind);
        auto const& units = calculation.population().of(SubjectKind::organisation);
        auto const from = rule.calendar->periods()[period].from;
        auto const counts = calculation.settle(index, period, [&](Line const& line) {
            rows.push_back(row_of(call_.county, rule, from, subjects.id(line.subject), line.parts, line.excuses, line.state));
        });
        sort_by_subject(rows);
        for (auto const& count : counts)
            coverage_.push_back({call_.county, units.id(count.unit), rule.number, from.number, 0, count.covered, count.excused});
    }

    Portions<PointsRow> points(Calculation const& calculation) const
    {
        std::vector<std::size_t> by_number(rules_->points().size());
        std::iota(by_number.begin(), by_number.end(), 0);
        std::sort(by_number.begin(), by_number.end(),
            [&](auto a, auto b) { return rules_->points()[a].number < rules_->points()[b].number; });
        return [this, &calculation, by_number = std::move(by_number), next = std::size_t{0}](std::vector<PointsRow>& rows) mutable {
            if (next == by_number.size())
                return false;
            auto const& rule = rules_->points()[by_number[next]];
            for (auto const& earning : calculation.earnings(by_number[next++]))
                rows.push_back({call_.county, rule.number, earning.period.number,
                    calculation.population().of(rule.kind).id(earning.subject), earning.raw, earning.earned});
            std::sort(rows.begin(), rows.end(),
                [](auto const& a, auto const& b) { return std::tie(a.period, a.subject) < std::tie(b.period, b.subject); });
            return true;
        };
    }

    // Numbers follow the order of ids, but for people who have several parts to play and for strangers.
    static void sort_by_subject(std::vector<TallyRow>& rows)
    {
        auto const before = [](TallyRow const& a, TallyRow const& b) { return a.subject < b.subject; };
        if (!std::is_sorted(rows.begin(), rows.end(), before))
            std::sort(rows.begin(), rows.end(), before);
    }

    static std::vector<CoverageRow> in_order(std::vector<CoverageRow> rows)
    {
        std::sort(rows.begin(), rows.end(), [](auto const& a, auto const& b) {
            return std::tie(a.unit, a.requirement, a.period) < std::tie(b.unit, b.requirement, b.period);
        });
        return rows;
    }

    template <class Row> static Computed<Row> all_at_once(std::vector<Row> rows)
    {
        return [rows = std::move(rows)] {
            return [&rows](std::vector<Row>& portion) {
                portion = rows;
                return false;
            };
        };
    }

    Call& call_;
    Rebuild how_;
    Progress* progress_;
    std::shared_ptr<Rules const> rules_;
    std::vector<CoverageRow> coverage_;
    Rebuilt report_;
};

} // namespace

Rebuilt rebuild(Call& call, Rebuild how, Progress* progress)
{
    call.db.hold({county_key(call.county)});
    return RebuildPass(call, how, progress).run();
}

std::string run_rebuild_job(Call& call, std::string const&, Progress& progress)
{
    db::Transaction transaction(call.db);
    auto const report = rebuild(call, Rebuild::write, &progress);
    transaction.commit();
    return to_json(report);
}

} // namespace concentric::tally
