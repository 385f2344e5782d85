#include "modules/activities/announcing.hpp"
#include "modules/activities/happenings.hpp"
#include "modules/activities/notices.hpp"

namespace concentric::activities {

void cancel_for(Call& call, ActivityId id, std::string const& reason)
{
    auto cancelled = held_activity(call, id);
    cancelled.reason = reason;
    if (call.db.execute("UPDATE activities SET state = 'cancelled', reason = $3, version = version + 1 WHERE county = $1 AND id = "
                        "$2 AND state = 'announced'",
            call.county, id, reason)
        == 0)
        return;
    notify(call, cancelled, ActivityNoticeKind::cancelled, people_to_tell(call, id, Whom::coming_or_waiting));
    call.events.publish(call, ActivityCancelled{id, reason});
}

void remove_leader(Call& call, ActivityId id, PersonId leader)
{
    call.db.execute("DELETE FROM activity_parties WHERE county = $1 AND activity = $2 AND part = 'leader' AND party = $3",
        call.county, id, leader);
}

std::vector<Stretch> led_by(Call& call, PersonId person, Instant from, ActivityId except)
{
    std::vector<Stretch> led;
    for (auto const& row :
        call.db.rows<ActivityRow>(
            "SELECT a.* FROM activity_parties p JOIN activities a ON a.county = p.county AND a.id = p.activity WHERE p.county = $1 "
            "AND p.party = $2 AND p.part = 'leader' AND a.state <> 'cancelled' AND a.ends_at > $3 AND a.id <> $4",
            call.county, person, from, except))
        led.push_back({row.starts_at, row.ends_at});
    return led;
}

} // namespace concentric::activities
