#include "modules/learning/progress.hpp"

#include "lib/each_once.hpp"
#include "modules/learning/catalogue.hpp"
#include "modules/learning/lesson_entries.hpp"
#include "modules/learning/package_records.hpp"
#include "modules/learning/quizzes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace concentric::learning {
namespace {

// A person's clock with the progress in the unit that plays.
struct PlayingRow {
    PersonId person;
    ViewingId viewing;
    UnitId unit;
    Instant used_until;
    std::int64_t last_from = 0, last_to = 0;
    Instant since;
    CourseId course;
    std::int64_t length = 0, share = 0, fastest = 0;
    std::string watched;
    std::int64_t seconds = 0, position_ms = 0;
    Instant completed_at;
};
BOOST_DESCRIBE_STRUCT(PlayingRow, (),
    (person, viewing, unit, used_until, last_from, last_to, since, course, length, share, fastest, watched, seconds, position_ms,
        completed_at))

// In the order of people, so that batches that meet wait for each other and never in a circle.
constexpr std::string_view select_playing
    = "SELECT c.person, c.viewing, c.unit, c.used_until, c.last_from, c.last_to, c.since, p.course, p.length, p.share, p.fastest, "
      "p.watched, p.seconds, p.position_ms, p.completed_at "
      "FROM learner_clocks c JOIN unit_progress p ON p.county = c.county AND p.person = c.person AND p.unit = c.unit "
      "WHERE c.county = $1 AND c.person ANY_OF($2) ORDER BY c.person FOR_UPDATE";
constexpr std::string_view update_progress = "UPDATE unit_progress SET watched = $4, seconds = $5, position_ms = $6, completed_at "
                                             "= $7 WHERE county = $1 AND person = $2 AND unit = $3";
constexpr std::string_view update_clock
    = "UPDATE learner_clocks SET used_until = $3, last_from = $4, last_to = $5, since = $6 WHERE county = $1 AND person = $2";
constexpr std::string_view insert_sitting
    = "INSERT INTO learner_sittings (county, person, unit, from_at, until_at) VALUES ($1, $2, "
      "$3, $4, $5) ON CONFLICT DO NOTHING";

struct OwnBeat {
    PersonId person;
    SendHeartbeat const* input;
    std::size_t place; // in the request or batch
};

Beat beat_of(SendHeartbeat const& input) { return {input.viewing, input.unit, input.from_ms, input.to_ms, input.speed}; }

// One person's state while their beats are taken.
class Playing {
public:
    explicit Playing(PlayingRow row)
        : row_(std::move(row)), clock_{row_.viewing, row_.unit, row_.used_until, row_.last_from, row_.last_to, row_.since},
          watched_(row_.length, row_.watched)
    {
    }

    Heartbeat take(SendHeartbeat const& input, Instant now)
    {
        auto const got = credit(clock_, watched_, beat_of(input), row_.fastest, now);
        Heartbeat answer{got.outcome, got.seconds, got.credited_to_ms};
        if (got.outcome != BeatOutcome::elsewhere && row_.position_ms != input.position_ms) {
            row_.position_ms = input.position_ms;
            is_changed_ = true;
        }
        if (got.sitting && row_.completed_at.milliseconds == 0)
            sittings_.push_back(*got.sitting);
        if (got.seconds > 0) {
            row_.seconds += got.seconds;
            is_changed_ = is_credited_ = true;
            if (row_.completed_at.milliseconds == 0 && is_complete(row_.seconds, row_.length, row_.share)) {
                row_.completed_at = now;
                is_new_completion_ = true;
            }
        }
        if (got.outcome != BeatOutcome::elsewhere) {
            answer.learnt = row_.seconds;
            answer.is_completed = row_.completed_at.milliseconds != 0;
        }
        return answer;
    }

    void store(std::int64_t county, db::Batch& progress, db::Batch& clocks)
    {
        if (is_credited_)
            row_.watched = watched_.text();
        if (is_changed_)
            progress.add(county, row_.person, row_.unit, row_.watched, row_.seconds, row_.position_ms, row_.completed_at);
        if (is_credited_)
            clocks.add(county, row_.person, clock_.used_until, clock_.last_from, clock_.last_to, clock_.since);
    }

    void store_sittings(std::int64_t county, db::Batch& sittings) const
    {
        for (auto const& each : sittings_)
            sittings.add(county, row_.person, row_.unit, each.from, each.until);
    }

    bool is_new_completion() const { return is_new_completion_; }
    Completion completion() const { return {row_.person, row_.course, row_.unit, row_.length}; }

private:
    PlayingRow row_;
    PersonClock clock_;
    WatchedSeconds watched_;
    std::vector<ledger::Stretch> sittings_;
    bool is_changed_ = false, is_credited_ = false, is_new_completion_ = false;
};

std::map<PersonId, Playing> playing(Call& call, std::span<OwnBeat const> beats)
{
    std::vector<std::int64_t> people;
    for (auto const& beat : beats)
        people.push_back(beat.person.value);
    people = lib::each_once(std::move(people));
    std::map<PersonId, Playing> found;
    for (auto& row : call.db.rows<PlayingRow>(select_playing, call.county, db::IntegerList{people})) {
        auto const person = row.person;
        found.emplace(person, std::move(row));
    }
    return found;
}

// The answers in the order of `place`.
std::vector<Heartbeat> take_all(Call& call, std::vector<OwnBeat> beats)
{
    std::vector<Heartbeat> answers(beats.size());
    auto people = playing(call, beats);
    std::ranges::sort(
        beats, [](OwnBeat const& one, OwnBeat const& other) { return comes_before(beat_of(*one.input), beat_of(*other.input)); });
    for (auto const& beat : beats)
        if (auto const found = people.find(beat.person); found != people.end())
            answers[beat.place] = found->second.take(*beat.input, call.now);
        else
            answers[beat.place].outcome = BeatOutcome::elsewhere;
    db::Batch progress, clocks, sittings;
    std::vector<Completion> completions;
    for (auto& [person, state] : people) {
        state.store(call.county, progress, clocks);
        state.store_sittings(call.county, sittings);
        if (state.is_new_completion())
            completions.push_back(state.completion());
    }
    progress.run_distinct(call.db, update_progress);
    clocks.run_distinct(call.db, update_clock);
    sittings.run(call.db, insert_sitting);
    for (auto const& completion : completions) {
        note_lesson(call, completion);
        complete_course_if_done(call, completion.person, completion.course);
    }
    return answers;
}

// Before another player takes the clock.
void end_sitting(Call& call)
{
    call.db.execute(
        "INSERT INTO learner_sittings (county, person, unit, from_at, until_at) SELECT c.county, c.person, c.unit, "
        "c.since, c.used_until FROM learner_clocks c JOIN unit_progress p ON p.county = c.county AND p.person = c.person "
        "AND p.unit = c.unit WHERE c.county = $1 AND c.person = $2 AND c.since < c.used_until AND p.completed_at = 0 "
        "ON CONFLICT DO NOTHING",
        call.county, call.viewer.person);
}

} // namespace

std::optional<ProgressRow> progress_of(Call& call, PersonId person, UnitId unit)
{
    return call.db.row<ProgressRow>(
        "SELECT * FROM unit_progress WHERE county = $1 AND person = $2 AND unit = $3", call.county, person, unit);
}

Viewing open_viewing(Call& call, OpenViewing const& input)
{
    auto const unit = visible_unit(call, input.id);
    if (!unit.is_published)
        throw conflict({"这个课时还没有发布，预览不计学习。", "This lesson was not published yet; a preview does not count."});
    if (unit.kind == UnitKind::quiz)
        throw conflict({"测验要作答通过，不按观看计。", "A quiz is passed by answering, not by watching."});
    auto const course = course_with(call, unit.course).value();
    begin_course(call, course);
    auto progress = progress_of(call, call.viewer.person, unit.id);
    if (!progress) {
        progress = ProgressRow{call.county, call.viewer.person, unit.id, unit.course, unit.seconds,
            unit.kind == UnitKind::package ? never_by_time : unit.share, is_played(unit.kind) ? 200 : 100,
            WatchedSeconds(unit.seconds).text()};
        // Two windows at the same moment: one row.
        call.db.execute("INSERT INTO unit_progress (county, person, unit, course, length, share, fastest, watched, seconds, "
                        "position_ms, completed_at) "
                        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, 0) ON CONFLICT (county, person, unit) DO NOTHING",
            call.county, call.viewer.person, unit.id, unit.course, progress->length, progress->share, progress->fastest,
            progress->watched);
    }
    Viewing const viewing{new_id_of<ViewingId>(), progress->position_ms, progress->seconds, progress->length, unit.share,
        progress->completed_at.milliseconds != 0};
    end_sitting(call);
    call.db.execute("INSERT INTO learner_clocks (county, person, viewing, unit, used_until, last_from, last_to, since) VALUES ($1, "
                    "$2, $3, $4, $5, -1, -1, $5) "
                    "ON CONFLICT (county, person) DO UPDATE SET viewing = EXCLUDED.viewing, unit = EXCLUDED.unit, last_from = -1, "
                    "last_to = -1, "
                    "used_until = CASE WHEN learner_clocks.used_until > EXCLUDED.used_until THEN learner_clocks.used_until ELSE "
                    "EXCLUDED.used_until END, "
                    "since = CASE WHEN learner_clocks.used_until > EXCLUDED.used_until THEN learner_clocks.used_until ELSE "
                    "EXCLUDED.used_until END",
        call.county, call.viewer.person, viewing.id, unit.id, call.now);
    return viewing;
}

Heartbeat send_heartbeat(Call& call, SendHeartbeat const& input)
{
    return take_all(call, {{call.viewer.person, &input, 0}}).front();
}

void send_heartbeats(Call& call, std::span<BatchItem> items)
{
    std::vector<OwnBeat> beats;
    for (auto const& item : items)
        beats.push_back({item.viewer.person, static_cast<SendHeartbeat const*>(item.input), beats.size()});
    auto const answers = take_all(call, std::move(beats));
    for (std::size_t i = 0; i < items.size(); ++i)
        reflect::write(items[i].answer, reflect::type_of<Heartbeat>, &answers[i]);
}

void complete_course_if_done(Call& call, PersonId person, CourseId course)
{
    auto const learner = learner_of(call, person, course);
    if (!learner || learner->completed_at.milliseconds)
        return;
    auto const edition = edition_of(call, course, learner->edition).value();
    auto const done = call.db.values<UnitId>("SELECT p.unit AS value FROM unit_progress p WHERE p.county = $1 AND p.person = $2 "
                                             "AND p.course = $3 AND p.completed_at > 0 ORDER BY p.unit",
        call.county, person, course);
    for (auto const& place : units_in(reflect::from_json<Sections>(edition.sections)))
        if (place.is_required && !std::ranges::binary_search(done, place.id))
            return;
    call.db.execute("UPDATE course_learners SET completed_at = $4 WHERE county = $1 AND person = $2 AND course = $3", call.county,
        person, course, call.now);
}

Routes progress_routes()
{
    return {
        route(Verb::post, "/api/units/{id}/viewings", Permission::signed_in, "viewing_open",
            "Opens a player of a lesson; others of the same person stop counting", open_viewing)
            .unlisted(),
        route(Verb::put, "/api/viewings/{viewing}/heartbeat", Permission::signed_in, "heartbeat_send",
            "Tells what a player has shown; credited as far as it can be true", send_heartbeat)
            .batched(send_heartbeats)
            .unlisted(),
    };
}

} // namespace concentric::learning
