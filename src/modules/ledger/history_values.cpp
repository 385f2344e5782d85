#include "modules/ledger/history_values.hpp"

#include "lib/dates.hpp"
#include "lib/text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>

namespace concentric::ledger {

std::optional<double> read_amount(std::string_view written)
{
    static constexpr std::string_view units[] {"", "小时", "个小时", "时", "h", "hours", "学时", "课时", "个学时", "节", "分钟", "分", "min", "minutes", "次", "场", "人次"};
    auto const text = lib::fold_width(written);
    double amount = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), amount, std::chars_format::fixed);
    if (error != std::errc() || !std::isfinite(amount))
        return std::nullopt;
    auto const unit = lib::trim(std::string_view(text).substr(static_cast<std::size_t>(end - text.data())));
    return std::find(std::begin(units), std::end(units), unit) == std::end(units) ? std::nullopt : std::optional(amount);
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
        return start ? std::optional(TimesOfDay {*start, 0}) : std::nullopt;
    auto const end = after == text.npos ? std::nullopt : read_time(text.substr(after));
    return end && *end > *start ? std::optional(TimesOfDay {*start, *end - *start}) : std::nullopt;
}

} // namespace concentric::ledger
