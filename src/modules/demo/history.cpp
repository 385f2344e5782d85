#include "modules/demo/history.hpp"

#include <algorithm>

namespace concentric::demo {

Setting setting_of(County const& county, plan::Plan const& plan)
{
    Setting setting{county, plan, {}, {}};
    auto const terms = plan::periods_until(plan, plan::Per::term, "", county.today);
    for (auto i = terms.size() < 2 ? 0 : terms.size() - 2; i < terms.size(); ++i)
        setting.terms.push_back({terms[i].from, terms[i].to});
    // Every third resource is offered and never asked for.
    for (std::size_t i = 0; i < county.resources.size(); ++i)
        if (i % 3 != 2)
            setting.busy_resources.push_back(county.resources[i]);
    return setting;
}

std::vector<Span> Setting::periods(plan::Per per, std::string_view window) const
{
    std::vector<Span> found;
    for (auto const& period : plan::periods_until(plan, per, window, county.today)) {
        Span const all{period.from, period.to};
        if (auto const seen = per == plan::Per::plan ? std::optional(all) : common(all, whole()))
            found.push_back(*seen);
    }
    return found;
}

Fact usual_fact(std::string_view kind, Random& random, Span span)
{
    auto const& habit = habit_of(kind);
    Fact fact;
    fact.kind = kind;
    fact.happened_at = a_moment(random, span, habit.when);
    fact.minutes = minutes_of(habit, random);
    fact.data = note_of(habit, random);
    return fact;
}

void write_history(Setting const& setting, Book& book)
{
    write_duties(setting, book);
    write_visits(setting, book);
    write_care(setting, book);
    write_service(setting, book);
    write_learning(setting, book);
}

} // namespace concentric::demo
