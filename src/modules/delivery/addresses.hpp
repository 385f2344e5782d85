#pragma once

#include "modules/delivery/channels.hpp"

#include <set>
#include <unordered_map>

// By which ways each person can be reached: bound to WeChat, known to WeCom, a telephone number, a confirmed e-mail address.
namespace concentric::delivery {

struct Ways {
    std::array<std::string, every_channel.size()> addresses; // "" where there is none
    std::array<bool, every_channel.size()> refused{}; // for digests
    std::string const& at(Channel channel) const { return addresses[place_of(channel)]; }
};

// Of the channels that are set up. WeCom may be asked for staff that nobody looked for yet only outside of any transaction.
enum class Asking { allowed, forbidden };
std::unordered_map<PersonId, Ways> ways_of(Call&, std::span<std::int64_t const> people, Asking);

// The first channel from `step` on by which these ways lead to the person.
enum class Kind { urgent, digest };
std::optional<Channel> next_channel(Ways const&, std::int64_t step, Kind);

// For statements: a condition that the person in this column is reached by no channel that is set up.
std::string is_beyond_reach(std::string_view county, std::string_view column);

} // namespace concentric::delivery
