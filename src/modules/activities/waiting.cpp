#include "modules/activities/waiting.hpp"

#include "core/recurring.hpp"
#include "modules/activities/activities.hpp"
#include "modules/activities/notices.hpp"
#include "modules/plan/periods.hpp"
#include "modules/plan/plans.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_set>

namespace concentric::activities {
namespace {

using milliseconds::minute;
constexpr std::int64_t rank_after_lapse = 2; // behind those whom the organiser moved to the end
constexpr std::string_view counted_people
    = "SELECT quota, rank, had_turn, is_placed, is_offered, people FROM activity_place_counts WHERE county = $1 AND activity = $2 "
      "AND people > 0";

// Without a plan that sets terms: the halves of a school year.
Stretch usual_term(Day day)
{
    auto const month = day.month();
    auto const autumn = day_of(day.year() - (month < 2 ? 1 : 0), 8, 1), spring = day_of(day.year(), 2, 1);
    bool const is_spring = month >= 2 && month < 8;
    auto const from = is_spring ? spring : autumn;
    return {start_of(from), start_of(plus_months(from, 6))};
}

Stretch term_around(Call& call, Day day)
{
    for (auto const& plan : plan::in_force(call))
        if (auto const term = plan->unit ? std::nullopt : plan::period_at(plan->plan, plan::Per::term, "", day))
            return {start_of(term->from), start_of(plus_days(term->to, 1))};
    return usual_term(day);
}

bool is_over(Call const& call, ActivityRow const& activity)
{
    return activity.state != ActivityState::announced || activity.starts_at <= call.now;
}

void release_quotas(Call& call, ActivityRow const& activity)
{
    call.db.execute("UPDATE activity_place_rules SET is_released = TRUE WHERE county = $1 AND activity = $2 AND NOT is_released "
                    "AND release_at > 0 AND release_at <= $3",
        call.county, activity.id, call.now);
}

// Whoever let one offer run out goes to the end of the list; a second one, or one until the event began, ends it. False when none
// did.
bool end_offers(Call& call, ActivityRow const& activity)
{
    auto const rows = call.db.rows<SignUpRow>(
        "SELECT * FROM activity_sign_ups WHERE county = $1 AND activity = $2 AND state = 'waiting' AND offered_until > 0 AND "
        "offered_until <= $3 ORDER BY number",
        call.county, activity.id, call.now);
    db::Batch leaving, moving;
    std::vector<std::int64_t> left, moved;
    for (auto const& row : rows) {
        bool const leaves = row.rank == rank_after_lapse || is_over(call, activity);
        (leaves ? left : moved).push_back(row.signed_by.value);
        if (leaves)
            leaving.add(call.county, activity.id, row.person, call.now);
        else
            moving.add(call.county, activity.id, row.person, rank_after_lapse, new_id(), call.now);
    }
    leaving.run(call.db,
        "UPDATE activity_sign_ups SET state = 'cancelled', offered_until = 0, together = 0, rank = 0, changed_at = $4 WHERE county "
        "= $1 AND activity = $2 AND person = $3");
    moving.run(call.db,
        "UPDATE activity_sign_ups SET offered_until = 0, rank = $4, number = $5, changed_at = $6 WHERE county = $1 AND activity = "
        "$2 AND person = $3");
    if (!left.empty() && activity.state == ActivityState::announced)
        notify(call, activity, ActivityNoticeKind::lapsed, left);
    if (!moved.empty())
        notify_moved_back(call, activity, moved);
    return !rows.empty();
}

std::vector<SignUpRow> waiting_rows(Call& call, ActivityId id)
{
    return call.db.rows<SignUpRow>("SELECT * FROM activity_sign_ups WHERE county = $1 AND activity = $2 AND state = 'waiting' AND "
                                   "offered_until = 0 ORDER BY number",
        call.county, id);
}

// Who got a place elsewhere while waiting here lets others go first.
void look_for_turns(Call& call, ActivityRow const& activity, std::vector<SignUpRow>& rows)
{
    std::vector<std::int64_t> people;
    for (auto const& row : rows)
        people.push_back(row.person.value);
    auto const with_turn = people_with_a_turn(call, activity, people);
    std::unordered_set<std::int64_t> const had(with_turn.begin(), with_turn.end());
    std::unordered_set<std::int64_t> groups;
    for (auto const& row : rows)
        if (had.contains(row.person.value))
            groups.insert(row.together ? row.together : row.number);
    db::Batch changes;
    for (auto& row : rows)
        if (bool const had_turn = groups.contains(row.together ? row.together : row.number); had_turn != row.had_turn) {
            row.had_turn = had_turn;
            changes.add(call.county, activity.id, row.person, had_turn);
        }
    changes.run(call.db, "UPDATE activity_sign_ups SET had_turn = $4 WHERE county = $1 AND activity = $2 AND person = $3");
}

std::vector<Waiting> as_waiting(std::vector<SignUpRow> const& rows)
{
    std::vector<Waiting> waiting;
    for (auto const& row : rows)
        waiting.push_back({row.person.value, row.quota, row.rank, row.had_turn, row.number, row.together});
    return waiting;
}

void give(Call& call, ActivityRow const& activity, PlaceRulesRow const& rules, std::vector<Waiting> const& next,
    std::vector<SignUpRow> const& rows)
{
    bool const is_offer = rules.waiting == WaitingRule::offer;
    auto const until = std::min(call.now.milliseconds + rules.offer_minutes * minute, activity.starts_at.milliseconds);
    db::Batch changes;
    std::unordered_set<std::int64_t> people;
    for (auto const& one : next) {
        people.insert(one.person);
        changes.add(call.county, activity.id, PersonId{one.person}, is_offer ? SignUpState::waiting : SignUpState::placed,
            is_offer ? until : 0, call.now);
    }
    changes.run(call.db,
        "UPDATE activity_sign_ups SET state = $4, offered_until = $5, changed_at = $6 WHERE county = $1 AND activity = $2 AND "
        "person = $3");
    std::vector<std::int64_t> told;
    for (auto const& row : rows)
        if (people.contains(row.person.value))
            told.push_back(row.signed_by.value);
    notify(call, activity, is_offer ? ActivityNoticeKind::offered : ActivityNoticeKind::placed, told);
}

std::vector<ActivityId> due_events(Call& call)
{
    return call.db.values<ActivityId>(
        "SELECT activity AS value FROM activity_sign_ups WHERE county = $1 AND offered_until > 0 AND offered_until <= $2 AND state "
        "= 'waiting' UNION SELECT activity FROM activity_place_rules WHERE county = $1 AND release_at > 0 AND NOT is_released AND "
        "release_at <= $2",
        call.county, call.now);
}

std::string run_offer_job(Call& call, std::string const&, Progress& progress)
{
    std::int64_t settled = 0;
    auto const own = call.county;
    for (auto const county :
        call.db.values<std::int64_t>("SELECT county AS value FROM counties WHERE county > 0 ORDER BY county")) {
        progress.check();
        call.county = county;
        settled += settle_due(call);
    }
    call.county = own;
    db::Transaction transaction(call.db);
    keep_offering(call);
    transaction.commit();
    return std::to_string(settled);
}

} // namespace

Places::Places(Call& call, ActivityRow const& activity)
    : capacity_(activity.capacity), rules_(place_rules_of(call, activity.id)), quotas_(quotas_of(call, activity.id)),
      counted_(call.db.rows<Counted>(counted_people, call.county, activity.id))
{
}

Room Places::room() const
{
    std::map<std::int64_t, std::int64_t> quotas;
    for (auto const& quota : quotas_)
        quotas[quota.number] = quota.places;
    Room room(capacity_, std::move(quotas), rules_.is_released);
    for (auto const& one : counted_)
        if (one.is_placed || one.is_offered)
            room.take(one.quota, one.people);
    return room;
}

void Places::add(SignUpRow const& row)
{
    Counted const alike{row.quota, row.rank, row.had_turn, row.state == SignUpState::placed, false, 1};
    auto const key
        = [](Counted const& one) { return std::tuple(one.quota, one.rank, one.had_turn, one.is_placed, one.is_offered); };
    auto const found = std::ranges::find(counted_, key(alike), key);
    if (found == counted_.end())
        counted_.push_back(alike);
    else
        ++found->people;
}

std::int64_t Places::ahead_of(SignUpRow const& row) const
{
    std::int64_t ahead = 0;
    for (auto const& one : counted_)
        if (!one.is_placed && !one.is_offered && (one.quota == row.quota || rules_.is_released)
            && std::tie(one.rank, one.had_turn) <= std::tie(row.rank, row.had_turn))
            ahead += one.people;
    return ahead;
}

bool Places::has_offers() const { return std::ranges::any_of(counted_, &Counted::is_offered); }

bool Places::has_room_for_waiting() const
{
    auto const free = room();
    return std::ranges::any_of(
        counted_, [&](auto const& one) { return !one.is_placed && !one.is_offered && free.fits({{one.quota}}); });
}

std::int64_t Places::placed() const
{
    std::int64_t sum = 0;
    for (auto const& one : counted_)
        sum += one.is_placed ? one.people : 0;
    return sum;
}

std::int64_t Places::waiting() const
{
    std::int64_t sum = 0;
    for (auto const& one : counted_)
        sum += one.is_placed ? 0 : one.people;
    return sum;
}

Places settle_places(Call& call, ActivityRow const& activity)
{
    release_quotas(call, activity);
    Places places(call, activity);
    if (places.has_offers() && end_offers(call, activity))
        places = {call, activity};
    if (is_over(call, activity) || !places.has_room_for_waiting())
        return places;
    auto rows = waiting_rows(call, activity.id);
    look_for_turns(call, activity, rows);
    auto room = places.room();
    give(call, activity, places.rules(), next_in_line(room, as_waiting(rows)), rows);
    return {call, activity};
}

std::map<std::int64_t, std::int64_t> taken_by_quota(Call& call, ActivityId id)
{
    std::map<std::int64_t, std::int64_t> taken;
    for (auto const& one : call.db.rows<Counted>(counted_people, call.county, id))
        if (one.is_placed || one.is_offered)
            taken[one.quota] += one.people;
    return taken;
}

std::vector<std::int64_t> people_with_a_turn(Call& call, ActivityRow const& activity, std::vector<std::int64_t> const& people)
{
    auto const term = term_around(call, day_at(activity.starts_at));
    return call.db.values<std::int64_t>(
        "SELECT DISTINCT s.person AS value FROM activity_sign_ups s JOIN activities a ON a.county = s.county AND a.id = s.activity "
        "WHERE s.county = $1 AND s.person ANY_OF($2) AND s.state = 'placed' AND a.id <> $3 AND a.organiser = $4 AND a.state <> "
        "'cancelled' AND a.starts_at >= $5 AND a.starts_at < $6 AND (a.capacity > 0 OR EXISTS (SELECT 1 FROM activity_quotas q "
        "WHERE q.county = a.county AND q.activity = a.id))",
        call.county, db::IntegerList{people}, activity.id, activity.organiser, term.from, term.until);
}

std::string const ahead_in_line
    = "(SELECT count(*) FROM activity_sign_ups w WHERE w.county = s.county AND w.activity = s.activity AND w.state = 'waiting' AND "
      "w.offered_until = 0 AND (w.rank, w.had_turn, w.number) < (s.rank, s.had_turn, s.number) AND (w.quota = s.quota OR EXISTS "
      "(SELECT 1 FROM activity_place_rules r WHERE r.county = s.county AND r.activity = s.activity AND r.is_released)))";

std::int64_t people_ahead_of(Call& call, SignUpRow const& row)
{
    static std::string const sql = "SELECT " + ahead_in_line
        + " AS value FROM activity_sign_ups s WHERE s.county = $1 AND s.activity = $2 AND s.person = $3";
    return call.db.value<std::int64_t>(sql, call.county, row.activity, row.person).value_or(0);
}

void store_sign_ups(Call& call, std::vector<SignUpRow> const& rows)
{
    db::Batch changes;
    for (auto const& row : rows)
        changes.add(row.county, row.activity, row.person, row.student, row.state, row.number, row.signed_by, row.changed_at,
            row.quota, row.had_turn, row.together);
    changes.run(call.db,
        "INSERT INTO activity_sign_ups (county, activity, person, student, state, number, signed_by, changed_at, quota, had_turn, "
        "together) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (county, activity, person) DO UPDATE SET "
        "student = EXCLUDED.student, state = EXCLUDED.state, number = EXCLUDED.number, signed_by = EXCLUDED.signed_by, changed_at "
        "= EXCLUDED.changed_at, quota = EXCLUDED.quota, rank = 0, had_turn = EXCLUDED.had_turn, together = EXCLUDED.together, "
        "offered_until = 0");
}

std::int64_t settle_due(Call& call)
{
    auto const due = due_events(call);
    for (auto const id : due) {
        db::Transaction transaction(call.db);
        settle_places(call, held_activity(call, id));
        transaction.commit();
    }
    return static_cast<std::int64_t>(due.size());
}

void keep_offering(Call& call) { run_again(call, offer_job, "{}", {call.now.milliseconds + minute}); }

void handle_offer_job(Jobs& jobs) { jobs.handle(std::string(offer_job), run_offer_job, JobLane::quick); }

} // namespace concentric::activities
