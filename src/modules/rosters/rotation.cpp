#include "modules/rosters/rotation.hpp"

#include <algorithm>
#include <deque>
#include <limits>
#include <map>
#include <optional>
#include <ranges>
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
        for (std::size_t i = 0; i < servers_.size(); ++i)
            places_[servers_[i].id] = i;
        for (std::size_t i = 0; i < turns_.size(); ++i) {
            order_[i] = i;
            if (auto const found = places_.find(turns_[i].server); turns_[i].server && found != places_.end())
                give(i, found->second);
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
        std::vector<bool> hopeless(turns_.size());
        for (auto const turn : order_)
            if (!turns_[turn].server)
                rearrange(turn, std::numeric_limits<std::int64_t>::max(), hopeless);
        while (even_out()) { }
    }

private:
    using Week = std::tuple<std::int64_t, std::int64_t, std::int64_t>; // household or server, and week

    static Week week_of_turn(Server const& server, Turn const& turn)
    {
        auto const week = week_of(turn.day);
        return server.household ? Week{server.household, 0, week} : Week{0, server.id, week};
    }

    std::int64_t load_of(std::size_t server) const
    {
        return servers_[server].turns + static_cast<std::int64_t>(had_[server].size());
    }

    // Turns that somebody, or whoever is of the same household, cannot have beside this one.
    std::vector<std::size_t> in_the_way(std::size_t server, std::size_t turn) const
    {
        std::vector<std::size_t> found;
        auto const week = taken_.find(week_of_turn(servers_[server], turns_[turn]));
        if (week == taken_.end())
            return found;
        for (auto const had : week->second)
            if (had != turn && collides(servers_[server], servers_[places_.at(turns_[had].server)], turns_[turn], turns_[had]))
                found.push_back(had);
        return found;
    }

    bool can_take(std::size_t server, std::size_t turn) const
    {
        return suits(servers_[server], turns_[turn]) && in_the_way(server, turn).empty();
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
        turns_[turn].server = servers_[server].id;
        had_[server].push_back(turn);
        taken_[week_of_turn(servers_[server], turns_[turn])].push_back(turn);
    }

    std::size_t take_away(std::size_t turn)
    {
        auto const server = places_.at(turns_[turn].server);
        std::erase(had_[server], turn);
        std::erase(taken_[week_of_turn(servers_[server], turns_[turn])], turn);
        turns_[turn].server = 0;
        return server;
    }

    // One turn leaves whoever has the most, if a chain of turns leads from it to somebody with at least two fewer.
    bool even_out()
    {
        std::vector<std::size_t> heavy(servers_.size());
        for (std::size_t i = 0; i < heavy.size(); ++i)
            heavy[i] = i;
        std::ranges::sort(heavy, [&](auto a, auto b) {
            return std::pair{-load_of(a), servers_[a].id} < std::pair{-load_of(b), servers_[b].id};
        });
        std::vector<bool> hopeless(turns_.size());
        return std::ranges::any_of(heavy, [&](auto server) { return relieve(server, hopeless); });
    }

    bool relieve(std::size_t server, std::vector<bool>& hopeless)
    {
        auto const most = load_of(server) - 2;
        for (auto const turn : std::vector(had_[server])) {
            if (turns_[turn].is_fixed || hopeless[turn])
                continue;
            take_away(turn);
            if (rearrange(turn, most, hopeless))
                return true;
            give(turn, server);
        }
        return false;
    }

    struct Step {
        std::size_t turn = 0, server = 0; // the turn that takes another's place, with the server it goes to
    };

    // Finds a server for a turn without one: somebody free, with at most so many turns; or somebody who hands another turn on for
    // it, the one that is in the way or, where none is, any, which then looks for a server in the same manner. Each turn is looked
    // at once, so the search is as long as turns times servers, and it finds a chain wherever there is one (augmenting paths in a
    // network, Berge 1957).
    bool rearrange(std::size_t start, std::int64_t most, std::vector<bool>& hopeless)
    {
        auto seen = hopeless;
        seen[start] = true;
        std::map<std::size_t, Step> displaced;
        std::deque<std::size_t> waiting{start};
        while (!waiting.empty()) {
            auto const turn = waiting.front();
            waiting.pop_front();
            for (std::size_t to = 0; to < servers_.size(); ++to) {
                if (!suits(servers_[to], turns_[turn]) || comes_back(turn, to, displaced))
                    continue;
                auto const others = in_the_way(to, turn);
                if (others.empty() && load_of(to) <= most && walk({turn, to}, start, displaced))
                    return true;
                if (others.size() > 1)
                    continue;
                for (auto const other : others.empty() ? had_[to] : others) {
                    if (seen[other] || turns_[other].is_fixed)
                        continue;
                    seen[other] = true;
                    displaced[other] = {turn, to};
                    waiting.push_back(other);
                }
            }
        }
        hopeless = seen; // what was reached by a search that found nobody, none after it needs to reach
        return false;
    }

    // To whoever had it, or into the week of a household where the turn that displaced it is to stand.
    bool comes_back(std::size_t turn, std::size_t to, std::map<std::size_t, Step> const& displaced) const
    {
        auto const step = displaced.find(turn);
        if (step == displaced.end())
            return false;
        auto const& [other, server] = step->second;
        return turns_[turn].server == servers_[to].id
            || week_of_turn(servers_[server], turns_[other]) == week_of_turn(servers_[to], turns_[turn]);
    }

    // From the end of the chain, so that each has room before its turn comes. Turns of somebody without a household that overlap in
    // part may still be in each other's way: then nothing changes.
    bool walk(Step last, std::size_t start, std::map<std::size_t, Step> const& displaced)
    {
        std::vector<Step> undo;
        for (auto step = last;; step = displaced.at(step.turn)) {
            if (!can_take(step.server, step.turn)) {
                for (auto const& back : undo | std::views::reverse) {
                    take_away(back.turn);
                    give(back.turn, back.server);
                }
                return false;
            }
            if (step.turn == start) {
                give(start, step.server);
                return true;
            }
            undo.push_back({step.turn, take_away(step.turn)});
            give(step.turn, step.server);
        }
    }

    std::vector<Server> const& servers_;
    std::vector<Turn>& turns_;
    std::vector<std::vector<std::size_t>> had_; // turns of each server
    std::map<Week, std::vector<std::size_t>> taken_;
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
