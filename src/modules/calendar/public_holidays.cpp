#include "modules/calendar/public_holidays.hpp"

#include <toml++/toml.h>

#include <algorithm>

namespace concentric::calendar {
namespace {

Day day_in(toml::node_view<toml::node const> node)
{
    auto const date = node.value<toml::date>();
    if (!date || !is_real(date->year, date->month, date->day))
        throw std::logic_error("public_holidays.toml: a day is missing or does not exist");
    return day_of(date->year, date->month, date->day);
}

void add_year(toml::table const& year, std::vector<PublicDay>& days)
{
    toml::node_view<toml::node const> const all(year);
    auto const published = day_in(all["published"]);
    bool const is_provisional = all["provisional"].value_or(false);
    for (auto const& holiday : *all["holidays"].as_array()) {
        toml::node_view<toml::node const> const one(holiday);
        days.push_back({day_in(one["from"]), day_in(one["to"]), {one["zh"].value_or(""), one["en"].value_or("")}, false,
            is_provisional, published});
    }
    for (auto const& worked : *all["working_days"].as_array()) {
        auto const day = day_in(toml::node_view<toml::node const>(worked));
        days.push_back({day, day, {"调休上班", "Working day in exchange"}, true, is_provisional, published});
    }
}

std::vector<PublicDay> read()
{
    std::vector<PublicDay> days;
    auto const file = toml::parse(public_holidays_text());
    for (auto const& year : *file["year"].as_array())
        add_year(*year.as_table(), days);
    std::ranges::sort(days, {}, &PublicDay::from);
    return days;
}

} // namespace

std::span<PublicDay const> public_days()
{
    static auto const days = read();
    return days;
}

} // namespace concentric::calendar
