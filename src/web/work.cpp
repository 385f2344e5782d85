#include "web/work.hpp"

#include <algorithm>

namespace concentric::web {

bool is_fault(std::exception_ptr const& error, db::Fault wanted)
{
    if (!error)
        return false;
    try {
        std::rethrow_exception(error);
    } catch (db::Error const& fault) {
        return fault.fault == wanted;
    } catch (...) {
        return false;
    }
}

bool WorkQueue::offer(WorkPointer& work)
{
    bool wake = false;
    {
        std::lock_guard const lock(mutex_);
        if (is_closed_ || works_.size() >= most_)
            return false;
        works_.push_back(std::move(work));
        wake = sleeping_ > 0;
    }
    if (wake)
        came_.notify_one();
    return true;
}

std::vector<WorkPointer> WorkQueue::take(std::size_t most, std::size_t takers)
{
    std::unique_lock lock(mutex_);
    ++sleeping_;
    came_.wait(lock, [this] { return is_closed_ || !works_.empty(); });
    --sleeping_;
    return take_front(std::min(most, (works_.size() + takers - 1) / takers));
}

std::vector<WorkPointer> WorkQueue::take_now(std::size_t most)
{
    std::lock_guard const lock(mutex_);
    return take_front(most);
}

std::vector<WorkPointer> WorkQueue::take_front(std::size_t most)
{
    auto const end = works_.begin() + static_cast<std::ptrdiff_t>(std::min(most, works_.size()));
    std::vector<WorkPointer> taken(std::make_move_iterator(works_.begin()), std::make_move_iterator(end));
    works_.erase(works_.begin(), end);
    return taken;
}

void WorkQueue::close()
{
    {
        std::lock_guard const lock(mutex_);
        is_closed_ = true;
    }
    came_.notify_all();
}

std::size_t WorkQueue::size() const
{
    std::lock_guard const lock(mutex_);
    return works_.size();
}

} // namespace concentric::web
