#include "modules/activities/holding.hpp"

#include "modules/activities/access.hpp"
#include "modules/activities/closing.hpp"
#include "modules/activities/happenings.hpp"

namespace concentric::activities {

void hold_for(Call& call, ActivityId id, Stretch time, std::span<PersonId const> present)
{
    require_announced(run_activity(call, id));
    move_for(call, id, time);
    // What an earlier closing left, where it was taken back to be corrected.
    call.db.execute("DELETE FROM activity_presence WHERE county = $1 AND activity = $2 AND source = 'list'", call.county, id);
    std::vector<PresenceRow> rows;
    for (auto const person : present)
        rows.push_back(
            {call.county, id, person, PresenceSource::list, 0, {}, time.from, time.until, {}, call.viewer.person, call.now});
    call.db.load("activity_presence", rows);
    close_activity(call, {id});
}

void move_for(Call& call, ActivityId id, Stretch time)
{
    call.db.execute("UPDATE activities SET starts_at = $3, ends_at = $4, version = version + 1 WHERE county = $1 AND id = $2 AND "
                    "state = 'announced'",
        call.county, id, time.from, time.until);
}

void lead_for(Call& call, ActivityId id, PersonId leader)
{
    call.db.execute("DELETE FROM activity_parties WHERE county = $1 AND activity = $2 AND part = 'leader'", call.county, id);
    call.db.insert("activity_parties", PartyRow{call.county, id, Part::leader, leader.value});
}

bool leads_on(Call& call, PersonId leader, PersonId student, std::string const& class_path, Day day)
{
    return call.db
        .value<bool>(
            "SELECT TRUE AS value FROM activity_parties l JOIN activities a ON a.county = l.county AND a.id = l.activity WHERE "
            "l.county = $1 AND l.party = $2 AND l.part = 'leader' AND a.state <> 'cancelled' AND a.kind <> 'drill' AND a.audience "
            "<> "
            "'staff' AND a.starts_at < $5 AND a.ends_at >= $4 AND (EXISTS (SELECT 1 FROM activity_sign_ups s WHERE s.county = "
            "a.county AND "
            "s.activity = a.id AND s.student = $3 AND s.state = 'placed') OR (a.audience = 'pupils' AND a.needs_sign_up = FALSE "
            "AND EXISTS (SELECT 1 FROM activity_parties p JOIN organisations u ON u.county = p.county AND u.id = p.party WHERE "
            "p.county = a.county AND p.activity = a.id AND p.part = 'audience' AND $6 LIKE u.path || '%'))) LIMIT 1",
            call.county, leader, student, start_of(day), start_of(plus_days(day, 1)), class_path)
        .has_value();
}

} // namespace concentric::activities
