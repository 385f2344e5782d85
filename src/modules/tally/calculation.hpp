#pragma once

#include "modules/tally/facts.hpp"

#include <cstdlib>
#include <map>

// Computes all figures of a set of plans at once, in memory: what `concentric rebuild` stores and what a what-if compares. It calls
// the functions of standing.hpp, as the pass over single entries does, but asks each of them once for all who are alike.
namespace concentric::tally {

// Amounts by subject. Large and mostly empty: memory that nobody touched costs nothing.
class Column {
public:
    std::size_t size() const { return size_; }
    std::int64_t& operator[](Number subject) { return amounts_.get()[subject]; }
    std::int64_t operator[](Number subject) const { return amounts_.get()[subject]; }
    std::int64_t value(Number subject) const { return subject < size_ ? amounts_.get()[subject] : 0; }
    void grow(std::size_t size);

private:
    struct Free {
        void operator()(std::int64_t* memory) const { std::free(memory); }
    };
    std::unique_ptr<std::int64_t, Free> amounts_;
    std::size_t size_ = 0;
};

// A subject with anything to its name under a rule in a period.
struct Line {
    Number subject;
    Population::Way way;
    State state;
    std::span<std::int64_t const> parts;
    std::int64_t excuses;
};

struct UnitCount {
    Number unit;
    std::int64_t covered = 0, excused = 0;
};

// What a point rule gave a subject in a cap's period, or on a day.
struct Earning {
    Day period;
    Number subject;
    std::int64_t raw, earned;
};

class Calculation {
public:
    // Both must outlive it. The population may grow by strangers while facts are read.
    Calculation(Rules const& rules, Population const& population);

    Rules const& rules() const { return rules_; }
    Population const& population() const { return population_; }
    // Whether entries of this kind (by place in the catalogue) change any figure.
    bool wants(std::size_t kind) const { return !matches_[kind]->empty(); }
    void take(Facts const& facts);
    // After the last facts: rolling windows, and points with what they feed.
    void finish();

    // Tells every line of a rule in a period, in the order of numbers, and gives the figures of the units that count them.
    std::vector<UnitCount> settle(std::size_t rule, std::size_t period, std::function<void(Line const&)> const& tell);
    // By period and subject.
    std::vector<Earning> const& earnings(std::size_t point_rule) const { return earnings_[point_rule]; }
    // Which units count those who belong in this way to the rule's audience on the period's last day, and what they are asked for.
    std::span<Number const> units_counting(std::size_t rule, std::size_t period, Population::Way way);
    std::span<std::int64_t const> needs(std::size_t rule, std::size_t period, Population::Way way);

private:
    // How those who belong in one way stand towards an audience on a day.
    struct Seat {
        bool is_known = false;
        std::uint8_t stages = 0; // bits, in the order of plan::Stage
        std::uint32_t first = 0, count = 0; // units
    };
    struct Seating {
        std::size_t audience;
        Day on;
        std::vector<Seat> seats; // by way
        std::vector<Number> units;
    };
    struct RollingThing {
        Number subject;
        Dated thing;
    };
    struct PointsOfDay {
        std::int32_t day;
        Number subject;
        std::int64_t raw;
    };
    struct Counts {
        std::int64_t covered = 0, excused = 0;
    };
    using Columns = std::vector<Column>; // by part; the last one holds excuses

    void find_audiences();
    void find_nearest();
    void take(Match const& match, std::vector<Fact> const& facts);
    template <class SubjectOf> void take(Match const& match, std::vector<Fact> const& facts, SubjectOf const& subject_of);
    void take_points(std::size_t index, std::vector<Fact> const& facts);
    template <class SubjectOf> void take_points(std::size_t index, std::vector<Fact> const& facts, SubjectOf const& subject_of);
    template <class Take> void with_subject(SubjectKind kind, std::size_t nearest, bool is_about_resources, Take const& take);
    std::int64_t& amount(Column& column, SubjectKind kind, Number subject);
    void finish_rolling(std::size_t rule);
    void finish_points(std::size_t rule);
    void earn(std::size_t rule, Day period, Number subject, std::int64_t raw);
    void count(Population::Way way, State state);
    std::vector<UnitCount> counts_of_units(Seating const& seats);
    Seating& seating(std::size_t rule, std::size_t period);
    Seat const& seat(Seating& seating, Population::Way way);
    std::vector<std::int64_t> const& needs(std::size_t rule, std::uint8_t stages);

    Rules const& rules_;
    Population const& population_;
    std::vector<KindMatches const*> matches_; // by kind
    std::vector<std::size_t> audience_; // of each rule, its place in rules_.audiences()
    std::vector<std::vector<char>> in_audience_; // by audience and place
    std::vector<std::uint8_t> stages_of_place_;
    std::vector<std::vector<Number>>
        nearest_; // of rules about organisations and then of such point rules: from each unit to whom it counts for
    std::vector<std::vector<Columns>> columns_; // by rule and period
    std::vector<std::vector<RollingThing>> rolling_; // by rule
    std::vector<std::vector<Column>> capped_; // by point rule and period
    std::vector<std::vector<PointsOfDay>> uncapped_; // by point rule
    std::vector<std::vector<Earning>> earnings_;
    std::map<std::pair<std::size_t, Day>, Seating> seatings_;
    std::vector<Counts> by_way_; // while a rule is settled
    std::vector<Population::Way> counted_ways_;
    std::vector<std::array<std::vector<std::int64_t>, 16>> needs_; // by rule and stages
};

} // namespace concentric::tally
