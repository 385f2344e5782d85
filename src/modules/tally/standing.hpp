#pragma once

#include "modules/tally/rules.hpp"

#include <span>

// How far a subject is with a rule in a period, and in whose figures it counts. Pure: the same functions serve each single entry
// and the computing of everything anew, which is why both always agree.
namespace concentric::tally {

enum class State : std::int64_t { missing = 0, covered = 1, excused = 2 };

// What the entries of a subject add up to.
struct Amounts {
    std::vector<std::int64_t> parts;
    std::int64_t excuses = 0;
    bool operator==(Amounts const&) const = default;
    bool is_nothing() const;
};

// What an entry with these figures adds to a part; negative for a reversal. Entries, minutes or hundredths of a point.
struct Figures {
    std::int64_t minutes = 0;
    std::int64_t count = 0;
    bool is_reversal = false;
};
inline std::int64_t amount_of(plan::Measure measure, Figures const& figures)
{
    if (measure == plan::Measure::points)
        return 0; // comes through the point rules
    auto const amount = measure == plan::Measure::minutes ? figures.minutes : figures.count;
    return figures.is_reversal ? -amount : amount;
}
// What an entry adds to the number of excuses, or of openings of a window.
inline std::int64_t times_of(Figures const& figures) { return figures.is_reversal ? -1 : 1; }
// What an entry does in a match of its kind (Match::part).
inline std::int64_t change_of(plan::Requirement const& requirement, int part, Figures const& figures)
{
    return part >= 0 ? amount_of(requirement.all[static_cast<std::size_t>(part)].measure, figures) : times_of(figures);
}
// What an entry adds by a point rule, in hundredths of a point times the minutes of the rule's hour: nothing is rounded before
// entries are added up, so that three times fifty minutes are worth what two and a half hours are.
std::int64_t raw_points(plan::Plan const& plan, plan::PointRule const& rule, Figures const& figures);
// The points, in hundredths, that such a sum is worth under the rule's cap.
std::int64_t earned_points(plan::Plan const& plan, plan::PointRule const& rule, std::int64_t raw);
// The minutes of the hour that a rule counts by.
std::int64_t minutes_of_hour(plan::Plan const& plan, plan::PointRule const& rule);

// The least amount that a part asks of a subject of these stages; the mildest when it has several.
std::int64_t needed(plan::Part const& part, std::span<std::string_view const> stages);
// The same for every part of a requirement.
std::vector<std::int64_t> needs_of(plan::Requirement const& requirement, std::span<std::string_view const> stages);
// How amounts that are measured by these needs leave their subject.
inline State state_of(std::span<std::int64_t const> parts, std::int64_t times_excused, std::span<std::int64_t const> needs)
{
    for (std::size_t i = 0; i < needs.size(); ++i)
        if (parts[i] < needs[i])
            return times_excused > 0 ? State::excused : State::missing;
    return State::covered;
}

struct Standing {
    State state = State::missing;
    std::vector<std::int64_t> units; // all units that count the subject, each once; none when it is not of the audience on that day
};
// `memberships` are all of this subject; those that hold on `on` (the period's last day) decide.
Standing standing(Rule const& rule, Amounts const& amounts, std::span<Membership const> memberships, Day on);

// One thing that bears on a rolling rule: an opening of a window (part = opens_window), an amount of a part, or an excuse.
struct Dated {
    std::int64_t day = 0; // since 1970
    int part = 0;
    std::int64_t amount = 0;
};
// What a rolling rule counts: the first window in which every part is reached, or else the newest one; nothing while none was
// opened.
Amounts rolling_amounts(Rule const& rule, std::span<Dated const> things);

// The stages of a list "primary,junior".
void add_stages(std::string_view list, std::vector<std::string_view>& stages);

// The units on a path "/1/5/9/": 1, 5, 9.
void add_units(std::string_view path, std::vector<std::int64_t>& units);

} // namespace concentric::tally
