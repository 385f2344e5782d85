#include "modules/activities/agenda.hpp"

#include "modules/activities/access.hpp"

#include <fmt/format.h>

namespace concentric::activities {
namespace {

using directory::Happening;
using directory::HappeningKind;

constexpr std::int64_t longest_event = 31LL * 24 * 60 * 60 * 1000; // announcing allows no longer one

struct AgendaRow {
    ActivityId id;
    std::string kind, title, place;
    ActivityState state = ActivityState::announced;
    std::int64_t version = 0;
    PersonId person, student;
    Instant starts_at, ends_at;
    bool is_waiting = false;
};
BOOST_DESCRIBE_STRUCT(AgendaRow, (), (id, kind, title, place, state, version, person, student, starts_at, ends_at, is_waiting))

HappeningKind kind_of(ActivityKind const* kind)
{
    if (kind && kind->has_slots())
        return HappeningKind::consultation;
    return kind && kind->name == "live" ? HappeningKind::live : HappeningKind::activity;
}

Happening happening_of(AgendaRow const& row)
{
    Happening one;
    one.kind = kind_of(find_kind(row.kind));
    one.id = fmt::format("activity-{}", row.id.value);
    one.title = row.title;
    one.person = row.person;
    one.child = row.student;
    one.from = row.starts_at;
    one.until = row.ends_at;
    one.place = row.place;
    one.link = fmt::format("/activities/{}", row.id.value);
    one.sequence = row.version;
    one.is_called_off = row.state == ActivityState::cancelled;
    one.is_binding = !row.is_waiting && !one.is_called_off;
    one.is_waiting = row.is_waiting && !one.is_called_off;
    one.is_confidential = one.kind == HappeningKind::consultation;
    return one;
}

std::vector<AgendaRow> taken_part_in(Call& call, directory::HappeningsAsked const& asked)
{
    return call.db.rows<AgendaRow>(
        "SELECT a.id, a.kind, a.title, a.place, a.state, a.version, m.person, m.student, CASE WHEN m.starts_at > 0 THEN "
        "m.starts_at ELSE "
        "a.starts_at END AS starts_at, CASE WHEN m.ends_at > 0 THEN m.ends_at ELSE a.ends_at END AS ends_at, m.is_waiting FROM "
        "(SELECT s.activity, s.person, s.student, 0 AS starts_at, 0 AS ends_at, s.state = 'waiting' AS is_waiting FROM "
        "activity_sign_ups s "
        "WHERE s.county = $1 AND s.person ANY_OF($2) AND s.state <> 'cancelled' "
        "UNION ALL SELECT t.activity, t.person, t.student, t.starts_at, t.ends_at, FALSE FROM activity_slots t "
        "WHERE t.county = $1 AND t.person ANY_OF($2) AND t.person <> 0 "
        "UNION ALL SELECT p.activity, p.party, 0, 0, 0, FALSE FROM activity_parties p "
        "WHERE p.county = $1 AND p.party ANY_OF($2) AND p.part = 'leader') m "
        "JOIN activities a ON a.county = $1 AND a.id = m.activity WHERE a.starts_at < $4 AND a.ends_at > $3 "
        "ORDER BY a.starts_at, a.id",
        call.county, db::IntegerList{asked.people}, asked.from, asked.until);
}

std::vector<AgendaRow> open_to_viewer(Call& call, directory::HappeningsAsked const& asked)
{
    auto const own = belonging_of(call);
    auto rows = call.db.rows<AgendaRow>(
        "SELECT a.id, a.kind, a.title, a.place, a.state, a.version, a.starts_at, a.ends_at "
        "FROM activities a WHERE a.county = $1 AND a.starts_at > $2 AND a.starts_at < $3 AND a.ends_at > $4 AND a.state <> "
        "'cancelled' AND a.needs_sign_up = FALSE AND EXISTS (SELECT 1 FROM activity_parties p WHERE p.county = a.county AND "
        "p.activity = a.id AND p.part = 'audience' AND ((a.audience IN ('staff', 'everybody') AND p.party ANY_OF($5)) OR "
        "(a.audience <> 'staff' AND p.party ANY_OF($6)))) ORDER BY a.starts_at, a.id",
        call.county, Instant{asked.from.milliseconds - longest_event}, asked.until, asked.from, db::IntegerList{own.posts},
        db::IntegerList{own.children});
    std::erase_if(rows, [](auto const& row) { return kind_of(find_kind(row.kind)) == HappeningKind::consultation; });
    return rows;
}

} // namespace

void add_happenings(Call& call, directory::HappeningsAsked const& asked)
{
    for (auto const& row : taken_part_in(call, asked))
        asked.items->push_back(happening_of(row));
    if (asked.only_binding)
        return;
    for (auto const& row : open_to_viewer(call, asked)) {
        asked.items->push_back(happening_of(row));
        asked.items->back().person = call.viewer.person;
        asked.items->back().is_binding = false;
    }
}

} // namespace concentric::activities
