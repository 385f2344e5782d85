#include "modules/plan/periods.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace concentric::plan {
namespace {

constexpr std::array<char const*, 12> month_names{
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"};

// A period as the calendar has it, before it is cut to the plan's days. Named only where the plan file names it.
struct Days {
    Day from;
    Day to;
    Words const* name = nullptr;
};

// 29 February stands for the last day of February in every year.
Day in_year(int year, int month, int day)
{
    auto const first = day_of(year, static_cast<unsigned>(month), 1);
    auto const last = plus_days(plus_months(first, 1), -1);
    return std::min(day_of(year, static_cast<unsigned>(month), static_cast<unsigned>(day)), last);
}

std::vector<Days> spans_of_months(Plan const& plan, Day first, int months)
{
    std::vector<Days> all;
    for (; first <= plan.to; first = plus_months(first, months))
        all.push_back({first, plus_days(plus_months(first, months), -1)});
    return all;
}

std::vector<Days> terms(Plan const& plan)
{
    std::vector<Days> all;
    for (auto const& term : plan.terms) {
        if (!all.empty())
            all.back().to = plus_days(term.from, -1);
        all.push_back({term.from, std::max(term.to, plan.to), &term.title});
    }
    return all;
}

// The autumn term is the first that begins in August or later, so that a county may have more than two terms.
bool begins_school_year(std::vector<Days> const& terms, std::size_t index)
{
    Day const from = terms[index].from;
    bool const first
        = index == 0 || terms[index - 1].from.year() != from.year() || terms[index - 1].from.month() < first_autumn_month;
    return from.month() >= first_autumn_month && first;
}

std::vector<Days> school_years(Plan const& plan)
{
    std::vector<Days> all;
    auto const counted = terms(plan);
    for (std::size_t i = 0; i < counted.size(); ++i) {
        if (all.empty() || begins_school_year(counted, i))
            all.push_back({counted[i].from, counted[i].to});
        else
            all.back().to = counted[i].to;
    }
    return all;
}

// A stretch that runs across the new year belongs to the year in which it begins.
std::vector<Days> stretches(Plan const& plan, std::string_view key)
{
    std::vector<Days> all;
    auto const window = std::find_if(plan.windows.begin(), plan.windows.end(), [&](Window const& w) { return w.key == key; });
    if (window == plan.windows.end())
        return all;
    for (int year = plan.from.year() - 1; year <= plan.to.year(); ++year)
        for (auto const& stretch : window->each) {
            Day const from = in_year(year, stretch.from_month, stretch.from_day);
            Day const to = in_year(year, stretch.to_month, stretch.to_day);
            all.push_back({from, to < from ? in_year(year + 1, stretch.to_month, stretch.to_day) : to, &stretch.title});
        }
    std::sort(all.begin(), all.end(), [](Days const& a, Days const& b) { return a.from < b.from; });
    return all;
}

std::vector<Days> calendar(Plan const& plan, Per per, std::string_view window)
{
    switch (per) {
    case Per::month: return spans_of_months(plan, day_of(plan.from.year(), plan.from.month(), 1), 1);
    case Per::half_year: return spans_of_months(plan, day_of(plan.from.year(), 1, 1), 6);
    case Per::calendar_year: return spans_of_months(plan, day_of(plan.from.year(), 1, 1), 12);
    case Per::term: return terms(plan);
    case Per::school_year: return school_years(plan);
    case Per::window: return stretches(plan, window);
    case Per::plan: break;
    }
    return {{plan.from, plan.to}};
}

Words title_of(Plan const& plan, Per per, Days const& days)
{
    int const year = days.from.year();
    bool const early = days.from.month() < 7;
    switch (per) {
    case Per::month:
        return {fmt::format("{}年{}月", year, days.from.month()), fmt::format("{} {}", month_names[days.from.month() - 1], year)};
    case Per::half_year:
        return {
            fmt::format("{}年{}半年", year, early ? "上" : "下"), fmt::format("{} half of {}", early ? "First" : "Second", year)};
    case Per::calendar_year: return {fmt::format("{}年", year), std::to_string(year)};
    case Per::term: return *days.name;
    case Per::window: return {fmt::format("{}年{}", year, days.name->zh), fmt::format("{} {}", days.name->en, year)};
    case Per::school_year: {
        int const autumn = days.from.month() >= first_autumn_month ? year : year - 1;
        return {fmt::format("{}–{}学年", autumn, autumn + 1), fmt::format("School year {}–{}", autumn, autumn + 1)};
    }
    case Per::plan: break;
    }
    return {fmt::format("方案全期（{}至{}）", text_of(plan.from), text_of(plan.to)),
        fmt::format("Whole plan ({} to {})", text_of(plan.from), text_of(plan.to))};
}

bool overlaps(Plan const& plan, Days const& days) { return days.from <= plan.to && days.to >= plan.from; }

Period period_of(Plan const& plan, Per per, Days const& days)
{
    return {std::max(days.from, plan.from), std::min(days.to, plan.to), title_of(plan, per, days)};
}

} // namespace

std::optional<Period> period_at(Plan const& plan, Per per, std::string_view window, Day day)
{
    if (day < plan.from || day > plan.to)
        return std::nullopt;
    for (auto const& days : calendar(plan, per, window))
        if (days.from <= day && day <= days.to)
            return period_of(plan, per, days);
    return std::nullopt;
}

std::vector<Period> periods_until(Plan const& plan, Per per, std::string_view window, Day until)
{
    std::vector<Period> all;
    for (auto const& days : calendar(plan, per, window))
        if (overlaps(plan, days) && std::max(days.from, plan.from) <= until)
            all.push_back(period_of(plan, per, days));
    return all;
}

double target_at(Requirement const& requirement, Day day)
{
    auto const& targets = requirement.targets;
    if (targets.empty())
        return 0;
    auto const after
        = std::upper_bound(targets.begin(), targets.end(), day, [](Day d, Target const& target) { return d < target.by; });
    return after == targets.begin() ? targets.front().share : std::prev(after)->share;
}

} // namespace concentric::plan
