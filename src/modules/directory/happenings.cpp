#include "modules/directory/happenings.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace concentric::directory {

std::vector<Happening> happenings(Call& call, HappeningsAsked asked)
{
    std::vector<Happening> items;
    asked.items = &items;
    call.events.publish(call, asked);
    // What binds stands before an invitation to the same.
    std::ranges::stable_sort(items, [](auto const& one, auto const& other) {
        return std::tuple(one.from, !one.is_binding, one.until) < std::tuple(other.from, !other.is_binding, other.until);
    });
    std::set<std::pair<std::string, PersonId>> known;
    std::erase_if(items, [&](auto const& one) { return !known.insert({one.id, one.person}).second; });
    return items;
}

std::vector<Happening> taken_times_of(Call const& call, PersonId person, Instant from, Instant until)
{
    Call theirs = call;
    theirs.viewer = {};
    theirs.viewer.person = person;
    auto items = happenings(theirs, {{person.value}, from, until, true, nullptr});
    std::erase_if(items, [](auto const& one) { return !one.is_binding || one.is_called_off; });
    return items;
}

} // namespace concentric::directory
