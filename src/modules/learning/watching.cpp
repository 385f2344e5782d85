#include "modules/learning/watching.hpp"

#include "core/crypto_suite.hpp"

#include <algorithm>
#include <bit>
#include <tuple>

namespace concentric::learning {

WatchedSeconds::WatchedSeconds(std::int64_t length) : length_(length), bits_(static_cast<std::size_t>((length + 7) / 8), '\0') { }

WatchedSeconds::WatchedSeconds(std::int64_t length, std::string_view text) : WatchedSeconds(length)
{
    std::string stored;
    if (!crypto::decode_base64url(text, stored))
        return;
    std::copy_n(stored.begin(), std::min(stored.size(), bits_.size()), bits_.begin());
    if (auto const rest = length_ % 8; rest != 0)
        bits_.back() = static_cast<char>(static_cast<unsigned char>(bits_.back()) & ((1U << rest) - 1));
}

bool WatchedSeconds::has(std::int64_t second) const
{
    auto const byte = static_cast<unsigned char>(bits_[static_cast<std::size_t>(second / 8)]);
    return byte >> (second % 8) & 1U;
}

std::int64_t WatchedSeconds::count() const
{
    std::int64_t sum = 0;
    for (auto const byte : bits_)
        sum += std::popcount(static_cast<unsigned char>(byte));
    return sum;
}

std::int64_t WatchedSeconds::add(std::int64_t first, std::int64_t last, std::int64_t most)
{
    std::int64_t added = 0;
    for (auto second = std::max<std::int64_t>(first, 0); second < std::min(last, length_) && added < most; ++second)
        if (!has(second)) {
            bits_[static_cast<std::size_t>(second / 8)] |= static_cast<char>(1U << (second % 8));
            ++added;
        }
    return added;
}

std::string WatchedSeconds::text() const
{
    std::string out;
    crypto::append_base64url(out, bits_);
    return out;
}

void open_viewing(PersonClock& clock, ViewingId viewing, UnitId unit, Instant now)
{
    auto const from = std::max(clock.used_until, now);
    clock = {viewing, unit, from, -1, -1, from};
}

// Both ends are rounded, so that stretches that touch share no second and lose none, wherever a player was paused.
static std::int64_t second_at(std::int64_t ms) { return (ms + 500) / 1000; }

static bool is_possible(Beat const& beat, std::int64_t length)
{
    return beat.from_ms >= 0 && beat.from_ms < beat.to_ms && second_at(beat.from_ms) <= length;
}

Credit credit(PersonClock& clock, WatchedSeconds& watched, Beat beat, std::int64_t fastest, Instant now)
{
    if (beat.viewing != clock.viewing || beat.unit != clock.unit)
        return {BeatOutcome::elsewhere, 0, beat.from_ms};
    bool const is_again = beat.from_ms == clock.last_from && beat.to_ms == clock.last_to;
    auto const speed = std::clamp<std::int64_t>(beat.speed, 1, fastest);
    auto const used = std::max(clock.used_until.milliseconds, now.milliseconds - longest_beat);
    auto const allowed = std::max<std::int64_t>(now.milliseconds - used, 0) * speed / 100;
    if (!is_possible(beat, watched.length()) || (!is_again && beat.to_ms - beat.from_ms > allowed + slack))
        return {BeatOutcome::refused, 0, beat.to_ms};

    auto const first = second_at(beat.from_ms), last = std::min(second_at(beat.to_ms), watched.length());
    auto const added = is_again ? 0 : watched.add(first, last, allowed / 1000);
    std::optional<ledger::Stretch> sitting;
    if (added > 0) {
        if (used > clock.used_until.milliseconds) {
            if (clock.since < clock.used_until)
                sitting = {clock.since, clock.used_until};
            clock.since = {used};
        }
        clock.used_until = {used + (added * 100'000 + speed - 1) / speed};
        clock.last_from = beat.from_ms;
        clock.last_to = beat.to_ms;
    }
    auto end = first;
    while (end < last && watched.has(end))
        ++end;
    return {BeatOutcome::credited, added, end >= last ? beat.to_ms : end * 1000, sitting};
}

bool comes_before(Beat const& one, Beat const& other)
{
    auto const key = [](Beat const& beat) { return std::tuple(beat.viewing, beat.unit, beat.from_ms, beat.to_ms, beat.speed); };
    return key(one) < key(other);
}

bool is_complete(std::int64_t seconds, std::int64_t length, std::int64_t share) { return seconds * 100 >= length * share; }

std::int64_t minutes_gained(std::int64_t before, std::int64_t lesson) { return (before + lesson) / 60 - before / 60; }

} // namespace concentric::learning
