#pragma once

#include <chrono>
#include <mutex>
#include <string>
#include <unordered_map>

// Keeps one stranger from asking so often that others wait.
namespace concentric::web {

// Each key (an address) may do `per_minute` things a minute on average, and half as many at once.
class RateLimit {
public:
    explicit RateLimit(std::int64_t per_minute) : per_minute_(static_cast<double>(per_minute)) { }

    // 0: go on. Else the seconds after which it is worth asking again.
    int wait_for(std::string const& key, std::chrono::steady_clock::time_point now);

private:
    struct Bucket {
        double tokens;
        std::chrono::steady_clock::time_point filled;
    };
    void forget_idle(std::chrono::steady_clock::time_point now);

    double const per_minute_;
    std::mutex mutex_;
    std::unordered_map<std::string, Bucket> buckets_;
};

} // namespace concentric::web
