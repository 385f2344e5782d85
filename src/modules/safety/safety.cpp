#include "modules/safety/safety.hpp"

#include "core/route_parts.hpp"
#include "modules/safety/alarms.hpp"
#include "modules/safety/cards.hpp"
#include "modules/safety/hazards.hpp"
#include "modules/safety/medical_flags.hpp"
#include "modules/safety/overview.hpp"
#include "modules/safety/person_data.hpp"
#include "modules/safety/pick_up.hpp"
#include "modules/safety/tasks.hpp"
#include "modules/safety/telling.hpp"

namespace concentric::safety {
namespace {

Routes drill_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/drills", signed_in, "drill_list", "The drills of one's school, and what the plan asks of it",
            list_drills),
        route(Verb::get, "/api/drills.xlsx", signed_in, "drill_sheet", "The same as a sheet", drill_sheet),
        route(Verb::post, "/api/drills", append_entries, "drill_plan", "Puts a drill on the calendar", plan_drill),
        route(Verb::get, "/api/own-drills", signed_in, "own_drill_list",
            "The drills at hand, with the classes that one counts there", own_drills),
        route(Verb::get, "/api/drills/{id}", signed_in, "drill_show", "A drill with its live board of classes", show_board)
            .as_personal_file(),
        route(Verb::patch, "/api/drills/{id}", append_entries, "drill_change", "Changes a drill that has not begun", change_drill),
        route(Verb::put, "/api/drills/{id}/cancellation", append_entries, "drill_cancel", "Cancels a drill with a reason",
            cancel_drill),
        route(Verb::put, "/api/drills/{id}/start", signed_in, "drill_start", "Begins a drill: one tap of whoever leads it",
            start_drill),
        route(Verb::put, "/api/drills/{id}/stop", signed_in, "drill_stop", "Ends a drill", stop_drill),
        route(Verb::put, "/api/drills/{id}/closing", signed_in, "drill_close",
            "Enters a drill and all who were counted in the ledger, with what to do better", close_drill),
        route(
            Verb::put, "/api/drills/{id}/reopening", signed_in, "drill_reopen", "Takes the entries of a drill back", reopen_drill),
        route(Verb::get, "/api/drills/{id}/classes/{class}", signed_in, "drill_roll_show", "The pupils of a class to be counted",
            show_roll)
            .as_personal_file(),
        route(Verb::put, "/api/drills/{id}/classes/{class}/count", signed_in, "drill_class_report",
            "Says who of a class is there and who is missing; in any order and as often as the net asks for it", report_class),
        route(Verb::put, "/api/drills/{id}/classes/{class}/leader", signed_in, "drill_class_lead",
            "Says who counts a class besides its teachers", lead_class),
        route(Verb::put, "/api/drills/{id}/letter", send_notices, "drill_letter_write",
            "Tells families of a drill, said to be one in the title", write_of_drill),
        route(Verb::post, "/api/drills/{id}/tasks", signed_in, "safety_task_add", "Adds what is to be done better",
            add_task_of_drill),
        route(Verb::get, "/api/safety-tasks", signed_in, "safety_task_list", "What drills showed, and who does it until when",
            list_tasks),
        route(Verb::put, "/api/safety-tasks/{id}/outcome", signed_in, "safety_task_finish", "Says that a task was done, or not",
            finish_task),
        route(Verb::get, "/api/safety-overview", read_indicators, "safety_overview_show",
            "How the schools within reach stand with drills, hazards and cards", show_overview),
        route(Verb::get, "/api/safety-overview.xlsx", read_indicators, "safety_overview_sheet", "The same as a sheet",
            overview_sheet),
    };
}

Routes alarm_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/alarms", signed_in, "alarm_list", "Real alarms of one's school", list_alarms),
        route(Verb::post, "/api/alarms", signed_in, "alarm_raise", "Raises a real alarm: the whole staff is told and confirms",
            raise_alarm),
        route(Verb::get, "/api/alarms/{id}", signed_in, "alarm_show", "Who has confirmed an alarm and which pupils are there, live",
            show_alarm)
            .as_personal_file(),
        route(Verb::put, "/api/alarms/{id}/confirmation", signed_in, "alarm_confirm", "Says that one is safe, or needs help",
            confirm_alarm),
        route(Verb::put, "/api/alarms/{id}/end", signed_in, "alarm_end", "Ends an alarm and tells everybody", end_alarm),
        route(Verb::get, "/api/alarms/{id}/classes/{class}", signed_in, "alarm_roll_show",
            "The pupils of a class to be counted in an alarm", show_alarm_roll)
            .as_personal_file(),
        route(Verb::put, "/api/alarms/{id}/classes/{class}/count", signed_in, "alarm_class_report",
            "Says who of a class is there in an alarm and who is missing; in any order and as often as the net asks for it",
            report_alarm_class),
        route(Verb::put, "/api/alarms/{id}/classes/{class}/leader", signed_in, "alarm_class_lead",
            "Says who counts a class in an alarm besides its teachers", lead_alarm_class),
        route(Verb::put, "/api/alarms/{id}/letter", send_notices, "alarm_letter_write",
            "Tells families of a real alarm, once a second person has approved it", write_of_alarm),
        route(Verb::get, "/api/students/{id}/pick-up", signed_in, "pick_up_show", "To whom a child may be given now", show_pick_up)
            .as_personal_file(),
        route(Verb::get, "/api/classes/{id}/pick-up", signed_in, "class_pick_up_show",
            "To whom each child of a class may be given today, for phones that may be off line", show_class_pick_up)
            .as_personal_file(),
        route(Verb::post, "/api/handovers", signed_in, "handover_note", "Notes to whom a child was given", hand_over),
        route(Verb::get, "/api/handovers", read_people, "handover_list", "Who was given to whom on a day", list_handovers)
            .as_personal_file(),
    };
}

Routes card_routes()
{
    using enum Permission;
    return {
        route(
            Verb::get, "/api/emergency-cards", signed_in, "emergency_card_list", "The emergency cards of one's schools", own_cards),
        route(Verb::get, "/api/emergency-cards/{school}", signed_in, "emergency_card_show", "A school's emergency card", show_card),
        route(Verb::put, "/api/emergency-cards/{school}", append_entries, "emergency_card_save",
            "Fills in a school's emergency card", save_card),
        route(Verb::get, "/api/children/{id}/medical-flag", signed_in, "own_medical_flag_show",
            "What one wrote of one's child for emergencies", show_own_flag)
            .as_personal_file(),
        route(Verb::put, "/api/children/{id}/medical-flag", signed_in, "medical_flag_save",
            "Writes down what to know of one's child in an emergency", save_flag),
        route(Verb::del, "/api/children/{id}/medical-flag", signed_in, "medical_flag_remove", "Takes it back", remove_flag),
        route(Verb::get, "/api/students/{id}/medical-flag", signed_in, "medical_flag_show",
            "What to know of a pupil in an emergency, for whoever answers for the pupil today", show_flag)
            .as_personal_file(),
    };
}

Routes hazard_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/hazards", signed_in, "hazard_list", "Hazards that one answers for or reported", list_hazards),
        route(Verb::get, "/api/hazards.xlsx", signed_in, "hazard_sheet", "The same as a sheet", hazard_sheet),
        route(Verb::post, "/api/hazards", signed_in, "hazard_report", "Reports a hazard", report_hazard),
        route(Verb::post, "/api/hazard-photos", signed_in, "hazard_photo_add",
            "Takes a picture of a hazard, without where it was taken", add_photo)
            .with_file()
            .slowly(),
        route(Verb::get, "/api/hazards/{id}", signed_in, "hazard_show", "A hazard and what became of it", show_hazard),
        route(Verb::get, "/api/hazards/{id}/photo", signed_in, "hazard_photo_show", "The picture of a hazard", show_photo),
        route(Verb::put, "/api/hazards/{id}/assignment", append_entries, "hazard_assign", "Says who mends it until when",
            assign_hazard),
        route(
            Verb::put, "/api/hazards/{id}/closing", signed_in, "hazard_close", "Closes a hazard with what was done", close_hazard),
        route(Verb::put, "/api/hazards/{id}/reopening", signed_in, "hazard_reopen", "Opens a hazard again", reopen_hazard),
    };
}

} // namespace

Routes routes() { return joined({drill_routes, alarm_routes, card_routes, hazard_routes}); }

void subscribe(Events& events)
{
    events.subscribe<activities::ActivityCancelled>(activity_cancelled);
    events.subscribe<activities::ActivityMoved>(activity_moved);
    events.subscribe<activities::ActivityClosed>(activity_closed);
    events.subscribe<activities::ActivityReopened>(activity_reopened);
    events.subscribe<directory::RemovalAsked>(removal_asked);
    events.subscribe<directory::PersonDataAsked>(add_person_data);
    events.subscribe<directory::PersonErased>(person_erased);
}

void handle_jobs(Jobs& jobs) { handle_reminder_job(jobs); }

std::vector<SealedColumn> sealed_columns()
{
    return {{"alarms", "id", "words"}, {"handovers", "id", "note"}, {"medical_flags", "student", "words"},
        {"hazards", "id", "words"}, {"hazard_steps", "hazard, number", "words"}};
}

} // namespace concentric::safety
