#include "modules/tally/store.hpp"

#include "core/holding.hpp"

#include <algorithm>
#include <charconv>

namespace concentric::tally {
namespace {

void append_number(std::string& out, std::int64_t number)
{
    if (!out.empty())
        out += ',';
    out += std::to_string(number);
}

} // namespace

std::int64_t county_key(std::int64_t county) { return county << 16 | 0x8000; }

void hold_people(db::Connection& db, std::int64_t county, std::span<std::int64_t const> ids)
{
    hold_all(db, county, Held::tallied_people, ids);
}
void hold_groups(db::Connection& db, std::int64_t county, std::span<std::int64_t const> ids)
{
    hold_all(db, county, Held::tallied_groups, ids);
}

Amounts amounts_in(Rule const& rule, TallyRow const& row)
{
    Amounts amounts{std::vector<std::int64_t>(rule.requirement->all.size()), row.excuses};
    if (amounts.parts.size() == 1) {
        amounts.parts[0] = row.amount;
        return amounts;
    }
    char const* at = row.parts.data();
    char const* const end = at + row.parts.size();
    for (std::size_t i = 0; i < amounts.parts.size() && at < end; ++i, ++at)
        at = std::from_chars(at, end, amounts.parts[i]).ptr;
    return amounts;
}

TallyRow row_of(std::int64_t county, Rule const& rule, Day period, std::int64_t subject, std::span<std::int64_t const> parts,
    std::int64_t times_excused, State state)
{
    TallyRow row{county, rule.number, period.number, subject, 0, times_excused, "", static_cast<std::int64_t>(state)};
    if (parts.size() == 1) {
        row.amount = parts[0];
        return row;
    }
    for (std::size_t i = 0; i < parts.size(); ++i) {
        append_number(row.parts, parts[i]);
        row.amount += parts[i] >= rule.requirement->all[i].at_least;
    }
    return row;
}

void write(db::Connection& db, std::vector<TallyRow> const& rows)
{
    db::Batch batch;
    for (auto const& row : rows)
        batch.add(row.county, row.requirement, row.period, row.subject, row.amount, row.excuses, row.parts, row.state);
    batch.run_distinct(db,
        "INSERT INTO tallies (county, requirement, period, subject, amount, excuses, parts, state) VALUES ($1, $2, $3, $4, $5, $6, "
        "$7, $8) "
        "ON CONFLICT (county, requirement, period, subject) DO UPDATE SET amount = excluded.amount, excuses = excluded.excuses, "
        "parts = excluded.parts, state = excluded.state");
}

void write(db::Connection& db, std::vector<PointsRow> const& rows)
{
    db::Batch batch;
    for (auto const& row : rows)
        batch.add(row.county, row.rule, row.period, row.subject, row.raw, row.earned);
    batch.run_distinct(db,
        "INSERT INTO points (county, rule, period, subject, raw, earned) VALUES ($1, $2, $3, $4, $5, $6) "
        "ON CONFLICT (county, rule, period, subject) DO UPDATE SET raw = excluded.raw, earned = excluded.earned");
}

void CoverageChange::add(Rule const& rule, Day period, Standing const& standing, int sign)
{
    if (standing.state == State::missing)
        return;
    for (auto const unit : standing.units) {
        auto& [covered, excused] = changes_[{unit, rule.number, period.number}];
        (standing.state == State::covered ? covered : excused) += sign;
    }
}

void CoverageChange::write(db::Connection& db, std::int64_t county) const
{
    db::Batch batch;
    std::int64_t const stripe = db.stripe();
    for (auto const& [key, change] : changes_)
        if (change.first != 0 || change.second != 0)
            batch.add(county, key.unit, key.requirement, key.period, stripe, change.first, change.second);
    batch.run_distinct(db,
        "INSERT INTO coverage (county, unit, requirement, period, stripe, covered, excused) VALUES ($1, $2, $3, $4, $5, $6, $7) "
        "ON CONFLICT (county, unit, requirement, period, stripe) DO UPDATE SET covered = coverage.covered + excluded.covered, "
        "excused = coverage.excused + excluded.excused");
}

void HeadcountChange::add(Rule const& rule, std::span<Membership const> memberships, std::int64_t subjects)
{
    struct Step {
        std::int64_t unit, day;
        int change; // how many memberships begin less end
    };
    std::vector<Step> steps;
    std::vector<std::int64_t> units;
    for (auto const& membership : memberships) {
        if (!is_audience(rule, membership))
            continue;
        units.clear();
        add_units(membership.path, units);
        for (auto const unit : units) {
            steps.push_back({unit, days_since_1970(membership.from_day), 1});
            if (membership.to_day < latest_day)
                steps.push_back({unit, days_since_1970(membership.to_day) + 1, -1});
        }
    }
    std::sort(
        steps.begin(), steps.end(), [](Step const& a, Step const& b) { return std::tie(a.unit, a.day) < std::tie(b.unit, b.day); });
    for (auto step = steps.begin(); step != steps.end();) {
        auto const unit = step->unit;
        int open = 0;
        while (step != steps.end() && step->unit == unit) {
            auto const day = step->day;
            bool const was = open > 0;
            for (; step != steps.end() && step->unit == unit && step->day == day; ++step)
                open += step->change;
            if (bool const is = open > 0; is != was)
                changes_[{unit, rule.audience, day}] += is ? subjects : -subjects;
        }
    }
}

std::vector<std::pair<HeadcountChange::Key, std::int64_t>> HeadcountChange::sorted() const
{
    std::vector<std::pair<Key, std::int64_t>> changes;
    for (auto const& [key, difference] : changes_)
        if (difference != 0)
            changes.emplace_back(key, difference);
    std::sort(changes.begin(), changes.end());
    return changes;
}

void HeadcountChange::write(db::Connection& db, std::int64_t county) const
{
    // A row holds the total from its day on: a change adds to its own day's row, made from the one before, and to all later ones.
    db::Batch begin, add;
    auto const changes = sorted();
    for (auto const& [key, difference] : changes) {
        auto const day = day_from(key.day);
        begin.add(county, key.unit, key.audience, day);
        add.add(county, key.unit, key.audience, day, difference);
    }
    begin.run(db,
        "INSERT INTO headcounts (county, unit, audience, day, total) VALUES ($1, $2, $3, $4, coalesce((SELECT h.total FROM "
        "headcounts h WHERE "
        "h.county = $1 AND h.unit = $2 AND h.audience = $3 AND h.day < $4 ORDER BY h.day DESC LIMIT 1), 0)) "
        "ON CONFLICT (county, unit, audience, day) DO NOTHING");
    add.run(db, "UPDATE headcounts SET total = total + $5 WHERE county = $1 AND unit = $2 AND audience = $3 AND day >= $4");
}

std::vector<HeadcountRow> HeadcountChange::rows(std::int64_t county) const
{
    std::vector<HeadcountRow> rows;
    for (auto const& [key, difference] : sorted()) {
        bool const goes_on = !rows.empty() && rows.back().unit == key.unit && rows.back().audience == key.audience;
        rows.push_back({county, key.unit, std::string(key.audience), day_from(key.day).number,
            difference + (goes_on ? rows.back().total : 0)});
    }
    return rows;
}

} // namespace concentric::tally
