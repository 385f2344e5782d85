#include "modules/enrolment/turn_names.hpp"

#include <array>
#include <string_view>

namespace concentric::enrolment {

static std::string_view numeral(std::int64_t number)
{
    static constexpr std::array<std::string_view, 11> numerals{"", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"};
    return number > 0 && number < static_cast<std::int64_t>(numerals.size()) ? numerals[static_cast<std::size_t>(number)] : "";
}

// The last place counts: in 一年级一班 the first one is the grade.
static std::optional<std::string> with_other(std::string name, std::string_view old, std::string_view other)
{
    auto const place = old.empty() || other.empty() ? std::string::npos : name.rfind(old);
    if (place == std::string::npos)
        return std::nullopt;
    return name.replace(place, old.size(), other);
}

std::optional<std::string> name_like(std::vector<NameSample> const& samples, std::int64_t number)
{
    for (auto const& sample : samples)
        if (sample.number == number)
            return sample.name;
    for (auto const& sample : samples) {
        if (auto name = with_other(sample.name, std::to_string(sample.number), std::to_string(number)))
            return name;
        if (auto name = with_other(sample.name, numeral(sample.number), numeral(number)))
            return name;
    }
    return std::nullopt;
}

} // namespace concentric::enrolment
