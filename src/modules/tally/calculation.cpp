#include "modules/tally/calculation.hpp"

#include "modules/plan/catalogue.hpp"

#include <algorithm>
#include <cstring>
#include <new>
#include <tuple>

namespace concentric::tally {
namespace {

constexpr std::array all_stages{plan::Stage::kindergarten, plan::Stage::primary, plan::Stage::junior, plan::Stage::senior};

std::uint8_t stage_bits(std::string_view list)
{
    std::vector<std::string_view> names;
    add_stages(list, names);
    std::uint8_t bits = 0;
    for (std::size_t i = 0; i < all_stages.size(); ++i)
        if (std::find(names.begin(), names.end(), name_of(all_stages[i])) != names.end())
            bits = static_cast<std::uint8_t>(bits | 1u << i);
    return bits;
}

bool speaks_of(std::span<plan::Subject const> subjects, plan::Subject wanted)
{
    return std::find(subjects.begin(), subjects.end(), wanted) != subjects.end();
}

} // namespace

void Column::grow(std::size_t size)
{
    std::unique_ptr<std::int64_t, Free> larger(static_cast<std::int64_t*>(std::calloc(size, sizeof(std::int64_t))));
    if (!larger)
        throw std::bad_alloc();
    if (size_)
        std::memcpy(larger.get(), amounts_.get(), size_ * sizeof(std::int64_t));
    amounts_ = std::move(larger);
    size_ = size;
}

Calculation::Calculation(Rules const& rules, Population const& population) : rules_(rules), population_(population)
{
    for (auto const& kind : plan::catalogue())
        matches_.push_back(&rules_.matches(kind.name));
    for (auto const& rule : rules_.rules())
        columns_.emplace_back(rule.calendar->periods().size());
    for (auto const& rule : rules_.points())
        capped_.emplace_back(rule.caps ? rule.caps->periods().size() : 0);
    rolling_.resize(rules_.rules().size());
    needs_.resize(rules_.rules().size());
    uncapped_.resize(rules_.points().size());
    earnings_.resize(rules_.points().size());
    by_way_.resize(population_.ways());
    find_audiences();
    find_nearest();
}

void Calculation::find_audiences()
{
    auto const& audiences = rules_.audiences();
    for (auto const& rule : rules_.rules())
        audience_.push_back(static_cast<std::size_t>(std::find_if(audiences.begin(), audiences.end(), [&](Rule const* known) {
            return known->audience == rule.audience;
        }) - audiences.begin()));
    for (auto const* rule : audiences)
        for (auto& members = in_audience_.emplace_back(); auto const& place : population_.places())
            members.push_back(is_audience(*rule, place));
    for (auto const& place : population_.places())
        stages_of_place_.push_back(stage_bits(place.stages));
}

// An organisation's entry counts for the nearest organisation above it of the kind that the rule asks.
void Calculation::find_nearest()
{
    auto const add = [&](SubjectKind kind, std::span<plan::Subject const> subjects) {
        auto& nearest = nearest_.emplace_back();
        if (kind != SubjectKind::organisation)
            return;
        auto const& units = population_.of(SubjectKind::organisation);
        for (Number unit = 0; unit < units.size(); ++unit) {
            auto const upwards = population_.upwards(unit);
            auto const found = std::find_if(upwards.begin(), upwards.end(), [&](Number above) {
                return std::any_of(subjects.begin(), subjects.end(),
                    [&](auto subject) { return organisation_kind(subject) == population_.kind_of_unit(above); });
            });
            nearest.push_back(found == upwards.end() ? nobody : *found);
        }
    };
    for (auto const& rule : rules_.rules())
        add(rule.kind, rule.requirement->subjects);
    for (auto const& rule : rules_.points())
        add(rule.kind, std::span(&rule.rule->to, 1));
}

void Calculation::take(Facts const& facts)
{
    for (std::size_t kind = 0; kind < facts.size(); ++kind) {
        if (facts[kind].empty())
            continue;
        for (auto const& match : matches_[kind]->rules)
            take(match, facts[kind]);
        for (auto const index : matches_[kind]->points)
            take_points(index, facts[kind]);
    }
}

// Calls `take` with the function that finds a fact's subject.
template <class Take>
void Calculation::with_subject(SubjectKind kind, std::size_t nearest, bool is_about_resources, Take const& take)
{
    switch (kind) {
    case SubjectKind::student: return take([](Fact const& fact) { return fact.pupil; });
    case SubjectKind::family: return take([](Fact const& fact) { return fact.family; });
    case SubjectKind::carer:
    case SubjectKind::staff: return take([](Fact const& fact) { return fact.person; });
    case SubjectKind::organisation: break;
    }
    auto const& from = nearest_[nearest];
    auto const above = [&](Number unit) { return unit < from.size() ? from[unit] : nobody; };
    // A resource stands in a community of its own, which took no part: only a rule about resources looks there.
    take([&, is_about_resources](Fact const& fact) {
        auto const owner = is_about_resources ? above(fact.resource) : nobody;
        return owner == nobody ? above(fact.unit) : owner;
    });
}

std::int64_t& Calculation::amount(Column& column, SubjectKind kind, Number subject)
{
    if (subject >= column.size())
        column.grow(population_.of(kind).size());
    return column[subject];
}

void Calculation::take(Match const& match, std::vector<Fact> const& facts)
{
    auto const& rule = rules_.rules()[match.rule];
    with_subject(rule.kind, match.rule, speaks_of(rule.requirement->subjects, plan::Subject::resource),
        [&](auto const& subject_of) { take(match, facts, subject_of); });
}

template <class SubjectOf> void Calculation::take(Match const& match, std::vector<Fact> const& facts, SubjectOf const& subject_of)
{
    auto const& rule = rules_.rules()[match.rule];
    auto const& requirement = *rule.requirement;
    auto const part = match.part >= 0 ? static_cast<std::size_t>(match.part) : requirement.all.size();
    for (auto const& fact : facts) {
        auto const period = rule.calendar->index_at(fact.day);
        auto const subject = subject_of(fact);
        if (period < 0 || subject == nobody)
            continue;
        auto const change = change_of(requirement, match.part, fact.figures);
        if (requirement.rolling) {
            rolling_[match.rule].push_back({subject, {fact.day, match.part, change}});
            continue;
        }
        auto& columns = columns_[match.rule][static_cast<std::size_t>(period)];
        if (columns.empty())
            columns.resize(requirement.all.size() + 1);
        amount(columns[part], rule.kind, subject) += change;
    }
}

void Calculation::take_points(std::size_t index, std::vector<Fact> const& facts)
{
    auto const& rule = rules_.points()[index];
    with_subject(rule.kind, rules_.rules().size() + index, rule.rule->to == plan::Subject::resource,
        [&](auto const& subject_of) { take_points(index, facts, subject_of); });
}

template <class SubjectOf>
void Calculation::take_points(std::size_t index, std::vector<Fact> const& facts, SubjectOf const& subject_of)
{
    auto const& rule = rules_.points()[index];
    auto const& plan = rule.version->plan;
    auto const from = days_since_1970(plan.from), to = days_since_1970(plan.to);
    for (auto const& fact : facts) {
        auto const subject = subject_of(fact);
        if (subject == nobody || fact.day < from || fact.day > to)
            continue;
        auto const raw = raw_points(plan, *rule.rule, fact.figures);
        if (!rule.caps)
            uncapped_[index].push_back({fact.day, subject, raw});
        else if (auto const period = rule.caps->index_at(fact.day); period >= 0)
            amount(capped_[index][static_cast<std::size_t>(period)], rule.kind, subject) += raw;
    }
}

void Calculation::finish()
{
    for (std::size_t i = 0; i < rolling_.size(); ++i)
        if (!rolling_[i].empty())
            finish_rolling(i);
    for (std::size_t i = 0; i < earnings_.size(); ++i)
        finish_points(i);
}

void Calculation::finish_rolling(std::size_t index)
{
    auto const& rule = rules_.rules()[index];
    auto& things = rolling_[index];
    std::sort(things.begin(), things.end(), [](auto const& one, auto const& other) { return one.subject < other.subject; });
    auto& columns = columns_[index].front(); // a window of one's own lies in the one period of the plan
    columns.resize(rule.requirement->all.size() + 1);
    std::vector<Dated> own;
    for (auto thing = things.begin(); thing != things.end();) {
        auto const subject = thing->subject;
        own.clear();
        for (; thing != things.end() && thing->subject == subject; ++thing)
            own.push_back(thing->thing);
        auto const amounts = rolling_amounts(rule, own);
        for (std::size_t part = 0; part < amounts.parts.size(); ++part)
            amount(columns[part], rule.kind, subject) = amounts.parts[part];
        amount(columns.back(), rule.kind, subject) = amounts.excuses;
    }
    things = {};
}

void Calculation::finish_points(std::size_t index)
{
    for (std::size_t period = 0; period < capped_[index].size(); ++period) {
        auto const& column = capped_[index][period];
        for (Number subject = 0; subject < column.size(); ++subject)
            if (column[subject] != 0)
                earn(index, rules_.points()[index].caps->periods()[period].from, subject, column[subject]);
    }
    auto& days = uncapped_[index];
    std::sort(days.begin(), days.end(),
        [](auto const& a, auto const& b) { return std::tie(a.day, a.subject) < std::tie(b.day, b.subject); });
    for (auto day = days.begin(); day != days.end();) {
        auto const first = day;
        std::int64_t raw = 0;
        for (; day != days.end() && day->day == first->day && day->subject == first->subject; ++day)
            raw += day->raw;
        if (raw != 0)
            earn(index, day_from(first->day), first->subject, raw);
    }
    capped_[index].clear();
    days = {};
}

void Calculation::earn(std::size_t index, Day period, Number subject, std::int64_t raw)
{
    auto const& rule = rules_.points()[index];
    auto const earned = earned_points(rule.version->plan, *rule.rule, raw);
    earnings_[index].push_back({period, subject, raw, earned});
    for (auto const feed : rule.feeds)
        if (auto const fed = rules_.rules()[feed].calendar->index_at(days_since_1970(period)); fed >= 0) {
            auto& columns = columns_[feed][static_cast<std::size_t>(fed)];
            columns.resize(rules_.rules()[feed].requirement->all.size() + 1);
            amount(columns.front(), rule.kind, subject) += earned;
        }
}

std::vector<UnitCount> Calculation::settle(std::size_t rule, std::size_t period, std::function<void(Line const&)> const& tell)
{
    auto const& columns = columns_[rule][period];
    auto const kind = rules_.rules()[rule].kind;
    std::size_t subjects = 0;
    for (auto const& column : columns)
        subjects = std::max(subjects, column.size());
    if (subjects == 0)
        return {};
    std::vector<std::int64_t> parts(columns.size() - 1);
    auto& seats = seating(rule, period);
    for (Number subject = 0; subject < subjects; ++subject) {
        bool is_nothing = true;
        for (std::size_t i = 0; i < parts.size(); ++i)
            is_nothing &= (parts[i] = columns[i].value(subject)) == 0;
        auto const times_excused = columns.back().value(subject);
        if (is_nothing && times_excused == 0)
            continue;
        auto const way = population_.way(kind, subject);
        auto const state = state_of(parts, times_excused, needs(rule, seat(seats, way).stages));
        if (state != State::missing)
            count(way, state);
        tell({subject, way, state, parts, times_excused});
    }
    return counts_of_units(seats);
}

void Calculation::count(Population::Way way, State state)
{
    auto& counts = by_way_[way];
    if (counts.covered == 0 && counts.excused == 0)
        counted_ways_.push_back(way);
    ++(state == State::covered ? counts.covered : counts.excused);
}

// Gives what was counted by ways to the units that count them, and begins anew.
std::vector<UnitCount> Calculation::counts_of_units(Seating const& seats)
{
    std::vector<Counts> sums(population_.of(SubjectKind::organisation).size());
    for (auto const way : counted_ways_) {
        auto const counts = std::exchange(by_way_[way], {});
        auto const& own = seats.seats[way];
        for (auto const unit : std::span(seats.units).subspan(own.first, own.count)) {
            sums[unit].covered += counts.covered;
            sums[unit].excused += counts.excused;
        }
    }
    counted_ways_.clear();
    std::vector<UnitCount> by_unit;
    for (Number unit = 0; unit < sums.size(); ++unit)
        if (sums[unit].covered || sums[unit].excused)
            by_unit.push_back({unit, sums[unit].covered, sums[unit].excused});
    return by_unit;
}

std::span<Number const> Calculation::units_counting(std::size_t rule, std::size_t period, Population::Way way)
{
    auto& seats = seating(rule, period);
    auto const own = seat(seats, way);
    return std::span(seats.units).subspan(own.first, own.count);
}

std::span<std::int64_t const> Calculation::needs(std::size_t rule, std::size_t period, Population::Way way)
{
    return needs(rule, seat(seating(rule, period), way).stages);
}

Calculation::Seating& Calculation::seating(std::size_t rule, std::size_t period)
{
    auto const on = rules_.rules()[rule].calendar->periods()[period].to;
    auto& seating = seatings_[{audience_[rule], on}];
    if (seating.seats.empty())
        seating = {audience_[rule], on, std::vector<Seat>(population_.ways()), {}};
    return seating;
}

// The same as standing() finds, for all who belong in this way.
Calculation::Seat const& Calculation::seat(Seating& seating, Population::Way way)
{
    auto& seat = seating.seats[way];
    if (seat.is_known)
        return seat;
    seat.is_known = true;
    seat.first = static_cast<std::uint32_t>(seating.units.size());
    for (auto const& stay : population_.stays(way)) {
        if (seating.on < stay.from_day || stay.to_day < seating.on || !in_audience_[seating.audience][stay.place])
            continue;
        seat.stages |= stages_of_place_[stay.place];
        for (auto const unit : population_.units_of_place(stay.place))
            if (std::find(seating.units.begin() + seat.first, seating.units.end(), unit) == seating.units.end())
                seating.units.push_back(unit);
    }
    seat.count = static_cast<std::uint32_t>(seating.units.size()) - seat.first;
    return seat;
}

std::vector<std::int64_t> const& Calculation::needs(std::size_t rule, std::uint8_t stages)
{
    auto& needs = needs_[rule][stages];
    if (needs.empty()) {
        std::vector<std::string_view> names;
        for (std::size_t i = 0; i < all_stages.size(); ++i)
            if (stages >> i & 1)
                names.push_back(name_of(all_stages[i]));
        needs = needs_of(*rules_.rules()[rule].requirement, names);
    }
    return needs;
}

} // namespace concentric::tally
