#pragma once

#include "modules/tally/rules.hpp"

#include <map>

// What the tally says of an organisation: how many subjects it has, and how many of them are covered. Range reads by primary key.
namespace concentric::tally {

struct Figure {
    std::int64_t total = 0; // subjects on the period's last day
    std::int64_t covered = 0;
    std::int64_t excused = 0;

    std::int64_t missing() const { return total - covered - excused; }
    Figure& operator+=(Figure const& more)
    {
        total += more.total;
        covered += more.covered;
        excused += more.excused;
        return *this;
    }
    bool operator==(Figure const&) const = default;
    // Covered out of those who are not excused; 1 where nobody is left to ask.
    double share() const;
};

// All figures of one organisation, read at once.
class UnitFigures {
public:
    UnitFigures(db::Connection& db, std::int64_t county, OrganisationId unit);
    Figure of(Rule const& rule, plan::Period const& period) const;

private:
    std::map<std::pair<std::int64_t, std::int64_t>, Figure> counted_; // by requirement and period
    std::map<std::string, std::vector<std::pair<std::int64_t, std::int64_t>>, std::less<>>
        heads_; // by audience: day and total, ascending
};

// One rule's figure in one period for many organisations.
std::map<std::int64_t, Figure> figures_of(
    db::Connection& db, std::int64_t county, std::span<std::int64_t const> units, Rule const& rule, plan::Period const& period);

// Where a figure stands with regard to its target on a day.
enum class Outlook { met, on_course, at_risk, missed, no_subjects };
BOOST_DESCRIBE_ENUM(Outlook, met, on_course, at_risk, missed, no_subjects)
// At risk: the share of the target reached lags the share of the period gone by more than a fifth.
Outlook outlook(Figure const& figure, double target, plan::Period const& period, Day today);
// How much of the period has gone by on a day, 0 to 1.
double elapsed(plan::Period const& period, Day today);

} // namespace concentric::tally
