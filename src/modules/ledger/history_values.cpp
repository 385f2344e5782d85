#include "modules/ledger/history_values.hpp"

#include "lib/dates.hpp"
#include "lib/text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>
#include <utility>

namespace concentric::ledger {

std::optional<Amount> read_amount(std::string_view written)
{
    using enum AmountUnit;
    static constexpr std::pair<std::string_view, AmountUnit> units[]{{"", none}, {"分钟", minutes}, {"分", minutes},
        {"min", minutes}, {"minutes", minutes}, {"小时", hours}, {"个小时", hours}, {"时", hours}, {"h", hours}, {"hours", hours},
        {"学时", credit_hours}, {"个学时", credit_hours}, {"课时", credit_hours}, {"次", times}, {"场", times}, {"人次", times}};
    auto const text = lib::fold_width(written);
    double number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
    if (error != std::errc() || !std::isfinite(number))
        return std::nullopt;
    auto const word = lib::trim(std::string_view(text).substr(static_cast<std::size_t>(end - text.data())));
    auto const* const unit
        = std::find_if(std::begin(units), std::end(units), [&](auto const& known) { return known.first == word; });
    return unit == std::end(units) ? std::nullopt : std::optional(Amount{number, unit->second});
}

static std::optional<std::int64_t> read_time(std::string_view written)
{
    auto const moment = lib::parse_date("2000-01-01 " + std::string(lib::trim(written)));
    return moment && moment->minutes_of_day >= 0 ? std::optional<std::int64_t>(moment->minutes_of_day) : std::nullopt;
}

std::optional<TimesOfDay> read_times(std::string_view written)
{
    auto const text = lib::fold_width(written);
    auto split = text.size(), after = text.size();
    for (std::string_view const separator : {"-", "~", "—", "–", "至", "到"})
        if (auto const at = text.find(separator); at < split) {
            split = at;
            after = text.find_first_of("0123456789", at);
        }
    auto const start = read_time(text.substr(0, split));
    if (!start || split == text.size())
        return start ? std::optional(TimesOfDay{*start, 0}) : std::nullopt;
    auto const end = after == text.npos ? std::nullopt : read_time(text.substr(after));
    return end && *end > *start ? std::optional(TimesOfDay{*start, *end - *start}) : std::nullopt;
}

} // namespace concentric::ledger
