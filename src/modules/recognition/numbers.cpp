#include "modules/recognition/numbers.hpp"

#include <fmt/format.h>

namespace concentric::recognition {

static std::string filled(std::string_view placeholder, int year, std::string_view region, std::int64_t serial)
{
    if (placeholder == "year")
        return std::to_string(year);
    if (placeholder == "region")
        return std::string(region);
    auto const digits = placeholder.ends_with("serial") ? 1 : placeholder.back() - '0'; // "serial:06"
    return fmt::format("{:0{}}", serial, digits);
}

std::string number_of(std::string_view pattern, int year, std::string_view region, std::int64_t serial)
{
    std::string number;
    while (!pattern.empty()) {
        auto const open = pattern.find('{');
        number += pattern.substr(0, open);
        if (open == std::string_view::npos)
            break;
        auto const close = pattern.find('}', open);
        number += filled(pattern.substr(open + 1, close - open - 1), year, region, serial);
        pattern.remove_prefix(close + 1);
    }
    return number;
}

std::int64_t take_serials(Call& call, std::string const& pattern, int year, std::int64_t count)
{
    auto const counted_in = pattern.find("{year}") == std::string::npos ? 0 : year;
    auto const last = call.db.value<std::int64_t>(
        "INSERT INTO certificate_series (county, series, year, last) VALUES ($1, $2, $3, $4) ON CONFLICT (county, series, year) DO "
        "UPDATE SET last = certificate_series.last + EXCLUDED.last RETURNING last AS value",
        call.county, pattern, counted_in, count);
    return last.value() - count + 1;
}

} // namespace concentric::recognition
