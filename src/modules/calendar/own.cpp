#include "modules/calendar/own.hpp"

#include "modules/directory/kinship.hpp"
#include "modules/families/rights.hpp"

#include <algorithm>

namespace concentric::calendar {
namespace {

constexpr std::int64_t longest_list = 400;

CalendarItem item_of(Happening&& one, std::vector<directory::Child> const& children)
{
    CalendarItem item{one.kind, std::move(one.id), std::move(one.title), std::move(one.about), {}, one.from, one.until, {}, {},
        std::move(one.place), std::move(one.link), one.is_called_off, one.is_binding, one.is_waiting};
    if (auto const child = std::ranges::find(children, one.child ? one.child : one.person, &directory::Child::id);
        child != children.end()) {
        item.child = {child->id, child->name};
        if (item.about == child->name)
            item.about.clear();
    }
    if (is_whole_days(one.kind)) {
        item.first_day = day_at(one.from);
        item.last_day = plus_days(day_at(one.until), -1);
    }
    return item;
}

} // namespace

bool is_whole_days(HappeningKind kind)
{
    return kind == HappeningKind::term || kind == HappeningKind::holiday || kind == HappeningKind::working_day
        || kind == HappeningKind::day_off;
}

void check(ShowOwnCalendar const& input, Problems& problems)
{
    auto const days = days_since_1970(input.to) - days_since_1970(input.from) + 1;
    if (days < 1 || days > longest_list)
        problems.push_back({"/to", "range",
            {"最后一天不早于第一天，最多 400 天。", "The last day is not before the first, and these are 400 days at most."}});
}

std::vector<directory::Child> children_in_sight(Call& call)
{
    auto children = directory::children_shown_to(call, call.viewer.person);
    std::erase_if(children, [&](auto const& child) { return !families::may(call, child.id, families::Right::see); });
    return children;
}

std::vector<Happening> happenings_of_viewer(Call& call, std::vector<directory::Child> const& children, Instant from, Instant until)
{
    directory::HappeningsAsked asked{{call.viewer.person.value}, from, until, false, nullptr};
    for (auto const& child : children)
        asked.people.push_back(child.id.value);
    return directory::happenings(call, std::move(asked));
}

OwnCalendar show_own(Call& call, ShowOwnCalendar const& input)
{
    auto const children = children_in_sight(call);
    OwnCalendar calendar;
    for (auto& one : happenings_of_viewer(call, children, start_of(input.from), start_of(plus_days(input.to, 1))))
        calendar.items.push_back(item_of(std::move(one), children));
    return calendar;
}

Routes own_routes()
{
    return {
        route(Verb::get, "/api/own-calendar", Permission::signed_in, "own_calendar_show",
            "Everything that concerns the viewer and their children between two days", show_own),
    };
}

} // namespace concentric::calendar
