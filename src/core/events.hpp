#pragma once

#include <functional>
#include <typeindex>
#include <unordered_map>
#include <vector>

// How a lower module tells upper ones what happened, within the same transaction. The list of who listens is in modules/all.cpp.
namespace concentric {

struct Call;

class Events {
public:
    // `listener` is called with (Call&, Event const&).
    template <class Event, class Listener> void subscribe(Listener listener)
    {
        listeners_[typeid(Event)].push_back(
            [listener](Call& call, void const* event) { listener(call, *static_cast<Event const*>(event)); });
    }

    // A listener that throws ends the whole transaction.
    template <class Event> void publish(Call& call, Event const& event) const
    {
        auto const found = listeners_.find(typeid(Event));
        if (found == listeners_.end())
            return;
        for (auto const& listener : found->second)
            listener(call, &event);
    }

private:
    std::unordered_map<std::type_index, std::vector<std::function<void(Call&, void const*)>>> listeners_;
};

} // namespace concentric
