#include "modules/learning/package_state.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace concentric::learning {
namespace {

constexpr double largest_score = 100'000;

bool is_name(std::string_view name)
{
    return (name.starts_with("cmi.") || name.starts_with("adl."))
        && name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") == name.npos;
}

std::string_view value_of(std::vector<PackageData> const& data, std::string_view name)
{
    for (auto const& each : data)
        if (each.name == name)
            return each.value;
    return {};
}

std::optional<double> decimal_in(std::string_view text)
{
    double number = 0;
    auto const [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (fault != std::errc{} || end != text.data() + text.size() || !std::isfinite(number) || std::abs(number) > largest_score)
        return std::nullopt;
    return number;
}

void check(std::vector<PackageData> const& data, Problems& problems)
{
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < data.size(); ++i) {
        bytes += data[i].name.size() + data[i].value.size();
        if (!is_name(data[i].name) && problems.size() < 20)
            problems.push_back({fmt::format("/data/{}/name", i), "malformed",
                {"不是 SCORM 数据模型里的名称。", "This is no name of SCORM's data model."}});
    }
    if (data.size() > most_data || bytes > most_data_bytes)
        problems.push_back({"/data", "length",
            {fmt::format("一页最多保存 {} 项、{} KB。", most_data, most_data_bytes >> 10),
                fmt::format("A page keeps at most {} elements of {} kB together.", most_data, most_data_bytes >> 10)}});
}

// 1.2 has one word for both; 2004 tells apart whether it is done and how it went.
PageState state_in(std::vector<PackageData> const& data)
{
    auto const status = value_of(data, "cmi.core.lesson_status");
    auto const completion = value_of(data, "cmi.completion_status");
    auto const success = value_of(data, "cmi.success_status");
    if (status == "passed" || success == "passed")
        return PageState::passed;
    if (status == "failed" || success == "failed")
        return PageState::failed;
    if (status == "completed" || completion == "completed")
        return PageState::completed;
    if (status == "incomplete" || status == "browsed" || completion == "incomplete")
        return PageState::incomplete;
    return PageState::not_attempted;
}

std::optional<std::int64_t> score_in(std::vector<PackageData> const& data, Problems& problems)
{
    std::optional<std::int64_t> score;
    for (auto const name : {"cmi.core.score.raw", "cmi.score.raw", "cmi.score.scaled"}) {
        auto const text = value_of(data, name);
        if (text.empty())
            continue;
        auto const number = decimal_in(text);
        if (!number)
            problems.push_back({"/data", "score", {"得分应为数字。", "A score must be a number."}});
        else if (!score)
            score = std::llround(*number * (std::string_view(name) == "cmi.score.scaled" ? 10'000 : 100));
    }
    return score;
}

} // namespace

PageReport report_of(std::vector<PackageData> const& data, Problems& problems)
{
    check(data, problems);
    return {state_in(data), score_in(data, problems)};
}

} // namespace concentric::learning
