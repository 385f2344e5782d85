#include "modules/safety/telling.hpp"

#include "core/recurring.hpp"
#include "modules/inbox/inbox.hpp"
#include "modules/safety/hazard_photos.hpp"

#include <fmt/format.h>

#include <utility>

namespace concentric::safety {
namespace {

constexpr std::string_view reminder_job = "safety.reminders";
constexpr std::int64_t looks_every = 30 * minute, ahead = 24 * 60 * minute;

struct DueRow {
    std::int64_t id = 0;
    std::string words;
    PersonId owner;
    Day due_day;
};
BOOST_DESCRIBE_STRUCT(DueRow, (), (id, words, owner, due_day))

std::string moment(Instant at) { return text_of(at).substr(0, 16).replace(10, 1, " "); }

Words titled(OwnedDrill const& drill, Words const& what)
{
    auto const words = words_of(drill.kind);
    return {fmt::format("【演练】{}：{}", words.zh, what.zh), fmt::format("[DRILL] {}: {}", words.en, what.en)};
}

Words body_of(OwnedDrill const& drill)
{
    auto const at = moment(drill.planned_at);
    return {fmt::format("{}，集合点：{}。这是演练，不是真实警报。", at, drill.place),
        fmt::format("{}, assembly point: {}. This is a drill, no alarm.", at, drill.place)};
}

std::string link_of(OwnedDrill const& drill) { return fmt::format("/safety/drills/{}", drill.id.value); }

std::vector<std::int64_t> counters_of(Call& call, OwnedDrill const& drill)
{
    auto people = call.db.values<std::int64_t>(
        "SELECT DISTINCT leader AS value FROM drill_classes WHERE county = $1 AND drill = $2 AND leader <> 0", call.county,
        drill.id);
    people.push_back(drill.coordinator.value);
    return people;
}

std::int64_t remind_of_drills(Call& call)
{
    static std::string const soon = drill_columns()
        + " WHERE d.county = $1 AND d.state = 'planned' AND d.reminded_at = 0 AND d.planned_at > $2 AND d.planned_at <= $3";
    std::int64_t told = 0;
    for (auto const& drill : call.db.rows<OwnedDrill>(soon, call.county, call.now, call.now.milliseconds + ahead)) {
        db::Transaction transaction(call.db);
        if (call.db.execute("UPDATE drills SET reminded_at = $3 WHERE county = $1 AND id = $2 AND reminded_at = 0", call.county,
                drill.id, call.now)) {
            inbox::tell(call, counters_of(call, drill),
                {inbox::LetterKind::activity, titled(drill, {"即将进行", "soon"}), body_of(drill), link_of(drill)});
            ++told;
        }
        transaction.commit();
    }
    return told;
}

std::int64_t remind_of_rows(Call& call, std::string const& table, std::vector<DueRow> const& rows, Words const& what)
{
    std::int64_t told = 0;
    for (auto const& row : rows) {
        db::Transaction transaction(call.db);
        if (call.db.execute("UPDATE " + table + " SET reminded_at = $3 WHERE county = $1 AND id = $2 AND reminded_at = 0",
                call.county, row.id, call.now)) {
            tell_owner(call, row.owner, {what.zh + "到期：" + row.words, what.en + " due: " + row.words},
                {text_of(row.due_day), text_of(row.due_day)}, table == "hazards" ? "/safety/hazards" : "/safety/tasks");
            ++told;
        }
        transaction.commit();
    }
    return told;
}

std::string run_reminder_job(Call& call, std::string const&, Progress& progress)
{
    std::int64_t told = 0;
    auto const own = call.county;
    for (auto const county :
        call.db.values<std::int64_t>("SELECT county AS value FROM counties WHERE county > 0 ORDER BY county")) {
        progress.check();
        call.county = county;
        told += remind_now(call);
        forget_loose_photos(call);
    }
    call.county = own;
    db::Transaction transaction(call.db);
    keep_reminding(call);
    transaction.commit();
    return std::to_string(told);
}

} // namespace

void tell_coordinator(Call& call, OwnedDrill const& drill, Words const& what)
{
    if (drill.coordinator != call.viewer.person)
        inbox::tell(call, drill.coordinator,
            {inbox::LetterKind::activity, titled(drill, what), body_of(drill), link_of(drill), false, drill.school});
}

void tell_staff_of_start(Call& call, OwnedDrill const& drill)
{
    auto people = staff_of(call, drill.school_path);
    std::erase(people, call.viewer.person.value);
    inbox::tell(call, people,
        {inbox::LetterKind::activity, titled(drill, {"演练开始，请点名", "it has begun, count your class"}), body_of(drill),
            link_of(drill), false, drill.school});
}

void tell_owner(Call& call, PersonId owner, Words const& title, Words const& body, std::string const& link)
{
    if (owner && owner != call.viewer.person)
        inbox::tell(call, owner, {inbox::LetterKind::activity, title, body, link});
}

std::int64_t remind_now(Call& call)
{
    auto const tasks = call.db.rows<DueRow>("SELECT id, words, owner, due_day FROM safety_tasks WHERE county = $1 AND done_at = 0 "
                                            "AND reminded_at = 0 AND due_day <= $2",
        call.county, call.today());
    auto const hazards = call.db.rows<DueRow>("SELECT id, place AS words, owner, due_day FROM hazards WHERE county = $1 AND state "
                                              "= 'open' AND owner <> 0 AND reminded_at = 0 AND due_day > 0 AND due_day <= $2",
        call.county, call.today());
    return remind_of_drills(call) + remind_of_rows(call, "safety_tasks", tasks, {"整改事项", "Task"})
        + remind_of_rows(call, "hazards", hazards, {"隐患整改", "Hazard"});
}

void keep_reminding(Call& call)
{
    // As the installation's own, so that no county's import holds it up.
    auto const county = std::exchange(call.county, 0);
    run_again(call, reminder_job, "{}", {call.now.milliseconds + looks_every});
    call.county = county;
}

void handle_reminder_job(Jobs& jobs) { jobs.handle(std::string(reminder_job), run_reminder_job); }

} // namespace concentric::safety
