#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

// Shares the turns of a term out fairly: whoever has had the fewest is next. No database, no clock, no chance: the same question
// has the same answer.
namespace concentric::rosters {

// Somebody who serves. A household serves at most once a week; 0: is of none, such as a policeman, and only never in two places at
// a time.
struct Server {
    std::int64_t id = 0;
    std::string sort; // serves in places of this sort alone
    std::int64_t household = 0;
    std::vector<std::int64_t> wished, blocked; // weekdays, 1: Monday
    std::int64_t turns = 0; // had before, outside of these
};

// A place to be filled on a day.
struct Turn {
    std::int64_t id = 0;
    std::int64_t day = 0; // days since 1970
    std::int64_t from = 0, until = 0; // minutes of that day
    std::string sort;
    std::int64_t server = 0; // who has it already; 0: nobody
    bool is_fixed = false; // stays with its server whatever is fairer
};

inline std::int64_t weekday_of(std::int64_t day) { return ((day % 7) + 3) % 7 + 1; } // 1 January 1970 was a Thursday
inline std::int64_t week_of(std::int64_t day) { return (day + 3) / 7; }

// Fills as many as anybody could: where all who suit are taken that week, turns change hands along a chain until somebody is free.
// Turns that are not fixed may change hands. Those that nobody can take stay without a server.
//
// Then turns are evened out until no chain makes them more even, which is as even as they get. Wishes decide between people who are
// equal otherwise. (For people without a household whose turns overlap only in part, both are a good answer, not always the best.)
void share_out(std::vector<Server> const&, std::vector<Turn>&);

// Whether somebody may have this turn beside all others that they and their household have.
bool may_take(std::vector<Server> const&, std::vector<Turn> const&, std::size_t server, std::size_t turn);

} // namespace concentric::rosters
