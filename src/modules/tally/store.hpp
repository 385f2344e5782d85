#pragma once

#include "modules/tally/standing.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <map>

// The tally's tables, as the parts of this module read and write them.
namespace concentric::tally {

// Every writer of a county shares its key; whoever computes everything anew holds it alone.
std::int64_t county_key(std::int64_t county);
// Waits for other writers of these subjects. People come before families and organisations: one order for all, so that nobody waits
// in a circle.
void hold_people(db::Connection& db, std::int64_t county, std::span<std::int64_t const> ids);
void hold_groups(db::Connection& db, std::int64_t county, std::span<std::int64_t const> ids);

// One row of tallies.
struct TallyRow {
    std::int64_t county = 0, requirement = 0, period = 0, subject = 0, amount = 0, excuses = 0;
    std::string parts; // "2,0,1" when the requirement has several parts
    std::int64_t state = 0;
    bool operator==(TallyRow const&) const = default;
};
BOOST_DESCRIBE_STRUCT(TallyRow, (), (county, requirement, period, subject, amount, excuses, parts, state))

Amounts amounts_in(Rule const& rule, TallyRow const& row);
TallyRow row_of(std::int64_t county, Rule const& rule, Day period, std::int64_t subject, std::span<std::int64_t const> parts,
    std::int64_t times_excused, State state);

struct PointsRow {
    std::int64_t county = 0, rule = 0, period = 0, subject = 0, raw = 0, earned = 0;
    bool operator==(PointsRow const&) const = default;
};
BOOST_DESCRIBE_STRUCT(PointsRow, (), (county, rule, period, subject, raw, earned))

struct CoverageRow {
    std::int64_t county = 0, unit = 0, requirement = 0, period = 0, stripe = 0, covered = 0, excused = 0;
    bool operator==(CoverageRow const&) const = default;
};
BOOST_DESCRIBE_STRUCT(CoverageRow, (), (county, unit, requirement, period, stripe, covered, excused))

struct HeadcountRow {
    std::int64_t county = 0, unit = 0;
    std::string audience;
    std::int64_t day = 0, total = 0;
    bool operator==(HeadcountRow const&) const = default;
};
BOOST_DESCRIBE_STRUCT(HeadcountRow, (), (county, unit, audience, day, total))

void write(db::Connection& db, std::vector<TallyRow> const& rows);
void write(db::Connection& db, std::vector<PointsRow> const& rows);

// Gathers how many subjects more or fewer each unit has covered and excused.
class CoverageChange {
public:
    void add(Rule const& rule, Day period, Standing const& standing, int sign);
    void write(db::Connection& db, std::int64_t county) const;

private:
    struct Key {
        std::int64_t unit, requirement, period;
        auto operator<=>(Key const&) const = default;
    };
    std::map<Key, std::pair<std::int64_t, std::int64_t>> changes_;
};

// Gathers from which day on a unit has more or fewer subjects of an audience.
class HeadcountChange {
public:
    // `memberships` are all of one subject; every unit counts it once on each day on which any of them puts it there. `subjects`:
    // how many such subjects there are more, or fewer when it is negative.
    void add(Rule const& rule, std::span<Membership const> memberships, std::int64_t subjects);
    void write(db::Connection& db, std::int64_t county) const;
    std::vector<HeadcountRow> rows(std::int64_t county) const;

private:
    struct Key {
        std::int64_t unit;
        std::string_view audience; // of a rule, which outlives this
        std::int64_t day; // since 1970
        auto operator<=>(Key const&) const = default;
        friend std::size_t hash_value(Key const& key)
        {
            auto hash = std::hash<std::string_view>{}(key.audience);
            boost::hash_combine(hash, key.unit);
            boost::hash_combine(hash, key.day);
            return hash;
        }
    };
    std::vector<std::pair<Key, std::int64_t>> sorted() const;

    boost::unordered_flat_map<Key, std::int64_t> changes_;
};

} // namespace concentric::tally
