#include "modules/tally/figures.hpp"

#include <algorithm>

namespace concentric::tally {
namespace {

struct CoveredRow {
    std::int64_t unit = 0, requirement = 0, period = 0, covered = 0, excused = 0;
};
BOOST_DESCRIBE_STRUCT(CoveredRow, (), (unit, requirement, period, covered, excused))

struct HeadRow {
    std::int64_t unit = 0;
    std::string audience;
    std::int64_t day = 0, total = 0;
};
BOOST_DESCRIBE_STRUCT(HeadRow, (), (unit, audience, day, total))

constexpr double tolerated_lag = 0.2;

} // namespace

double Figure::share() const
{
    auto const asked = total - excused;
    return asked > 0 ? static_cast<double>(covered) / static_cast<double>(asked) : 1.0;
}

UnitFigures::UnitFigures(db::Connection& db, std::int64_t county, OrganisationId unit)
{
    for (auto const& row : db.rows<CoveredRow>(
             "SELECT requirement, period, CAST(sum(covered) AS BIGINT) AS covered, CAST(sum(excused) AS BIGINT) AS excused "
             "FROM coverage WHERE county = $1 AND unit = $2 GROUP BY requirement, period",
             county, unit))
        counted_[{row.requirement, row.period}] = {0, row.covered, row.excused};
    for (auto& row : db.rows<HeadRow>(
             "SELECT audience, day, total FROM headcounts WHERE county = $1 AND unit = $2 ORDER BY audience, day", county, unit))
        heads_[row.audience].emplace_back(row.day, row.total);
}

Figure UnitFigures::of(Rule const& rule, plan::Period const& period) const
{
    Figure figure;
    if (auto const found = counted_.find({rule.number, period.from.number}); found != counted_.end())
        figure = found->second;
    if (auto const heads = heads_.find(rule.audience); heads != heads_.end()) {
        auto const after = std::upper_bound(heads->second.begin(), heads->second.end(), period.to.number,
            [](auto day, auto const& row) { return day < row.first; });
        if (after != heads->second.begin())
            figure.total = std::prev(after)->second;
    }
    return figure;
}

std::map<std::int64_t, Figure> figures_of(
    db::Connection& db, std::int64_t county, std::span<std::int64_t const> units, Rule const& rule, plan::Period const& period)
{
    std::map<std::int64_t, Figure> figures;
    db::IntegerList const list{units};
    for (auto const& row : db.rows<HeadRow>("SELECT unit, total FROM headcounts WHERE county = $1 AND unit ANY_OF($2) AND audience "
                                            "= $3 AND day <= $4 ORDER BY unit, day",
             county, list, rule.audience, period.to))
        figures[row.unit].total = row.total; // the last one stays
    for (auto const& row : db.rows<CoveredRow>(
             "SELECT unit, CAST(sum(covered) AS BIGINT) AS covered, CAST(sum(excused) AS BIGINT) AS excused FROM coverage "
             "WHERE county = $1 AND unit ANY_OF($2) AND requirement = $3 AND period = $4 GROUP BY unit",
             county, list, rule.number, period.from)) {
        figures[row.unit].covered = row.covered;
        figures[row.unit].excused = row.excused;
    }
    return figures;
}

double elapsed(plan::Period const& period, Day today)
{
    auto const first = days_since_1970(period.from), last = days_since_1970(period.to), now = days_since_1970(today);
    return std::clamp(static_cast<double>(now - first + 1) / static_cast<double>(last - first + 1), 0.0, 1.0);
}

Outlook outlook(Figure const& figure, double target, plan::Period const& period, Day today)
{
    if (figure.total == 0)
        return Outlook::no_subjects;
    // A share of whole subjects: "90 % of 7" is met by 7 of 7 only, so the target is compared without rounding.
    if (figure.share() >= target - 1e-9)
        return Outlook::met;
    if (today > period.to)
        return Outlook::missed;
    return figure.share() / target < elapsed(period, today) - tolerated_lag ? Outlook::at_risk : Outlook::on_course;
}

} // namespace concentric::tally
