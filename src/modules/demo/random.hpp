#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <utility>

// Chance that falls the same way every time: on every machine, for the same seed and the same thing.
namespace concentric::demo {

// splitmix64. A thing draws from a stream of its own, so that more of one kind does not change what becomes of another.
class Random {
public:
    template <class... Key> explicit Random(std::uint64_t seed, Key... key) : state_(seed)
    {
        (mix(static_cast<std::uint64_t>(key)), ...);
    }

    std::uint64_t next()
    {
        auto z = state_ += 0x9E3779B97F4A7C15ULL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }
    // 0 to count - 1; count is at least 1 and far below 2^32, so that the remainder's favour for low numbers does not show.
    std::size_t below(std::size_t count) { return static_cast<std::size_t>((next() >> 32) % count); }
    // Both ends included.
    std::int64_t between(std::int64_t low, std::int64_t high)
    {
        return low + static_cast<std::int64_t>(below(static_cast<std::size_t>(high - low + 1)));
    }
    bool chance(double share) { return static_cast<double>(next() >> 11) * 0x1p-53 < share; }
    template <class List> auto const& pick(List const& list)
    {
        return *(std::begin(list) + static_cast<std::ptrdiff_t>(below(std::size(list))));
    }

    template <class List> void shuffle(List& list)
    {
        for (auto i = std::size(list); i > 1; --i)
            std::swap(list[i - 1], list[below(i)]);
    }

private:
    void mix(std::uint64_t key)
    {
        state_ ^= key;
        state_ = next();
    }

    std::uint64_t state_;
};

} // namespace concentric::demo
