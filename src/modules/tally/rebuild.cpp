#include "modules/directory/members.hpp"
#include "modules/tally/store.hpp"
#include "modules/tally/tally.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace concentric::tally {
namespace {

// Gives each subject of a kind a small number, so that amounts can stand in plain arrays.
class Subjects {
public:
    std::uint32_t index(std::int64_t id)
    {
        auto const [found, is_new] = indexes_.try_emplace(id, static_cast<std::uint32_t>(ids_.size()));
        if (is_new)
            ids_.push_back(id);
        return found->second;
    }
    std::int64_t id(std::size_t index) const { return ids_[index]; }
    std::size_t size() const { return ids_.size(); }
    void reserve(std::size_t n)
    {
        indexes_.reserve(n);
        ids_.reserve(n);
    }
    std::vector<std::vector<Membership>> memberships; // by index; shorter than size() when entries name strangers

private:
    std::unordered_map<std::int64_t, std::uint32_t> indexes_;
    std::vector<std::int64_t> ids_;
};

// The amounts of one rule in one period, by subject and part; the last "part" counts excuses.
struct Column {
    std::vector<std::int64_t> amounts;
    std::size_t width = 0;
    std::int64_t* of(std::uint32_t subject)
    {
        auto const at = subject * width;
        if (at + width > amounts.size())
            amounts.resize(std::max(at + width, amounts.size() * 2));
        return amounts.data() + at;
    }
};

constexpr std::size_t kinds = 5; // of SubjectKind

class RebuildPass {
public:
    RebuildPass(Call& call, Rules const& rules, Progress* progress) : call_(call), rules_(rules), progress_(progress)
    {
        columns_.resize(rules_.rules().size());
        for (std::size_t i = 0; i < columns_.size(); ++i)
            columns_[i].resize(rules_.rules()[i].calendar->periods().size());
        points_.resize(rules_.points().size());
        rolling_.resize(rules_.rules().size());
    }

    void run()
    {
        read_directory();
        read_ledger();
        count_rolling();
        count_points();
        settle();
    }

    std::int64_t entries = 0;
    std::vector<TallyRow> tallies;
    std::vector<PointsRow> points;
    std::vector<CoverageRow> coverage;
    std::vector<HeadcountRow> headcounts;

private:
    void read_directory()
    {
        HeadcountChange heads;
        for (auto const kind : {SubjectKind::student, SubjectKind::family, SubjectKind::carer, SubjectKind::staff, SubjectKind::organisation}) {
            auto& subjects = of(kind);
            directory::each_membership(call_.db, call_.county, kind, [&](Membership const& membership) {
                auto const index = subjects.index(membership.subject);
                if (subjects.memberships.size() <= index)
                    subjects.memberships.resize(index + 1);
                subjects.memberships[index].push_back(membership);
            });
            for (auto const* rule : rules_.audiences())
                if (rule->kind == kind)
                    for (auto const& memberships : subjects.memberships)
                        heads.add(*rule, memberships, 1);
        }
        headcounts = heads.rows(call_.county);
        for (auto const& kin : directory::all_families_of_students(call_.db, call_.county))
            family_[of(SubjectKind::student).index(kin.person)] = of(SubjectKind::family).index(kin.family);
        read_places();
    }

    // For each unit and kind of organisation: the nearest one at or above it.
    void read_places()
    {
        auto& organisations = of(SubjectKind::organisation);
        std::unordered_map<std::int64_t, std::string_view> kind_of_unit;
        for (auto const& memberships : organisations.memberships)
            for (auto const& membership : memberships)
                kind_of_unit[membership.subject] = membership.kind;
        for (auto const& memberships : organisations.memberships)
            for (auto const& membership : memberships) {
                std::vector<std::int64_t> path;
                add_units(membership.path, path);
                auto& places = places_[membership.subject];
                places.clear();
                for (auto id = path.rbegin(); id != path.rend(); ++id)
                    places.push_back({organisations.index(*id), kind_of_unit[*id]});
            }
    }

    void read_ledger()
    {
        std::int64_t const expected = progress_ ? call_.db.value<std::int64_t>("SELECT count(*) AS value FROM entries WHERE county = $1", call_.county).value_or(0) : 0;
        call_.db.scan_all("SELECT kind, happened_at, person, student, unit, resource, minutes, count, reverses FROM entries WHERE county = $1 ORDER BY id",
            [&](db::RowView const& row) {
                take(row);
                if (++entries % 10'000 == 0 && progress_) {
                    progress_->set(entries, expected);
                    progress_->check();
                }
            },
            call_.county);
    }

    struct Fact {
        std::int64_t day, person, student, unit, resource;
        Figures figures;
    };

    void take(db::RowView const& row)
    {
        auto const& matches = rules_.matches(row.text(0));
        if (matches.empty())
            return;
        constexpr std::int64_t china = 8 * 3'600'000, day = 86'400'000;
        auto const local = row.integer(1) + china;
        Fact const fact {local / day - (local % day < 0), row.integer(2), row.integer(3), row.integer(4), row.integer(5),
            {row.integer(6), row.integer(7), row.integer(8) != 0}};
        for (auto const& match : matches.rules)
            take(fact, match);
        for (auto const index : matches.points)
            take_points(fact, index);
    }

    void take(Fact const& fact, Match const& match)
    {
        auto const& rule = rules_.rules()[match.rule];
        auto const* period = rule.calendar->at(fact.day);
        if (!period)
            return;
        auto const subject = subject_of(fact, rule.kind, rule.requirement->subjects);
        if (subject == nobody)
            return;
        auto const sign = fact.figures.is_reversal ? -1 : 1;
        auto const& parts = rule.requirement->all;
        auto const amount = match.part >= 0 ? amount_of(parts[static_cast<std::size_t>(match.part)].measure, fact.figures) : sign;
        if (rule.requirement->rolling)
            rolling_[match.rule][subject].push_back({fact.day, match.part, amount});
        else
            column(match.rule, period).of(subject)[match.part == excuses ? parts.size() : static_cast<std::size_t>(match.part)] += amount;
    }

    void take_points(Fact const& fact, std::size_t index)
    {
        auto const& rule = rules_.points()[index];
        auto const& plan = rule.version->plan;
        if (fact.day < days_since_1970(plan.from) || fact.day > days_since_1970(plan.to))
            return;
        auto const* cap = rule.caps ? rule.caps->at(fact.day) : nullptr;
        if (rule.caps && !cap)
            return;
        if (auto const subject = subject_of(fact, rule.kind, std::span(&rule.rule->to, 1)); subject != nobody)
            points_[index][cap ? cap->from : day_from(fact.day)][subject] += raw_points(plan, *rule.rule, fact.figures);
    }

    static constexpr std::uint32_t nobody = ~0U;

    std::uint32_t subject_of(Fact const& fact, SubjectKind kind, std::span<plan::Subject const> subjects)
    {
        auto const known = [&](std::int64_t id) { return id ? of(kind).index(id) : nobody; };
        switch (kind) {
        case SubjectKind::student: return known(fact.student ? fact.student : fact.person);
        case SubjectKind::carer:
        case SubjectKind::staff: return known(fact.person);
        case SubjectKind::family: {
            auto const found = fact.student ? family_.find(of(SubjectKind::student).index(fact.student)) : family_.end();
            return found == family_.end() ? nobody : found->second;
        }
        case SubjectKind::organisation: break;
        }
        bool const is_about_resources = std::find(subjects.begin(), subjects.end(), plan::Subject::resource) != subjects.end();
        for (auto const start : {is_about_resources ? fact.resource : 0, fact.unit})
            if (auto const places = places_.find(start); places != places_.end())
                for (auto const& [index, name] : places->second)
                    if (std::any_of(subjects.begin(), subjects.end(), [&, place = name](auto s) { return organisation_kind(s) == place; }))
                        return index;
        return nobody;
    }

    Column& column(std::size_t rule, plan::Period const* period)
    {
        auto& made = columns_[rule][rules_.rules()[rule].calendar->index_of(period)];
        made.width = rules_.rules()[rule].requirement->all.size() + 1;
        return made;
    }

    void count_rolling()
    {
        for (std::size_t i = 0; i < rolling_.size(); ++i)
            for (auto const& [subject, things] : rolling_[i]) {
                auto const amounts = rolling_amounts(rules_.rules()[i], things);
                auto* const into = column(i, &rules_.rules()[i].calendar->periods().front()).of(subject);
                std::copy(amounts.parts.begin(), amounts.parts.end(), into);
                into[amounts.parts.size()] = amounts.excuses;
            }
    }

    void count_points()
    {
        for (std::size_t i = 0; i < points_.size(); ++i) {
            auto const& rule = rules_.points()[i];
            for (auto const& [period, subjects] : points_[i])
                for (auto const& [subject, raw] : subjects) {
                    auto const earned = earned_points(rule.version->plan, *rule.rule, raw);
                    if (raw != 0)
                        points.push_back({call_.county, rule.number, period.number, of(rule.kind).id(subject), raw, earned});
                    for (auto const feed : rule.feeds)
                        if (auto const* fed = rules_.rules()[feed].calendar->at(days_since_1970(period)))
                            column(feed, fed).of(subject)[0] += earned;
                }
        }
    }

    void settle()
    {
        CoverageChange covered;
        for (std::size_t i = 0; i < columns_.size(); ++i)
            for (std::size_t p = 0; p < columns_[i].size(); ++p)
                settle(rules_.rules()[i], rules_.rules()[i].calendar->periods()[p], columns_[i][p], covered);
        coverage = covered.rows(call_.county);
    }

    void settle(Rule const& rule, plan::Period const& period, Column const& column, CoverageChange& covered)
    {
        auto& subjects = of(rule.kind);
        if (column.width == 0)
            return;
        for (std::size_t subject = 0; subject < subjects.size() && (subject + 1) * column.width <= column.amounts.size(); ++subject) {
            auto const* at = column.amounts.data() + subject * column.width;
            Amounts const amounts {{at, at + column.width - 1}, at[column.width - 1]};
            if (amounts.is_nothing())
                continue;
            auto const memberships = subject < subjects.memberships.size() ? std::span<Membership const>(subjects.memberships[subject]) : std::span<Membership const>();
            auto const result = standing(rule, amounts, memberships, period.to);
            covered.add(rule, period.from, result, 1);
            tallies.push_back(row_of(call_.county, rule, period.from, subjects.id(subject), amounts, result.state));
        }
    }

    Subjects& of(SubjectKind kind) { return subjects_[static_cast<std::size_t>(kind)]; }

    Call& call_;
    Rules const& rules_;
    Progress* progress_;
    Subjects subjects_[kinds];
    std::unordered_map<std::uint32_t, std::uint32_t> family_; // of a pupil
    std::unordered_map<std::int64_t, std::vector<std::pair<std::uint32_t, std::string_view>>> places_;
    std::vector<std::vector<Column>> columns_; // by rule and period
    std::vector<std::map<Day, std::unordered_map<std::uint32_t, std::int64_t>>> points_; // by point rule and cap's period
    std::vector<std::unordered_map<std::uint32_t, std::vector<Dated>>> rolling_; // by rule
};

// Compares what is stored with what was computed; both as "key → value", without rows that say nothing.
class Comparison {
public:
    explicit Comparison(Rebuilt& report) : report_(report) { }

    void compare(std::string const& table, std::map<std::string, std::string>& stored, std::map<std::string, std::string> const& computed)
    {
        for (auto const& [key, value] : computed) {
            auto const found = stored.find(key);
            if (found == stored.end() || found->second != value)
                add({table, key, found == stored.end() ? "" : found->second, value});
            if (found != stored.end())
                stored.erase(found);
        }
        for (auto const& [key, value] : stored)
            add({table, key, value, ""});
    }

private:
    void add(Difference difference)
    {
        ++report_.different;
        if (report_.differences.size() < 100)
            report_.differences.push_back(std::move(difference));
    }
    Rebuilt& report_;
};

using Texts = std::map<std::string, std::string>;

Texts texts_of(std::vector<TallyRow> const& rows)
{
    Texts texts;
    for (auto const& row : rows)
        if (row.amount != 0 || row.excuses != 0 || row.parts.find_first_of("123456789") != std::string::npos)
            texts[fmt::format("requirement={} period={} subject={}", row.requirement, row.period, row.subject)]
                = fmt::format("amount={} excuses={} parts={} state={}", row.amount, row.excuses, row.parts, row.state);
    return texts;
}

Texts texts_of(std::vector<PointsRow> const& rows)
{
    Texts texts;
    for (auto const& row : rows)
        if (row.raw != 0 || row.earned != 0)
            texts[fmt::format("rule={} period={} subject={}", row.rule, row.period, row.subject)] = fmt::format("raw={} earned={}", row.raw, row.earned);
    return texts;
}

Texts texts_of(std::vector<CoverageRow> const& rows)
{
    Texts texts;
    for (auto const& row : rows)
        if (row.covered != 0 || row.excused != 0)
            texts[fmt::format("unit={} requirement={} period={}", row.unit, row.requirement, row.period)]
                = fmt::format("covered={} excused={}", row.covered, row.excused);
    return texts;
}

// Headcounts as steps: a row that repeats the total before it says nothing.
Texts texts_of(std::vector<HeadcountRow> const& rows)
{
    Texts texts;
    std::string place;
    std::int64_t total = 0;
    for (auto const& row : rows) {
        auto const here = fmt::format("unit={} audience={}", row.unit, row.audience);
        if (here != place) {
            place = here;
            total = 0;
        }
        if (row.total != total)
            texts[fmt::format("{} day={}", here, row.day)] = std::to_string(total = row.total);
    }
    return texts;
}

template <class Row> Texts stored(Call& call, char const* statement) { return texts_of(call.db.rows<Row>(statement, call.county)); }

void compare(Call& call, RebuildPass const& pass, Rebuilt& report)
{
    Comparison comparison(report);
    auto tallies = stored<TallyRow>(call, "SELECT county, requirement, period, subject, amount, excuses, parts, state FROM tallies WHERE county = $1");
    comparison.compare("tallies", tallies, texts_of(pass.tallies));
    auto points = stored<PointsRow>(call, "SELECT county, rule, period, subject, raw, earned FROM points WHERE county = $1");
    comparison.compare("points", points, texts_of(pass.points));
    auto coverage = stored<CoverageRow>(call,
        "SELECT county, unit, requirement, period, CAST(0 AS BIGINT) AS stripe, CAST(sum(covered) AS BIGINT) AS covered, CAST(sum(excused) AS BIGINT) AS excused "
        "FROM coverage WHERE county = $1 GROUP BY county, unit, requirement, period");
    comparison.compare("coverage", coverage, texts_of(pass.coverage));
    auto heads = stored<HeadcountRow>(call, "SELECT county, unit, audience, day, total FROM headcounts WHERE county = $1 ORDER BY unit, audience, day");
    comparison.compare("headcounts", heads, texts_of(pass.headcounts));
}

void store(Call& call, RebuildPass const& pass)
{
    for (auto const* table : {"tallies", "points", "coverage", "headcounts"})
        call.db.execute(fmt::format("DELETE FROM {} WHERE county = $1", table), call.county);
    call.db.load("tallies", pass.tallies);
    call.db.load("points", pass.points);
    call.db.load("coverage", pass.coverage);
    call.db.load("headcounts", pass.headcounts);
}

} // namespace

Rebuilt rebuild(Call& call, Rebuild how, Progress* progress)
{
    auto const start = std::chrono::steady_clock::now();
    call.db.hold({county_key(call.county)});
    auto const rules = Rules::in_force(call);
    RebuildPass pass(call, *rules, progress);
    pass.run();
    Rebuilt report;
    if (how == Rebuild::check)
        compare(call, pass, report);
    else
        store(call, pass);
    report.entries = pass.entries;
    report.rows = static_cast<std::int64_t>(pass.tallies.size() + pass.points.size() + pass.coverage.size() + pass.headcounts.size());
    report.milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start).count();
    return report;
}

std::string run_rebuild_job(Call& call, std::string const&, Progress& progress)
{
    db::Transaction transaction(call.db);
    auto const report = rebuild(call, Rebuild::write, &progress);
    transaction.commit();
    return to_json(report);
}

} // namespace concentric::tally
