#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

// Figures of the running server for those who watch over it, in the text format of Prometheus.
namespace concentric {

// How long things take, in steps from half a millisecond to ten seconds.
class Histogram {
public:
    static constexpr std::array<double, 13> bounds{
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10}; // seconds
    void add(std::chrono::nanoseconds took);

private:
    friend class Exposition;
    std::array<std::atomic<std::uint64_t>, bounds.size() + 1> counts_{};
    std::atomic<std::uint64_t> nanoseconds_{0};
};

enum class MetricKind { counter, gauge, histogram };

// Writes the text: family() names a figure, the samples of that figure follow. `labels` is empty or such as `lane="read"`.
class Exposition {
public:
    void family(std::string_view name, MetricKind kind, std::string_view help);
    void sample(std::string_view labels, double value);
    void sample(std::string_view labels, Histogram const& histogram);
    std::string take() { return std::move(text_); }

private:
    void line(std::string_view suffix, std::string_view labels, double value);
    std::string text_;
    std::string name_;
};

// The memory that the process holds now, in bytes.
std::uint64_t resident_bytes();

} // namespace concentric
