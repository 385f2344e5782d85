#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

// Who gets the places of an event: the rule by itself, without a database. A quota keeps places for those who fit it and lets no
// more of them in; the other places are for those who fit none. Once quotas are released all places are everybody's.
namespace concentric::activities {

// 0 is the quota of those who fit none.
class Room {
public:
    // Capacity 0: as many as come, where no quota says less. `quotas` by their numbers.
    Room(std::int64_t capacity, std::map<std::int64_t, std::int64_t> quotas, bool is_released);

    void take(std::int64_t quota, std::int64_t count = 1);
    // Whether all of these find a place together.
    bool fits(std::span<std::int64_t const> quotas) const;

private:
    bool is_whole() const { return is_released_ || quotas_.empty(); }
    std::int64_t places_of(std::int64_t quota) const;

    std::int64_t capacity_;
    std::map<std::int64_t, std::int64_t> quotas_;
    bool is_released_;
    std::map<std::int64_t, std::int64_t> taken_;
    std::int64_t all_taken_ = 0;
};

// Somebody on the waiting list, as SignUpRow has them.
struct Waiting {
    std::int64_t person = 0, quota = 0, rank = 0;
    bool had_turn = false;
    std::int64_t number = 0, together = 0;
};

// In the order in which they get places: whom the organiser moved to the front, who has not had a turn, who came first. Those who
// come together stand together, where the first of them came, and have had a turn when one of them has.
std::vector<std::vector<Waiting>> in_line(std::vector<Waiting>);

// Who gets a place now; takes them. Whoever comes together waits until all of them fit, and others who fit go before.
std::vector<Waiting> next_in_line(Room&, std::vector<Waiting>);

} // namespace concentric::activities
