#include "modules/activities/views.hpp"

#include "modules/activities/travel.hpp"
#include "modules/activities/waiting.hpp"
#include "modules/directory/kinship.hpp"
#include "modules/directory/lookup.hpp"

namespace concentric::activities {
namespace {

struct Figures {
    ActivityId activity;
    std::int64_t placed = 0, waiting = 0, present = 0, slots = 0, booked = 0;
};
BOOST_DESCRIBE_STRUCT(Figures, (), (activity, placed, waiting, present, slots, booked))

std::vector<Figures> figures_of(Call& call, std::vector<std::int64_t> const& ids)
{
    return call.db.rows<Figures>(
        "SELECT a.id AS activity, "
        "(SELECT count(*) FROM activity_sign_ups s WHERE s.county = a.county AND s.activity = a.id AND s.state = 'placed') AS "
        "placed, "
        "(SELECT count(*) FROM activity_sign_ups s WHERE s.county = a.county AND s.activity = a.id AND s.state = 'waiting') AS "
        "waiting, "
        "(SELECT count(DISTINCT r.person) FROM activity_presence r WHERE r.county = a.county AND r.activity = a.id) AS present, "
        "(SELECT count(*) FROM activity_slots t WHERE t.county = a.county AND t.activity = a.id) AS slots, "
        "(SELECT count(*) FROM activity_slots t WHERE t.county = a.county AND t.activity = a.id AND t.person <> 0) AS booked "
        "FROM activities a WHERE a.county = $1 AND a.id ANY_OF($2)",
        call.county, db::IntegerList{ids});
}

struct OwnRow {
    ActivityId activity;
    PersonId person, student;
    std::string state; // of a sign-up; "" otherwise
    std::int64_t ahead = 0, slot = 0;
    Instant offered_until, slot_at;
    bool is_present = false;
    std::int64_t minutes = -1;
};
BOOST_DESCRIBE_STRUCT(OwnRow, (), (activity, person, student, state, ahead, slot, offered_until, slot_at, is_present, minutes))

// Everybody whom the viewer signed up, booked or checked in: themselves, and pupils whom they bring.
std::vector<OwnRow> own_rows(Call& call, std::vector<std::int64_t> const& ids)
{
    static std::string const sql
        = "WITH mine AS (SELECT activity, person, student FROM activity_sign_ups WHERE county = $1 AND (signed_by = $2 OR person = "
          "$2) AND activity ANY_OF($3) "
          "UNION SELECT activity, person, student FROM activity_slots WHERE county = $1 AND person = $2 AND activity ANY_OF($3) "
          "UNION SELECT activity, person, student FROM activity_presence WHERE county = $1 AND (person = $2 OR (noted_by = $2 AND "
          "source = 'code')) AND activity ANY_OF($3)) "
          "SELECT m.activity, m.person, MAX(m.student) AS student, COALESCE((SELECT s.state FROM activity_sign_ups s WHERE "
          "s.county "
          "= "
          "$1 AND s.activity = m.activity AND s.person = m.person), '') AS state, "
          "COALESCE((SELECT "
        + ahead_in_line
        + " FROM activity_sign_ups s WHERE s.county = $1 AND s.activity = m.activity AND s.person = m.person AND s.state = "
          "'waiting' AND s.offered_until = 0), 0) AS ahead, "
          "COALESCE((SELECT s.offered_until FROM activity_sign_ups s WHERE s.county = $1 AND s.activity = m.activity AND s.person "
          "= "
          "m.person AND s.state = 'waiting'), 0) AS offered_until, "
          "COALESCE((SELECT t.number FROM activity_slots t WHERE t.county = $1 AND t.activity = m.activity AND t.person = "
          "m.person), "
          "0) AS slot, "
          "COALESCE((SELECT t.starts_at FROM activity_slots t WHERE t.county = $1 AND t.activity = m.activity AND t.person = "
          "m.person), 0) AS slot_at, "
          "EXISTS (SELECT 1 FROM activity_presence r WHERE r.county = $1 AND r.activity = m.activity AND r.person = m.person) AS "
          "is_present, "
          "COALESCE((SELECT MAX(e.minutes) FROM activity_results e WHERE e.county = $1 AND e.activity = m.activity AND e.person = "
          "m.person), -1) AS minutes "
          "FROM mine m GROUP BY m.activity, m.person ORDER BY m.activity, m.person";
    return call.db.rows<OwnRow>(sql, call.county, call.viewer.person, db::IntegerList{ids});
}

OwnPart part_of(OwnRow const& row, std::unordered_map<std::int64_t, std::string> const& names)
{
    OwnPart part;
    part.person = row.person;
    if (row.student) {
        part.student = row.student;
        part.student_name = directory::name_in(names, row.student.value);
    }
    part.state = reflect::value_named<SignUpState>(row.state);
    part.ahead = row.ahead;
    if (row.offered_until.milliseconds)
        part.offered_until = row.offered_until;
    part.name = directory::name_in(names, row.person.value);
    if (row.slot) {
        part.slot = row.slot;
        part.slot_at = row.slot_at;
    }
    part.is_present = row.is_present;
    if (row.minutes >= 0)
        part.minutes = row.minutes;
    return part;
}

ActivityBrief plain_brief(Call const& call, OwnedActivity const& row)
{
    ActivityBrief brief;
    brief.id = row.id;
    if (row.series)
        brief.series = row.series;
    brief.kind = row.kind;
    brief.kind_name = call.say(words_of(row.kind));
    brief.title = row.title;
    brief.starts_at = row.starts_at;
    brief.ends_at = row.ends_at;
    brief.place = row.place;
    brief.link = row.link;
    brief.organiser = {row.organiser, directory::OrganisationKind(row.organiser_kind), row.organiser_name};
    brief.audience = row.audience;
    brief.state = row.state;
    brief.needs_sign_up = row.needs_sign_up;
    brief.capacity = row.capacity;
    auto const* const kind = find_kind(row.kind);
    brief.has_slots = kind && kind->has_slots();
    return brief;
}

std::vector<directory::OrganisationBrief> organisations_of(Call& call, std::vector<std::int64_t> const& ids)
{
    std::vector<directory::OrganisationBrief> briefs;
    auto const found = directory::organisations(call.db, call.county, ids);
    for (auto const id : ids)
        if (auto const one = found.find({id}); one != found.end())
            briefs.push_back({one->second.id, directory::OrganisationKind(one->second.kind), one->second.name});
    return briefs;
}

std::vector<SlotView> slots_of(Call& call, ActivityId id)
{
    std::vector<SlotView> slots;
    for (auto const& row :
        call.db.rows<SlotRow>("SELECT * FROM activity_slots WHERE county = $1 AND activity = $2 ORDER BY number", call.county, id))
        slots.push_back({row.number, row.starts_at, row.ends_at, !row.person, row.person == call.viewer.person});
    return slots;
}

ResultView result_of(Call& call, ActivityId id)
{
    ResultView result;
    for (auto const& row : call.db.rows<ResultRow>(
             "SELECT * FROM activity_results WHERE county = $1 AND activity = $2 ORDER BY entry", call.county, id)) {
        if (row.person) {
            ++result.participants;
            result.minutes += row.minutes;
        } else {
            result.held.push_back(row.entry);
        }
    }
    return result;
}

void add_people(Call& call, ActivityView& view)
{
    auto const leaders = parties_of(call, view.id, Part::leader);
    auto const names = directory::names_of(call, leaders);
    for (auto const id : leaders)
        view.leaders.push_back({{id}, directory::name_in(names, id)});
}

} // namespace

std::vector<ActivityBrief> briefs_of(Call& call, std::vector<OwnedActivity> const& rows)
{
    std::vector<ActivityBrief> briefs;
    std::vector<std::int64_t> ids;
    std::unordered_map<ActivityId, std::size_t> places;
    for (auto const& row : rows) {
        places[row.id] = briefs.size();
        briefs.push_back(plain_brief(call, row));
        ids.push_back(row.id.value);
    }
    for (auto const& figures : figures_of(call, ids)) {
        auto& brief = briefs[places[figures.activity]];
        brief.placed = brief.has_slots ? figures.booked : figures.placed;
        brief.waiting = figures.waiting;
        brief.present = figures.present;
        if (brief.has_slots)
            brief.capacity = figures.slots;
    }
    auto const own = own_rows(call, ids);
    std::vector<std::int64_t> people;
    for (auto const& row : own)
        people.insert(people.end(), {row.person.value, row.student.value});
    auto const names = directory::names_of(call, people);
    for (auto const& row : own)
        briefs[places[row.activity]].own.push_back(part_of(row, names));
    return briefs;
}

ActivityView view_of(Call& call, OwnedActivity const& row)
{
    ActivityView view;
    static_cast<ActivityBrief&>(view) = briefs_of(call, {row}).front();
    view.summary = row.summary;
    view.invited = organisations_of(call, parties_of(call, row.id, Part::audience));
    view.partners = organisations_of(call, parties_of(call, row.id, Part::partner));
    add_people(call, view);
    if (auto const resource = organisations_of(call, {row.resource.value}); !resource.empty())
        view.resource = resource.front();
    view.remind_minutes = row.remind_minutes;
    view.reason = row.reason;
    if (row.replay)
        view.replay = learning::lesson_shown(call, {row.replay});
    view.slots = slots_of(call, row.id);
    for (auto const& child : children_invited(call, row, directory::children_shown_to(call, call.viewer.person)))
        view.children.push_back({child.id, child.name});
    view.may_manage = may_manage(call, row);
    view.may_run = may_run(call, row);
    view.may_come = !view.children.empty() || is_invited_as_staff(call, row);
    view.travels = travel_of(call, row.id).has_value();
    view.may_rate = may_rate(call, row);
    view.feedback = own_feedback(call, row.id);
    if (row.series)
        view.following = call.db
                             .value<std::int64_t>("SELECT count(*) AS value FROM activities WHERE county = $1 AND series = $2 AND "
                                                  "starts_at > $3 AND state = 'announced'",
                                 call.county, row.series, row.starts_at)
                             .value_or(0);
    if (row.state == ActivityState::closed) {
        view.result = result_of(call, row.id);
        view.closed_by = directory::person_name(call, row.closed_by).value_or("");
        view.closed_at = row.closed_at;
    }
    view.places = places_view(call, row);
    call.version = view.version = row.version;
    return view;
}

ActivityView view_again(Call& call, ActivityId id) { return view_of(call, activity_with(call, id).value()); }

} // namespace concentric::activities
