#include "modules/activities/activities.hpp"

#include "core/route_parts.hpp"
#include "modules/activities/agenda.hpp"
#include "modules/activities/announcing.hpp"
#include "modules/activities/attendance.hpp"
#include "modules/activities/calendar.hpp"
#include "modules/activities/check_in.hpp"
#include "modules/activities/closing.hpp"
#include "modules/activities/family_sign_up.hpp"
#include "modules/activities/join_logs.hpp"
#include "modules/activities/notices.hpp"
#include "modules/activities/planning.hpp"
#include "modules/activities/scan_routes.hpp"
#include "modules/activities/scans.hpp"
#include "modules/activities/sign_ups.hpp"
#include "modules/activities/waiting_list.hpp"
#include "modules/directory/merges.hpp"
#include "modules/directory/person_data.hpp"
#include "modules/directory/roster.hpp"

namespace concentric::activities {
namespace {

// What somebody came to before two records were found to be one person stays theirs; where both came, the kept record's is enough.
void people_merged(Call& call, directory::PeopleMerged const& merged)
{
    call.db.execute(
        "UPDATE activity_sign_ups SET person = $2 WHERE county = $1 AND person = $3 AND activity NOT IN (SELECT activity "
        "FROM activity_sign_ups WHERE county = $1 AND person = $2)",
        call.county, merged.kept, merged.merged);
    call.db.execute("UPDATE activity_slots SET person = $2 WHERE county = $1 AND person = $3 AND person <> 0 AND activity NOT IN "
                    "(SELECT activity FROM activity_slots WHERE county = $1 AND person = $2 AND person <> 0)",
        call.county, merged.kept, merged.merged);
    call.db.execute(
        "UPDATE activity_presence SET person = $2 WHERE county = $1 AND person = $3 AND activity NOT IN (SELECT activity "
        "FROM activity_presence WHERE county = $1 AND person = $2)",
        call.county, merged.kept, merged.merged);
    for (auto const statement : {"UPDATE activity_sign_ups SET signed_by = $2 WHERE county = $1 AND signed_by = $3",
             "UPDATE activity_results SET person = $2 WHERE county = $1 AND person = $3",
             "UPDATE activity_moves SET person = $2 WHERE county = $1 AND person = $3"})
        call.db.execute(statement, call.county, merged.kept, merged.merged);
    move_scans(call, merged);
    merge_in_planning(call, merged);
}

void removal_asked(Call& call, directory::RemovalAsked const& asked)
{
    for (auto const statement : {"SELECT organiser AS value FROM activities WHERE county = $1 AND organiser ANY_OF($2)",
             "SELECT resource AS value FROM activities WHERE county = $1 AND resource ANY_OF($2)",
             "SELECT created_by AS value FROM activities WHERE county = $1 AND created_by ANY_OF($2)",
             "SELECT party AS value FROM activity_parties WHERE county = $1 AND party ANY_OF($2)",
             "SELECT person AS value FROM activity_sign_ups WHERE county = $1 AND person ANY_OF($2)",
             "SELECT student AS value FROM activity_sign_ups WHERE county = $1 AND student ANY_OF($2)",
             "SELECT person AS value FROM activity_slots WHERE county = $1 AND person ANY_OF($2)",
             "SELECT person AS value FROM activity_presence WHERE county = $1 AND person ANY_OF($2)",
             "SELECT person AS value FROM activity_scans WHERE county = $1 AND person ANY_OF($2)"})
        for (auto const id : call.db.values<std::int64_t>(statement, call.county, db::IntegerList{asked.ids}))
            asked.in_use->insert(id);
    keep_for_planning(call, asked);
}

struct AttendedData {
    std::string activity;
    Instant starts_at;
    bool signed_up = false, was_there = false;
    std::int64_t minutes = 0;
};
BOOST_DESCRIBE_STRUCT(AttendedData, (), (activity, starts_at, signed_up, was_there, minutes))

void add_person_data(Call& call, directory::PersonDataAsked const& asked)
{
    asked.sections->push_back(directory::section_of("activities", {"活动报名与参加", "Events"},
        call.db.rows<AttendedData>(
            "WITH mine AS (SELECT activity FROM activity_sign_ups WHERE county = $1 AND person = $2 UNION SELECT activity FROM "
            "activity_slots WHERE county = $1 AND person = $2 AND person <> 0 UNION SELECT activity FROM activity_presence WHERE "
            "county = $1 AND "
            "person = $2) SELECT a.title AS activity, a.starts_at, EXISTS (SELECT 1 FROM activity_sign_ups s WHERE s.county = $1 "
            "AND "
            "s.activity = a.id AND s.person = $2 AND s.state = 'placed') AS signed_up, EXISTS (SELECT 1 FROM activity_presence r "
            "WHERE r.county = $1 AND r.activity = a.id AND r.person = $2) AS was_there, COALESCE((SELECT MAX(e.minutes) FROM "
            "activity_results e WHERE e.county = $1 AND e.activity = a.id AND e.person = $2), 0) AS minutes FROM activities a "
            "WHERE "
            "a.county = $1 AND a.id IN (SELECT activity FROM mine) ORDER BY a.starts_at",
            call.county, asked.person)));
    add_moves_data(call, asked);
    add_scan_data(call, asked);
    add_planning_data(call, asked);
}

// Entries stay, since finished figures stand on them; so do the results that lead to them.
void person_erased(Call& call, directory::PersonErased const& erased)
{
    erase_scans(call, erased);
    for (auto const table : {"activity_sign_ups", "activity_presence", "activity_moves"})
        call.db.execute(std::string("DELETE FROM ") + table + " WHERE county = $1 AND person = $2", call.county, erased.person);
    call.db.execute("UPDATE activity_slots SET person = 0, student = 0 WHERE county = $1 AND (person = $2 OR student = $2)",
        call.county, erased.person);
    erase_from_planning(call, erased);
}

Routes running_routes()
{
    using enum Permission;
    return {
        route(Verb::post, "/api/activities", append_entries, "activity_announce",
            "Announces an event, or all dates of a timetable; gives the first", announce),
        route(Verb::patch, "/api/activities/{id}", append_entries, "activity_change",
            "Changes an event, or with it the later ones of its timetable", change_activity),
        route(Verb::put, "/api/activities/{id}/cancellation", append_entries, "activity_cancel",
            "Cancels an event with a reason and tells those who come", cancel_activity),
        route(Verb::put, "/api/activities/{id}/sign-up-closing", append_entries, "activity_sign_up_close",
            "Takes no more sign-ups for an event", close_sign_up),
        route(Verb::del, "/api/activities/{id}/sign-up-closing", append_entries, "activity_sign_up_reopen",
            "Takes sign-ups for an event again", reopen_sign_up),
        route(Verb::get, "/api/activities/{id}/waiting-list", signed_in, "waiting_list_show",
            "Who waits for a place, in order, for whoever runs the event", list_waiting)
            .as_personal_file(),
        route(Verb::get, "/api/activities/{id}/waiting-list.xlsx", signed_in, "waiting_list_export", "The waiting list as a sheet",
            export_waiting)
            .as_personal_file(),
        route(Verb::put, "/api/activities/{id}/waiting-list/{person}/position", append_entries, "waiting_list_move",
            "Moves somebody to the front or the end of the waiting list, with a reason", move_waiting),
        route(Verb::put, "/api/activities/{id}/replay", append_entries, "activity_replay",
            "Links an event to the lesson that shows it again", set_replay),
        route(Verb::post, "/api/activities/{id}/join-logs", append_entries, "join_log_bring",
            "Brings a file of joinings and leavings; it is previewed as an import", bring_join_log)
            .with_file(),
        route(Verb::get, "/api/activities/{id}/check-in-code", signed_in, "check_in_code_show",
            "The code that people check in with now, for whoever runs the event", show_check_in_code),
        route(Verb::get, "/api/activities/{id}/attendance", signed_in, "attendance_list",
            "Who is expected or invited and who was there, for whoever runs the event", list_attendance)
            .as_personal_file(),
        route(Verb::put, "/api/activities/{id}/attendance", signed_in, "attendance_tick",
            "Writes down that people were there, or takes that back", tick_attendance),
        route(Verb::get, "/api/activities/{id}/attendance.xlsx", signed_in, "attendance_export", "The attendance as a sheet",
            export_attendance)
            .as_personal_file(),
        route(Verb::put, "/api/activities/{id}/closing", signed_in, "activity_close",
            "Enters an event and its attendance in the ledger", close_activity),
        route(Verb::put, "/api/activities/{id}/reopening", signed_in, "activity_reopen",
            "Takes the entries of a closed event back, to correct its attendance", reopen_activity),
    };
}

Routes coming_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/activity-kinds", signed_in, "activity_kinds", "What an event can be", list_kinds),
        route(Verb::get, "/api/activities", signed_in, "activity_list", "Events that are there for the viewer", list_activities),
        route(Verb::get, "/api/activities/{id}", signed_in, "activity_show", "An event and the viewer's part in it", show_activity),
        route(Verb::put, "/api/activities/{id}/sign-up", signed_in, "activity_sign_up",
            "Signs the viewer or a child up, or puts them on the waiting list", sign_up)
            .batched(sign_up_together),
        route(Verb::get, "/api/activities/{id}/family", signed_in, "activity_family",
            "Who of the viewer's family may come, and what else they have at that time", show_family),
        route(Verb::put, "/api/activities/{id}/family-sign-up", signed_in, "activity_family_sign_up",
            "Signs several of a family up in one go: all of them or nobody", sign_up_family)
            .batched(sign_up_families),
        route(Verb::put, "/api/activities/{id}/offer", signed_in, "activity_accept", "Takes the place that is held for the viewer",
            accept_offer),
        route(Verb::del, "/api/activities/{id}/sign-up", signed_in, "activity_withdraw", "Takes a sign-up back", withdraw_sign_up),
        route(Verb::put, "/api/activities/{id}/slots/{number}/booking", signed_in, "slot_book", "Books a slot of a consultation",
            book_slot),
        route(Verb::del, "/api/activities/{id}/slots/{number}/booking", signed_in, "slot_free", "Gives a booked slot back",
            free_slot),
        route(Verb::post, "/api/activities/{id}/check-in", signed_in, "activity_check_in",
            "Checks the viewer in by the code that the organiser shows", check_in)
            .slowly(),
        route(Verb::get, "/api/own-activities", signed_in, "activities_own", "What the viewer comes to", own_activities),
    };
}

} // namespace

Routes routes() { return joined({coming_routes, running_routes, scan_routes, planning_routes}); }

void handle_jobs(Jobs& jobs)
{
    handle_reminder_job(jobs);
    handle_offer_job(jobs);
    imports::add_importer(join_log_importer());
}

std::vector<SealedColumn> sealed_columns()
{
    return {{"activity_moves", "id", "reason"}, {"activity_drafts", "id", "content"}, {"activity_templates", "id", "content"},
        {"activity_travels", "activity", "sheet"}, {"activity_consents", "activity, student", "note"},
        {"activity_feedback", "activity, person", "comment"}};
}

void subscribe(Events& events)
{
    events.subscribe<directory::PeopleMerged>(people_merged);
    events.subscribe<directory::RemovalAsked>(removal_asked);
    events.subscribe<directory::PersonDataAsked>(add_person_data);
    events.subscribe<directory::PersonErased>(person_erased);
    events.subscribe<directory::HappeningsAsked>(add_happenings);
}

} // namespace concentric::activities
