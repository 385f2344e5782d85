#include "modules/service/service.hpp"

#include "core/route_parts.hpp"
#include "modules/service/hours.hpp"
#include "modules/service/person_data.hpp"
#include "modules/service/ratings.hpp"
#include "modules/service/records.hpp"
#include "modules/service/reminders.hpp"
#include "modules/service/sheets.hpp"

namespace concentric::service {
namespace {

Routes offer_routes()
{
    using enum Permission;
    return {
        route(Verb::post, "/api/service-offers", append_entries, "service_offer",
            "Offers service to pupils, once or by a timetable", offer_service),
        route(
            Verb::get, "/api/service-offers", signed_in, "service_offer_list", "Service that is there for the viewer", list_offers),
        route(Verb::get, "/api/service-offers.xlsx", signed_in, "service_offer_sheet", "The same as a sheet", offer_sheet),
        route(Verb::get, "/api/service-offers/{id}", signed_in, "service_offer_show", "An offer with its ages, needs and base",
            show_offer),
        route(Verb::put, "/api/service-offers/{id}/terms", append_entries, "service_terms_change", "Changes ages and needs",
            change_terms),
        route(Verb::get, "/api/service-offers/{id}/hours", signed_in, "service_hours_list",
            "Who was there from when to when, for whoever runs it", list_hours)
            .as_personal_file(),
        route(Verb::put, "/api/service-offers/{id}/hours", signed_in, "service_hours_confirm",
            "Says from when to when pupils were there", confirm_hours),
        route(Verb::put, "/api/service-offers/{id}/rating", signed_in, "service_rate", "Rates a base for a child who was there",
            rate),
        route(
            Verb::get, "/api/service-bases", signed_in, "service_base_list", "Bases with the mean of what pupils said", list_bases),
        route(Verb::get, "/api/service-bases.xlsx", signed_in, "service_base_sheet", "The same as a sheet", base_sheet),
        route(
            Verb::get, "/api/service-bases/{id}", signed_in, "service_base_show", "A base with what pupils said of it", show_base),
        route(Verb::get, "/api/service-ratings", approve_families, "service_rating_list", "What pupils within reach said of bases",
            list_ratings)
            .as_personal_file(),
        route(Verb::get, "/api/service-ratings.xlsx", approve_families, "service_rating_sheet", "The same as a sheet", rating_sheet)
            .as_personal_file(),
        route(Verb::put, "/api/service-ratings/{id}/hiding", approve_families, "service_rating_hide",
            "Hides the words of a rating, with a reason", hide_rating),
        route(Verb::del, "/api/service-ratings/{id}/hiding", approve_families, "service_rating_show_again",
            "Shows the words of a rating again", show_rating_again),
    };
}

Routes meter_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/service-targets", signed_in, "service_target_list", "The plans' obligations that ask for service",
            list_targets),
        route(Verb::get, "/api/service-meters/{class}", read_people, "service_meter_show",
            "A class's pupils with their hours of service", show_meter)
            .as_personal_file(),
        route(Verb::get, "/api/service-meters/{class}/pupils.xlsx", read_people, "service_meter_sheet", "The same as a sheet",
            meter_sheet)
            .as_personal_file(),
        route(Verb::get, "/api/service-meters/{class}/records.pdf", read_people, "service_records_export",
            "Records of service of a class, with codes", print_class)
            .writing(true)
            .as_personal_file(),
        route(Verb::get, "/api/service-records/{student}/record.pdf", read_people, "service_record_export",
            "A pupil's record of service, with a code", print_pupil)
            .writing(true)
            .as_personal_file(),
        route(Verb::get, "/api/own-service", signed_in, "service_own", "How far one's own children are, and what counts", show_own),
        route(Verb::get, "/api/own-service/{student}/record.pdf", signed_in, "service_own_record_export",
            "The record of one's own child", print_own)
            .writing(true),
        route(Verb::get, "/api/service-reminders", send_notices, "service_reminder_list", "Reminders of units within reach",
            list_reminders),
        route(Verb::post, "/api/service-reminders", send_notices, "service_reminder_set",
            "Reminds families of pupils who are short, once or again and again", set_reminder),
        route(
            Verb::del, "/api/service-reminders/{id}", send_notices, "service_reminder_remove", "Ends a reminder", remove_reminder),
    };
}

} // namespace

Routes routes() { return joined({offer_routes, meter_routes, check_routes}); }

void subscribe(Events& events)
{
    events.subscribe<activities::SignUpAsked>(sign_up_asked);
    events.subscribe<activities::ActivityClosed>(event_closed);
    events.subscribe<activities::ActivityReopened>(event_reopened);
    events.subscribe<directory::RemovalAsked>(removal_asked);
    events.subscribe<directory::PersonDataAsked>(add_person_data);
    events.subscribe<directory::PersonErased>(person_erased);
    events.subscribe<directory::PeopleMerged>(people_merged);
}

void handle_jobs(Jobs& jobs) { jobs.handle(std::string(reminder_job), run_reminder_job, JobLane::quick); }

std::vector<SealedColumn> sealed_columns() { return {{"service_ratings", "id", "words"}, {"service_records", "code", "name"}}; }

} // namespace concentric::service
