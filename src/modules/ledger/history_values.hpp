#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

// Reads how long and when, as people write it in tables.
namespace concentric::ledger {

enum class AmountUnit { none, minutes, hours, credit_hours, times };
struct Amount {
    double number = 0;
    AmountUnit unit = AmountUnit::none;
    bool operator==(Amount const&) const = default;
};
// "1.5", "1.5小时", "90 分钟", "２次". Nothing for other text.
std::optional<Amount> read_amount(std::string_view written);

struct TimesOfDay {
    std::int64_t start = 0; // minutes since midnight
    std::int64_t minutes = 0; // until the end; 0 where none is written
};
// "14:00", "14:00-15:30", "8：30至9：10". Nothing for other text, or an end that is not after the start.
std::optional<TimesOfDay> read_times(std::string_view written);

} // namespace concentric::ledger
