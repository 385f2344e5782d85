#pragma once

#include "core/jobs.hpp"

#include <fmt/format.h>

#include <condition_variable>
#include <thread>

// Tells whoever waits for a long command once a second how far it is.
namespace concentric::commands {

class Teller {
public:
    explicit Teller(Progress const& progress)
        : thread_([this, &progress] {
              std::unique_lock lock(mutex_);
              while (!ended_.wait_for(lock, std::chrono::seconds(1), [this] { return over_; }))
                  fmt::print(stderr, "{} / {}\n", progress.done(), progress.total());
          })
    {
    }
    ~Teller()
    {
        {
            std::lock_guard const lock(mutex_);
            over_ = true;
        }
        ended_.notify_one();
        thread_.join();
    }
    Teller(Teller const&) = delete;
    Teller& operator=(Teller const&) = delete;

private:
    std::mutex mutex_;
    std::condition_variable ended_;
    bool over_ = false;
    std::thread thread_;
};

} // namespace concentric::commands
