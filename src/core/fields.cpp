#include "core/fields.hpp"

#include "core/id_time.hpp"
#include "lib/identity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <random>

namespace concentric {

reflect::Coding const id_coding{[](long long value, std::string& out) { fmt::format_to(std::back_inserter(out), "{}", value); },
    [](std::string_view text, long long& value) -> std::optional<Words> {
        auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error != std::errc() || end != text.data() + text.size() || value < 0 || text.empty())
            return Words{"编号不正确。", "This is not an identifier."};
        return std::nullopt;
    },
    R"({"type":"string","pattern":"^[0-9]{1,19}$"})"};

std::optional<Words> Phone::check(std::string_view text)
{
    auto const checked = lib::check_mobile_phone(text);
    if (checked && checked.number == text)
        return std::nullopt;
    return Words{"请填写 11 位手机号码。", "Give an 11-digit mobile number."};
}

std::optional<Words> IdentityNumber::check(std::string_view text)
{
    auto const checked = lib::check_citizen_number(text);
    if (checked && checked.number == text)
        return std::nullopt;
    if (checked.fault == lib::NumberFault::check_character)
        return Words{"身份证件号码不正确，请核对最后一位校验码。", "The identity number's check digit does not fit."};
    return Words{"身份证件号码不正确。", "This is not an identity number."};
}

std::int64_t new_id()
{
    // 42 bits of milliseconds since 2024, 9 bits of this process, 12 bits of counting: ids of one process never repeat and sort by
    // time.
    static std::int64_t const process = static_cast<std::int64_t>(std::random_device{}() & 0x1FF) << 12;
    static std::atomic<std::int64_t> last{0};
    auto const now = Clock().now().milliseconds - id_epoch;
    auto previous = last.load(std::memory_order_relaxed);
    for (;;) {
        // `last` holds milliseconds and counter without the process bits; counting past 4095 borrows from the next millisecond.
        auto const next = std::max(now << 12, previous + 1);
        if (last.compare_exchange_weak(previous, next, std::memory_order_relaxed))
            return ((next >> 12) << 21) | process | (next & 0xFFF);
    }
}

} // namespace concentric
