#pragma once

#include "core/jobs.hpp"
#include "modules/activities/place_rules.hpp"

// Who has a place and who waits, as the database has it. Each of these is for an event that is held.
namespace concentric::activities {

// People who are counted alike.
struct Counted {
    std::int64_t quota = 0, rank = 0;
    bool had_turn = false, is_placed = false, is_offered = false;
    std::int64_t people = 0;
};
BOOST_DESCRIBE_STRUCT(Counted, (), (quota, rank, had_turn, is_placed, is_offered, people))

// The places of one event while people come to it.
class Places {
public:
    Places(Call&, ActivityRow const&);

    PlaceRulesRow const& rules() const { return rules_; }
    std::vector<QuotaRow> const& quotas() const { return quotas_; }
    Room room() const;
    void add(SignUpRow const&);
    // How many of those who wait stand before somebody who waits, for places that they may have too.
    std::int64_t ahead_of(SignUpRow const&) const;
    bool has_offers() const;
    // Some of those who wait may have a place by now.
    bool has_room_for_waiting() const;
    std::int64_t placed() const, waiting() const;

private:
    std::int64_t capacity_;
    PlaceRulesRow rules_;
    std::vector<QuotaRow> quotas_;
    std::vector<Counted> counted_;
};

// Ends offers that nobody answered, releases quotas whose day has come, and gives free places to those who wait, or offers them.
// Nobody gets one once the event has begun. Everything that changes places ends with it, so that the same is found whenever one
// looks. Gives what is left.
Places settle_places(Call&, ActivityRow const&);

// Places held or taken, by quota.
std::map<std::int64_t, std::int64_t> taken_by_quota(Call&, ActivityId);
// Those of these people who have had a turn: a place at another event with limited places of this organiser within the term.
std::vector<std::int64_t> people_with_a_turn(Call&, ActivityRow const&, std::vector<std::int64_t> const& people);
// How many stand before somebody who waits already, as Places::ahead_of counts them.
std::int64_t people_ahead_of(Call&, SignUpRow const&);
// For a statement about sign-ups s: the same.
extern std::string const ahead_in_line;
// Adds rows or replaces what the same people had before.
void store_sign_ups(Call&, std::vector<SignUpRow> const&);

inline constexpr std::string_view offer_job = "activities.offers";
void handle_offer_job(Jobs&);
// What the job does for one county at the call's moment. Gives the number of events that it looked after.
std::int64_t settle_due(Call&);

} // namespace concentric::activities
