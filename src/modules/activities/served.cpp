#include "modules/activities/served.hpp"

#include "modules/activities/attendance.hpp"

namespace concentric::activities {
namespace {

constexpr std::string_view served_columns
    = "SELECT r.activity, r.person, CASE WHEN r.from_at < a.starts_at THEN a.starts_at ELSE r.from_at END AS from_at, "
      "CASE WHEN r.until_at > a.ends_at THEN a.ends_at ELSE r.until_at END AS until_at, r.source, a.title, o.name AS "
      "organiser_name, a.organiser, a.resource FROM activity_presence r JOIN activities a ON a.county = r.county AND a.id = "
      "r.activity ";

std::vector<Served> sound(std::vector<Served> rows)
{
    std::erase_if(rows, [](auto const& row) { return row.until_at <= row.from_at; });
    return rows;
}

} // namespace

std::vector<Served> served_by(Call& call, std::vector<std::int64_t> const& people, Stretch time)
{
    static std::string const sql = std::string(served_columns) + organiser_join()
        + " WHERE r.county = $1 AND r.person ANY_OF($2) AND r.from_at < $4 AND r.until_at > $3 AND a.state = 'closed' AND a.kind "
          "LIKE 'service.%' ORDER BY r.person, from_at, r.activity";
    return sound(call.db.rows<Served>(sql, call.county, db::IntegerList{people}, time.from, time.until));
}

std::vector<Served> served_at(Call& call, ActivityId id)
{
    static std::string const sql
        = std::string(served_columns) + organiser_join() + " WHERE r.county = $1 AND r.activity = $2 ORDER BY r.person, from_at";
    return sound(call.db.rows<Served>(sql, call.county, id));
}

void set_time(Call& call, OwnedActivity const& activity, PersonId person, std::optional<Stretch> time)
{
    call.db.execute(
        "DELETE FROM activity_presence WHERE county = $1 AND activity = $2 AND person = $3", call.county, activity.id, person);
    if (time)
        note_presence(call,
            {call.county, activity.id, person, PresenceSource::list, 0, person, time->from, time->until, {}, call.viewer.person,
                call.now});
}

std::vector<std::int64_t> bases_of_service(Call& call)
{
    return call.db.values<std::int64_t>(
        "SELECT DISTINCT CASE WHEN resource <> 0 THEN resource ELSE organiser END AS value FROM activities WHERE county = $1 AND "
        "kind LIKE 'service.%' AND state <> 'cancelled' ORDER BY value",
        call.county);
}

bool has_result(Call& call, ActivityId id, PersonId person)
{
    return call.db
        .value<bool>("SELECT TRUE AS value FROM activity_results WHERE county = $1 AND activity = $2 AND person = $3", call.county,
            id, person)
        .has_value();
}

} // namespace concentric::activities
