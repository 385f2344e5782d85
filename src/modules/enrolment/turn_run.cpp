#include "modules/enrolment/turn_run.hpp"

#include "modules/directory/directory.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/enrolment/turn_report.hpp"
#include "modules/enrolment/turn_store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace concentric::enrolment {
namespace {

constexpr std::string_view apply_job = "enrolment.apply_turn";
constexpr std::string_view undo_job = "enrolment.undo_turn";

struct TurnTask {
    TurnId turn;
};
BOOST_DESCRIBE_STRUCT(TurnTask, (), (turn))

struct Queued {
    JobId job;
    TurnState state = TurnState::applying;
};
BOOST_DESCRIBE_STRUCT(Queued, (), (job, state))

struct Outcome {
    std::int64_t applied = 0, failed = 0, undone = 0, pupils = 0;
};
BOOST_DESCRIBE_STRUCT(Outcome, (), (applied, failed, undone, pupils))

struct Refusal {
    std::vector<std::string> reasons; // none: it can be undone
};
BOOST_DESCRIBE_STRUCT(Refusal, (), (reasons))

// The edge's transaction has changed the state before; what the job finds otherwise was done by an attempt that was cut off.
TurnRow row_of(Call& call, TurnId id)
{
    return call.db.row<TurnRow>("SELECT * FROM turns WHERE county = $1 AND id = $2", call.county, id).value_or(TurnRow{});
}

void queue(Call& call, TurnRow& row, std::string_view kind, TurnState state, Instant at)
{
    row.job = call.jobs.add_at(call, kind, to_json(TurnTask{row.id}), at);
    row.state = state;
    call.db.execute("UPDATE turns SET state = $3, job = $4, version = version + 1 WHERE county = $1 AND id = $2", call.county,
        row.id, row.state, row.job);
    call.version = ++row.version;
}

Queued apply(Call& call, OneTurn const& input)
{
    auto row = owned_turn(call, input.id);
    call.require_version(row.version);
    if (row.state != TurnState::draft && !can_go_on(row, schools_of(call, row.id)))
        throw conflict({"这次升级已经执行或者放弃。", "This turn was applied or given up already."});
    bool const is_early = row.on_day > call.today();
    queue(call, row, apply_job, is_early ? TurnState::scheduled : TurnState::applying, is_early ? start_of(row.on_day) : call.now);
    return {row.job, row.state};
}

std::vector<Words> reasons_against(Call& call, TurnRow const& row)
{
    auto reasons = directory::hindrances(call, written_down(call, row, {}));
    auto const later = call.db.values<std::string>("SELECT DISTINCT t.name AS value FROM turn_schools s JOIN turns t ON t.county = "
                                                   "s.county AND t.id = s.turn WHERE s.county = $1 "
                                                   "AND s.state = 'applied' AND t.id <> $2 AND t.on_day >= $3 AND s.school IN "
                                                   "(SELECT school FROM turn_schools WHERE county = $1 "
                                                   "AND turn = $2 AND state = 'applied') ORDER BY t.name",
        call.county, row.id, row.on_day);
    for (auto const& name : later)
        reasons.insert(
            reasons.begin(), {fmt::format("之后又执行了“{}”。", name), fmt::format("\"{}\" was applied after it.", name)});
    return reasons;
}

Refusal check_undo(Call& call, OneTurn const& input)
{
    auto const row = owned_turn(call, input.id);
    Refusal refusal;
    if (row.state != TurnState::applied)
        refusal.reasons.push_back(call.say({"这次升级没有执行。", "This turn is not applied."}));
    else
        for (auto const& words : reasons_against(call, row))
            refusal.reasons.push_back(call.say(words));
    return refusal;
}

// Takes back a schedule, or queues the undoing of what was applied.
Queued undo(Call& call, OneTurn const& input)
{
    auto row = owned_turn(call, input.id);
    call.require_version(row.version);
    if (row.state == TurnState::scheduled) {
        call.jobs.cancel(call, row.job);
        set_state(call, row, TurnState::draft);
        return {row.job, TurnState::draft};
    }
    if (row.state != TurnState::applied)
        throw conflict({"只有已经执行的升级可以撤销。", "Only an applied turn can be undone."});
    if (auto const reasons = reasons_against(call, row); !reasons.empty()) {
        Problems problems;
        for (auto const& words : reasons)
            problems.push_back({"", "hindrance", words});
        throw ApiError(ErrorKind::conflict,
            {fmt::format("不能撤销：{}", reasons.front().zh), fmt::format("It cannot be undone: {}", reasons.front().en)}, "",
            std::move(problems));
    }
    queue(call, row, undo_job, TurnState::undoing, call.now);
    return {row.job, row.state};
}

void finish_school(Call& call, TurnId turn, OrganisationId school, SchoolState state, Words const& fault)
{
    call.db.execute(
        "UPDATE turn_schools SET state = $4, fault_zh = $5, fault_en = $6 WHERE county = $1 AND turn = $2 AND school = $3",
        call.county, turn, school, state, fault.zh, fault.en);
}

class Application {
public:
    Application(Call& call, TurnRow row, Progress& progress) : call_(call), row_(std::move(row)), progress_(progress) { }

    Outcome run()
    {
        if (!is_written_down())
            write_plan();
        std::int64_t total = 0;
        auto const schools = schools_of(call_, row_.id);
        for (auto const& school : schools)
            total += school.state == SchoolState::waiting ? reflect::from_json<TurnCounts>(school.counts).pupils : 0;
        progress_.set(0, total);
        for (auto const& school : schools)
            if (school.state == SchoolState::waiting)
                turn(school);
        finish();
        return outcome_;
    }

private:
    // A job that was cut off goes on with what it had written down.
    bool is_written_down()
    {
        return call_.db
            .value<std::int64_t>("SELECT school AS value FROM turn_schools WHERE county = $1 AND turn = $2 AND state = "
                                 "'waiting' AND counts <> '{}' LIMIT 1",
                call_.county, row_.id)
            .has_value();
    }

    void write_plan()
    {
        db::Transaction transaction(call_.db);
        forget_unapplied(call_, row_.id);
        std::set<OrganisationId> chosen;
        for (auto const& school : schools_of(call_, row_.id))
            if (school.state != SchoolState::applied)
                chosen.insert(school.school);
        std::int64_t position = 1000; // after those of an earlier application
        for (auto const& plan : plan_of(call_, row_)) {
            if (!chosen.contains(plan.school.id))
                continue;
            if (!plan.is_faulty())
                write_down(call_, row_.id, plan);
            auto const fault = first_fault(plan);
            call_.db.execute(
                "UPDATE turn_schools SET state = $4, position = $5, counts = $6, fault_zh = $7, fault_en = $8 WHERE county = "
                "$1 AND turn = $2 AND school = $3",
                call_.county, row_.id, plan.school.id, plan.is_faulty() ? SchoolState::failed : SchoolState::waiting,
                position + ++count_, to_json(plan.counts), fault.zh, fault.en);
            outcome_.failed += plan.is_faulty();
        }
        transaction.commit();
    }

    static Words first_fault(SchoolPlan const& plan)
    {
        for (auto const& fault : plan.faults)
            if (!fault.is_warning)
                return fault.words;
        return {};
    }

    // All of a school or nothing: whatever is not as the plan took it to be leaves the whole school as it was.
    void turn(TurnSchoolRow const& school)
    {
        progress_.check();
        auto const pupils = reflect::from_json<TurnCounts>(school.counts).pupils;
        db::Transaction transaction(call_.db);
        call_.db.hold({call_.county});
        try {
            db::Savepoint savepoint(call_.db);
            directory::reshape(call_, written_down(call_, row_, school.school));
            savepoint.release();
            finish_school(call_, row_.id, school.school, SchoolState::applied, {});
            ++outcome_.applied;
            outcome_.pupils += pupils;
        } catch (ApiError const& error) {
            finish_school(call_, row_.id, school.school, SchoolState::failed, error.words);
            ++outcome_.failed;
        }
        transaction.commit();
        progress_.advance(pupils);
    }

    void finish()
    {
        auto const schools = schools_of(call_, row_.id);
        bool const has_applied
            = std::any_of(schools.begin(), schools.end(), [](auto const& school) { return school.state == SchoolState::applied; });
        db::Transaction transaction(call_.db);
        if (!has_applied)
            call_.db.execute(
                "UPDATE turn_schools SET state = 'waiting', counts = '{}' WHERE county = $1 AND turn = $2", call_.county, row_.id);
        call_.db.execute("UPDATE turns SET state = $3, applied_at = $4, version = version + 1 WHERE county = $1 AND id = $2",
            call_.county, row_.id, has_applied ? TurnState::applied : TurnState::draft,
            has_applied ? std::optional(call_.now) : std::nullopt);
        transaction.commit();
        call_.db.refresh_statistics();
    }

    Call& call_;
    TurnRow row_;
    Progress& progress_;
    Outcome outcome_;
    std::int64_t count_ = 0;
};

std::string run_application(Call& call, std::string const& input, Progress& progress)
{
    auto row = row_of(call, reflect::from_json<TurnTask>(input).turn);
    if (row.state != TurnState::applying && row.state != TurnState::scheduled)
        return "{}";
    if (row.state == TurnState::scheduled) {
        db::Transaction transaction(call.db);
        set_state(call, row, TurnState::applying);
        transaction.commit();
    }
    return to_json(Application(call, std::move(row), progress).run());
}

// The last school first: it is the one whose pupils went into classes that others opened.
std::string run_undoing(Call& call, std::string const& input, Progress& progress)
{
    auto const row = row_of(call, reflect::from_json<TurnTask>(input).turn);
    if (row.state != TurnState::undoing)
        return "{}";
    auto schools = schools_of(call, row.id);
    std::reverse(schools.begin(), schools.end());
    std::erase_if(schools, [](auto const& school) { return school.state != SchoolState::applied; });
    progress.set(0, static_cast<std::int64_t>(schools.size()));
    Outcome outcome;
    for (auto const& school : schools) {
        db::Transaction transaction(call.db);
        call.db.hold({call.county});
        directory::take_back(call, written_down(call, row, school.school));
        finish_school(call, row.id, school.school, SchoolState::undone, {});
        transaction.commit();
        ++outcome.undone;
        progress.advance();
    }
    db::Transaction transaction(call.db);
    call.db.execute("UPDATE turns SET state = $3, undone_at = $4, version = version + 1 WHERE county = $1 AND id = $2", call.county,
        row.id, TurnState::undone, call.now);
    transaction.commit();
    return to_json(outcome);
}

} // namespace

void handle_turn_jobs(Jobs& jobs)
{
    jobs.handle(std::string(apply_job), run_application);
    jobs.handle(std::string(undo_job), run_undoing);
}

Routes turn_run_routes()
{
    using enum Permission;
    return {
        route(Verb::put, "/api/turns/{id}/application", manage_enrolment, "turn_apply",
            "Applies a turn, or arranges it for its day", apply),
        route(Verb::get, "/api/turns/{id}/hindrances", manage_enrolment, "turn_hindrances", "Why a turn cannot be undone",
            check_undo),
        route(Verb::del, "/api/turns/{id}/application", manage_enrolment, "turn_undo",
            "Undoes a turn, or takes it off the calendar", undo),
        route(
            Verb::get, "/api/turns/{id}/report", manage_enrolment, "turn_report", "What a turn does or did, as a file", make_report)
            .as_personal_file(),
    };
}

} // namespace concentric::enrolment
