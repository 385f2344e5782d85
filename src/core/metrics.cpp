#include "core/metrics.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

namespace concentric {

void Histogram::add(std::chrono::nanoseconds took)
{
    auto const seconds = std::chrono::duration<double>(took).count();
    auto const step = std::lower_bound(bounds.begin(), bounds.end(), seconds) - bounds.begin();
    counts_[static_cast<std::size_t>(step)].fetch_add(1, std::memory_order_relaxed);
    nanoseconds_.fetch_add(static_cast<std::uint64_t>(took.count()), std::memory_order_relaxed);
}

void Exposition::family(std::string_view name, MetricKind kind, std::string_view help)
{
    static constexpr std::string_view kinds[] = {"counter", "gauge", "histogram"};
    name_ = name;
    text_ += fmt::format("# HELP {} {}\n# TYPE {} {}\n", name, help, name, kinds[static_cast<int>(kind)]);
}

void Exposition::sample(std::string_view labels, double value) { line("", labels, value); }

void Exposition::sample(std::string_view labels, Histogram const& histogram)
{
    std::uint64_t sum = 0;
    auto const comma = labels.empty() ? "" : ",";
    for (std::size_t i = 0; i < Histogram::bounds.size(); ++i) {
        sum += histogram.counts_[i].load(std::memory_order_relaxed);
        line("_bucket", fmt::format("{}{}le=\"{}\"", labels, comma, Histogram::bounds[i]), static_cast<double>(sum));
    }
    sum += histogram.counts_.back().load(std::memory_order_relaxed);
    line("_bucket", fmt::format("{}{}le=\"+Inf\"", labels, comma), static_cast<double>(sum));
    line("_sum", labels, static_cast<double>(histogram.nanoseconds_.load(std::memory_order_relaxed)) / 1e9);
    line("_count", labels, static_cast<double>(sum));
}

void Exposition::line(std::string_view suffix, std::string_view labels, double value)
{
    auto const braced = labels.empty() ? std::string() : fmt::format("{{{}}}", labels);
    fmt::format_to(std::back_inserter(text_), "{}{}{} {}\n", name_, suffix, braced, value);
}

std::uint64_t resident_bytes()
{
    std::uint64_t total = 0, resident = 0;
    std::ifstream("/proc/self/statm") >> total >> resident;
    return resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

} // namespace concentric
