#include "web/rate_limit.hpp"

#include <algorithm>
#include <cmath>

namespace concentric::web {

static constexpr std::size_t most_buckets = 50'000;

int RateLimit::wait_for(std::string const& key, std::chrono::steady_clock::time_point now)
{
    double const full = std::max(per_minute_ / 2, 1.0);
    std::lock_guard const lock(mutex_);
    if (buckets_.size() >= most_buckets)
        forget_idle(now);
    auto& bucket = buckets_.try_emplace(key, Bucket{full, now}).first->second;
    auto const minutes = std::chrono::duration<double, std::ratio<60>>(now - bucket.filled).count();
    bucket = {std::min(full, bucket.tokens + minutes * per_minute_), now};
    if (bucket.tokens < 1)
        return static_cast<int>(std::ceil((1 - bucket.tokens) / per_minute_ * 60));
    bucket.tokens -= 1;
    return 0;
}

// A bucket that has had time to fill up is as good as a new one; where even that frees nothing, memory goes before justice.
void RateLimit::forget_idle(std::chrono::steady_clock::time_point now)
{
    std::erase_if(buckets_, [now](auto const& each) { return now - each.second.filled > std::chrono::seconds(30); });
    if (buckets_.size() >= most_buckets)
        buckets_.clear();
}

} // namespace concentric::web
