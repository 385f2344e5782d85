#include "modules/plan/catalogue.hpp"
#include "modules/tally/calculation.hpp"
#include "modules/tally/reconciliation.hpp"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <numeric>

namespace concentric::tally {
namespace {

// The processor time of this thread, so that a busy machine does not make the work look longer.
std::int64_t processor_microseconds()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<std::int64_t>(now.tv_sec) * 1'000'000 + now.tv_nsec / 1000;
}

// Adds the time of its own life to a sum.
class Stopwatch {
public:
    explicit Stopwatch(std::int64_t& sum)
        : sum_(sum)
        , start_(processor_microseconds())
    {
    }
    ~Stopwatch() { sum_ += processor_microseconds() - start_; }
    Stopwatch(Stopwatch const&) = delete;
    Stopwatch& operator=(Stopwatch const&) = delete;

private:
    std::int64_t& sum_;
    std::int64_t const start_;
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
        : call_(call)
        , how_(how)
        , progress_(progress)
        , rules_(Rules::in_force(call))
    {
    }

    Rebuilt run()
    {
        auto const start = std::chrono::steady_clock::now();
        auto population = timed(report_.processor.directory, [&] { return Population(call_.db, call_.county); });
        Calculation calculation(*rules_, population);
        read_ledger(population, calculation);
        timed(report_.processor.counting, [&] { calculation.finish(); });
        reconcile(calculation);
        report_.milliseconds
            = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start).count();
        return std::move(report_);
    }

private:
    void read_ledger(Population& population, Calculation& calculation)
    {
        std::vector<bool> wanted;
        for (std::size_t kind = 0; kind < plan::catalogue().size(); ++kind)
            wanted.push_back(calculation.wants(kind));
        timed(report_.processor.ledger, [&] {
            report_.entries = each_portion(
                call_, population, wanted,
                [&](Facts const& facts) { timed(report_.processor.counting, [&] { calculation.take(facts); }); }, progress_);
        });
        report_.processor.ledger -= report_.processor.counting;
    }

    void reconcile(Calculation& calculation)
    {
        std::vector<HeadcountRow> heads;
        std::vector<CoverageRow> coverage;
        timed(report_.processor.standing, [&] {
            heads = headcounts_of(*rules_, calculation.population()).rows(call_.county);
            coverage = coverage_of(calculation);
        });
        report_.rows += static_cast<std::int64_t>(coverage.size() + heads.size());
        Reconciliation into(call_.db, call_.county, how_, report_);
        auto const before = report_.processor.standing;
        timed(report_.processor.storing, [&] {
            into.run(Computed<TallyRow>([&] { return tallies(calculation); }));
            into.run(Computed<PointsRow>([&] { return points(calculation); }));
            into.run(all_at_once(coverage));
            into.run(all_at_once(heads));
        });
        report_.processor.storing -= report_.processor.standing - before;
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

    std::vector<CoverageRow> coverage_of(Calculation& calculation)
    {
        std::vector<CoverageRow> rows;
        auto const& units = calculation.population().of(SubjectKind::organisation);
        for (auto const& [rule, period] : places()) {
            auto const& known = rules_->rules()[rule];
            for (auto const& count : calculation.settle(rule, period, [&](Line const&) { ++report_.rows; }))
                rows.push_back({call_.county, units.id(count.unit), known.number, known.calendar->periods()[period].from.number, 0,
                    count.covered, count.excused});
        }
        std::sort(rows.begin(), rows.end(), [](auto const& a, auto const& b) {
            return std::tie(a.unit, a.requirement, a.period) < std::tie(b.unit, b.requirement, b.period);
        });
        return rows;
    }

    Portions<TallyRow> tallies(Calculation& calculation)
    {
        return [this, &calculation, places = places(), next = std::size_t{0}](std::vector<TallyRow>& rows) mutable {
            if (next == places.size())
                return false;
            auto const [rule, period] = places[next++];
            timed(report_.processor.standing, [&, rule = rule, period = period] { add_tallies(calculation, rule, period, rows); });
            return true;
        };
    }

    void add_tallies(Calculation& calculation, std::size_t index, std::size_t period, std::vector<TallyRow>& rows) const
    {
        auto const& rule = rules_->rules()[index];
        auto const& subjects = calculation.population().of(rule.kind);
        auto const from = rule.calendar->periods()[period].from;
        calculation.settle(index, period, [&](Line const& line) {
            rows.push_back(row_of(call_.county, rule, from, subjects.id(line.subject), line.parts, line.excuses, line.state));
        });
        sort_by_subject(rows);
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

    template <class Row> Computed<Row> all_at_once(std::vector<Row> const& rows) const
    {
        return [&rows] {
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
