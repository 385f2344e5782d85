#include "modules/rosters/rotation.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <ranges>
#include <set>
#include <tuple>

namespace concentric::rosters {
namespace {

bool holds(std::vector<std::int64_t> const& list, std::int64_t one) { return std::ranges::find(list, one) != list.end(); }

bool overlap(Turn const& one, Turn const& other)
{
    return one.day == other.day && one.from < other.until && other.from < one.until;
}

bool suits(Server const& server, Turn const& turn)
{
    return server.sort == turn.sort && !holds(server.blocked, weekday_of(turn.day));
}

bool collides(Server const& one, Server const& other, Turn const& wanted, Turn const& had)
{
    if (one.id == other.id && overlap(wanted, had))
        return true;
    bool const is_household = one.household != 0 && one.household == other.household;
    return is_household && week_of(wanted.day) == week_of(had.day);
}

class Sharing {
public:
    Sharing(std::vector<Server> const& servers, std::vector<Turn>& turns)
        : servers_(servers), turns_(turns), had_(servers.size()), order_(turns.size())
    {
        for (std::size_t i = 0; i < servers_.size(); ++i) {
            places_[servers_[i].id] = i;
            of_household_[key_of(servers_[i])].push_back(i);
        }
        for (std::size_t i = 0; i < turns_.size(); ++i) {
            order_[i] = i;
            if (auto const found = places_.find(turns_[i].server); turns_[i].server && found != places_.end())
                had_[found->second].push_back(i);
        }
        std::ranges::sort(order_, [&](auto a, auto b) {
            auto const& one = turns_[a];
            auto const& other = turns_[b];
            return std::tie(one.day, one.from, one.sort, one.id) < std::tie(other.day, other.from, other.sort, other.id);
        });
    }

    void run()
    {
        for (auto const turn : order_)
            if (!turns_[turn].server)
                fill(turn);
        for (auto const turn : order_)
            if (!turns_[turn].server)
                make_room(turn);
        while (even_out()) { }
    }

private:
    static std::pair<std::int64_t, std::int64_t> key_of(Server const& server)
    {
        return server.household ? std::pair{server.household, std::int64_t{0}} : std::pair{std::int64_t{0}, server.id};
    }

    std::int64_t load_of(std::size_t server) const
    {
        return servers_[server].turns + static_cast<std::int64_t>(had_[server].size());
    }

    bool can_take(std::size_t server, std::size_t turn) const
    {
        if (!suits(servers_[server], turns_[turn]))
            return false;
        return std::ranges::none_of(of_household_.at(key_of(servers_[server])), [&](auto other) {
            return std::ranges::any_of(had_[other],
                [&](auto had) { return had != turn && collides(servers_[server], servers_[other], turns_[turn], turns_[had]); });
        });
    }

    std::int64_t last_day_before(std::size_t server, std::int64_t day) const
    {
        std::int64_t last = 0;
        for (auto const had : had_[server])
            if (turns_[had].day <= day)
                last = std::max(last, turns_[had].day);
        return last;
    }

    void fill(std::size_t turn)
    {
        using Rank = std::tuple<std::int64_t, bool, std::int64_t, std::int64_t>;
        std::optional<std::pair<Rank, std::size_t>> best;
        for (std::size_t i = 0; i < servers_.size(); ++i) {
            if ((best && load_of(i) > std::get<0>(best->first)) || !can_take(i, turn))
                continue;
            Rank const rank{load_of(i), !holds(servers_[i].wished, weekday_of(turns_[turn].day)),
                last_day_before(i, turns_[turn].day), servers_[i].id};
            if (!best || rank < best->first)
                best = {rank, i};
        }
        if (best)
            give(turn, best->second);
    }

    void give(std::size_t turn, std::size_t server)
    {
        if (turns_[turn].server)
            std::erase(had_[places_.at(turns_[turn].server)], turn);
        turns_[turn].server = servers_[server].id;
        had_[server].push_back(turn);
    }

    // A gap whose suitable people are all taken that week: one of them hands another turn on first.
    void make_room(std::size_t gap)
    {
        for (std::size_t i = 0; i < servers_.size(); ++i) {
            if (!suits(servers_[i], turns_[gap]))
                continue;
            for (auto const turn : std::vector(had_[i])) {
                if (turns_[turn].is_fixed || !hand_on(turn, i, gap))
                    continue;
                return;
            }
        }
    }

    bool hand_on(std::size_t turn, std::size_t from, std::size_t gap)
    {
        for (std::size_t to = 0; to < servers_.size(); ++to) {
            if (to == from || !can_take(to, turn))
                continue;
            give(turn, to);
            if (can_take(from, gap)) {
                give(gap, from);
                return true;
            }
            give(turn, from);
        }
        return false;
    }

    // One chain from somebody with many turns to somebody with at least two fewer: each hands one on to the next.
    bool even_out()
    {
        std::vector<std::size_t> heavy(servers_.size());
        for (std::size_t i = 0; i < heavy.size(); ++i)
            heavy[i] = i;
        std::ranges::sort(heavy, [&](auto a, auto b) {
            return std::pair{-load_of(a), servers_[a].id} < std::pair{-load_of(b), servers_[b].id};
        });
        std::set<std::size_t> hopeless; // whom a chain reached that ended nowhere: theirs would end nowhere either
        return std::ranges::any_of(heavy, [&](auto server) { return !hopeless.contains(server) && relieve(server, hopeless); });
    }

    struct Step {
        std::size_t from = 0, turn = 0;
    };

    bool relieve(std::size_t start, std::set<std::size_t>& hopeless)
    {
        std::map<std::size_t, Step> came;
        std::deque<std::size_t> waiting{start};
        while (!waiting.empty()) {
            auto const from = waiting.front();
            waiting.pop_front();
            for (auto const turn : std::vector(had_[from])) {
                if (turns_[turn].is_fixed)
                    continue;
                for (std::size_t to = 0; to < servers_.size(); ++to) {
                    if (to == start || came.contains(to) || !can_take(to, turn))
                        continue;
                    came[to] = {from, turn};
                    if (load_of(to) + 2 <= load_of(start) && walk(start, to, came))
                        return true;
                    waiting.push_back(to);
                }
            }
        }
        for (auto const& [reached, step] : came)
            hopeless.insert(reached);
        return false;
    }

    // From its end, so that each has room before it is asked. Two of one household in the chain may still be in each other's way.
    bool walk(std::size_t start, std::size_t end, std::map<std::size_t, Step> const& came)
    {
        std::vector<Step> done;
        for (auto to = end; to != start;) {
            auto const step = came.at(to);
            if (!can_take(to, step.turn)) {
                for (auto const& back : done | std::views::reverse)
                    give(back.turn, back.from);
                return false;
            }
            give(step.turn, to);
            done.push_back(step);
            to = step.from;
        }
        return true;
    }

    std::vector<Server> const& servers_;
    std::vector<Turn>& turns_;
    std::vector<std::vector<std::size_t>> had_; // turns of each server
    std::map<std::pair<std::int64_t, std::int64_t>, std::vector<std::size_t>> of_household_;
    std::map<std::int64_t, std::size_t> places_; // of servers by id
    std::vector<std::size_t> order_;
};

} // namespace

void share_out(std::vector<Server> const& servers, std::vector<Turn>& turns) { Sharing(servers, turns).run(); }

bool may_take(std::vector<Server> const& servers, std::vector<Turn> const& turns, std::size_t server, std::size_t turn)
{
    if (!suits(servers[server], turns[turn]))
        return false;
    return std::ranges::none_of(turns, [&](auto const& had) {
        auto const holder = std::ranges::find(servers, had.server, &Server::id);
        return had.server && had.id != turns[turn].id && holder != servers.end()
            && collides(servers[server], *holder, turns[turn], had);
    });
}

} // namespace concentric::rosters
