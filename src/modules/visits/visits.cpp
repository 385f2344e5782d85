#include "modules/visits/visits.hpp"

#include "core/route_parts.hpp"
#include "modules/visits/agenda.hpp"
#include "modules/visits/corrections.hpp"
#include "modules/visits/geocoding.hpp"
#include "modules/visits/maps.hpp"
#include "modules/visits/outings.hpp"
#include "modules/visits/person_data.hpp"
#include "modules/visits/planning.hpp"
#include "modules/visits/wishes.hpp"

namespace concentric::visits {
namespace {

Routes campaign_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/visit-campaigns", read_people, "visit_campaign_list",
            "Visit campaigns of the schools that one belongs to", list_campaigns),
        route(Verb::post, "/api/visit-campaigns", append_entries, "visit_campaign_start",
            "Begins a school's campaign: a visit for each pupil, a team for each class; families are asked at once",
            start_campaign),
        route(Verb::get, "/api/visit-campaigns/{id}", read_people, "visit_campaign_show", "A campaign with its figures and teams",
            show_campaign),
        route(Verb::put, "/api/visit-campaigns/{id}/closing", append_entries, "visit_campaign_close", "Ends a campaign",
            close_campaign),
        route(Verb::post, "/api/visit-campaigns/{campaign}/teams", append_entries, "visit_team_add", "Adds a team", add_team),
        route(Verb::put, "/api/visit-teams/{id}", append_entries, "visit_team_change",
            "Changes who is in a team and when they are free", change_team),
        route(Verb::del, "/api/visit-teams/{id}", append_entries, "visit_team_remove", "Takes a team away that has no visits",
            remove_team),
        route(Verb::get, "/api/visit-campaigns/{id}/visits", read_people, "visit_list",
            "Who is due: last visit, wish, priority and plan, by class", list_visits)
            .as_personal_file(),
        route(Verb::get, "/api/visit-campaigns/{id}/visits.xlsx", read_people, "visit_sheet", "The same as a sheet", visits_sheet)
            .as_personal_file(),
        route(Verb::post, "/api/visit-campaigns/{id}/plans", append_entries, "visit_plan_start",
            "Proposes days and routes with the least travel, as a job", start_planning),
        route(Verb::get, "/api/visit-campaigns/{id}/board", read_people, "visit_board_show",
            "What is planned, by team and time, with conflicts", show_board)
            .as_personal_file(),
        route(Verb::put, "/api/visit-campaigns/{id}/publication", append_entries, "visit_plan_publish",
            "Tells the families of planned visits when and who", publish),
        route(Verb::get, "/api/visit-campaigns/{id}/outings", append_entries, "visit_outing_list",
            "Which teams are or were on their way, and who is not back", list_outings),
        route(Verb::get, "/api/visit-campaigns/{id}/corrections", append_entries, "visit_correction_list",
            "What was written off line before the closing and came afterwards", list_corrections)
            .as_personal_file(),
        route(Verb::put, "/api/visit-campaigns/{id}/corrections-reading", append_entries, "visit_correction_read",
            "Notes that the leader has looked at them", read_corrections),
        route(Verb::put, "/api/visit-campaigns/{id}/geocoding", append_entries, "visit_geocoding_choose",
            "Chooses whether addresses may be sent to the installation's address service", choose_geocoding),
        route(Verb::get, "/api/visit-campaigns/{id}/workload", read_people, "visit_workload_show",
            "Visits and minutes of each teacher", show_workload),
        route(Verb::get, "/api/visit-campaigns/{id}/workload.xlsx", read_people, "visit_workload_sheet", "The same as a sheet",
            workload_sheet)
            .as_personal_file(),
    };
}

Routes visit_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/visit-duties", signed_in, "visit_duty_list",
            "The visits of one's own teams, and what the school agreed to do", list_duties)
            .as_personal_file(),
        route(Verb::get, "/api/visit-teams/{id}/route", signed_in, "visit_route_show", "A day's way of one's own team", show_route)
            .as_personal_file(),
        route(Verb::get, "/api/visit-days/{day}", signed_in, "visit_day_show",
            "One's own visits of a day in the order of the way, with places and records, to be kept on the phone", show_day)
            .as_personal_file(),
        route(Verb::put, "/api/visit-teams/{id}/outings/{day}/departure", signed_in, "visit_team_leave",
            "Says that one's own team is on its way", say_left),
        route(Verb::put, "/api/visit-teams/{id}/outings/{day}/return", signed_in, "visit_team_return",
            "Says that one's own team is back", say_back),
        route(Verb::get, "/api/visits/{id}", signed_in, "visit_show", "A visit with its record", show_visit).as_personal_file(),
        route(Verb::put, "/api/visits/{id}/wish", signed_in, "visit_wish_type", "Enters what a family wishes", type_wish),
        route(
            Verb::get, "/api/visits/{id}/place", signed_in, "visit_place_show", "Where one's own team meets the family", show_place)
            .as_personal_file(),
        route(Verb::get, "/api/visits/{id}/map", signed_in, "visit_map_show",
            "The school and the team's other families, to pick a place among them", show_map)
            .as_personal_file(),
        route(Verb::put, "/api/visits/{id}/place", signed_in, "visit_place_save", "Enters where the family is met", save_place),
        route(Verb::post, "/api/visits/{id}/place-proposals", signed_in, "visit_place_ask",
            "Asks the address service where an address is; nothing is saved", ask_places)
            .slowly(),
        route(Verb::put, "/api/visits/{id}/time", append_entries, "visit_move", "Lays a visit by hand", move_visit),
        route(Verb::del, "/api/visits/{id}/time", append_entries, "visit_release", "Lets the planner move it again", release_visit),
        route(Verb::put, "/api/visits/{id}/record", signed_in, "visit_record",
            "Records a visit, with the family's code where it has one", record_visit)
            .slowly(),
        route(Verb::put, "/api/visits/{id}/record-edit", signed_in, "visit_record_edit",
            "Changes some fields of a record, also what was written off line; what others changed meanwhile stays", edit_record)
            .slowly(),
        route(Verb::del, "/api/visits/{id}/record", signed_in, "visit_record_remove", "Takes a record back", take_record_back),
        route(Verb::put, "/api/visits/{id}/points/{number}", signed_in, "visit_point_tick",
            "Says that what the school agreed to was done, or not", tick_point),
    };
}

Routes family_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/own-visits", signed_in, "own_visit_list", "Visits to one's own children", list_own),
        route(Verb::put, "/api/own-visits/{id}/wish", signed_in, "own_visit_wish", "Says how, when and where one wishes to meet",
            wish),
        route(Verb::get, "/api/own-visits/{id}/map", signed_in, "own_visit_map_show",
            "The school, to pick one's own place beside it", show_own_map),
        route(Verb::put, "/api/own-visits/{id}/answer", signed_in, "own_visit_answer", "Confirms the time, or asks for another one",
            answer_time),
        route(Verb::get, "/api/own-visits/{id}/code", signed_in, "own_visit_code", "The code that shows that somebody is here",
            show_code),
        route(Verb::put, "/api/own-visits/{id}/confirmation", signed_in, "own_visit_confirm",
            "Says that the visit took place and this was agreed", confirm_visit),
        route(Verb::put, "/api/own-visits/{id}/points/{number}", signed_in, "own_visit_point_tick",
            "Says that what the family agreed to was done, or not", tick_own_point),
    };
}

} // namespace

void configure(Settings const& settings) { configure_geocoding(settings); }

Routes routes() { return joined({campaign_routes, visit_routes, family_routes}); }

void subscribe(Events& events)
{
    events.subscribe<directory::RemovalAsked>(removal_asked);
    events.subscribe<directory::PersonDataAsked>(add_person_data);
    events.subscribe<directory::PersonErased>(person_erased);
    events.subscribe<directory::HappeningsAsked>(add_happenings);
}

void handle_jobs(Jobs& jobs)
{
    jobs.handle(std::string(plan_job), run_plan_job);
    jobs.handle(std::string(outing_job), run_outing_job, JobLane::quick);
}

std::vector<SealedColumn> sealed_columns()
{
    return {{"visits", "id", "reason"}, {"visits", "id", "place"}, {"visits", "id", "record"},
        {"visit_edits", "visit, edit", "fields"}, {"visit_points", "visit, number", "words"}};
}

} // namespace concentric::visits
