#include "modules/instructors/instructors.hpp"

#include "core/route_parts.hpp"
#include "modules/instructors/agenda.hpp"
#include "modules/instructors/asking.hpp"
#include "modules/instructors/certificates.hpp"
#include "modules/instructors/following.hpp"
#include "modules/instructors/menu.hpp"
#include "modules/instructors/own.hpp"

namespace concentric::instructors {
namespace {

Routes official_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/instructor-scheme", manage_instructors, "instructor_scheme_show",
            "How the county runs the scheme, with what waits in it", show_scheme),
        route(Verb::put, "/api/instructor-scheme", manage_instructors, "instructor_scheme_change", "Changes how it is run",
            change_scheme),
        route(Verb::get, "/api/instructors", manage_instructors, "instructor_list", "Members of the groups and who applied",
            list_members),
        route(Verb::get, "/api/instructors.xlsx", manage_instructors, "instructor_sheet", "The members as a sheet", members_sheet)
            .as_personal_file(),
        route(Verb::get, "/api/instructors/{person}", manage_instructors, "instructor_show",
            "An instructor with memberships, figures and ratings", show_instructor)
            .as_personal_file(),
        route(Verb::post, "/api/instructor-memberships", manage_instructors, "instructor_propose",
            "Proposes a holder of the certificate for a group", propose),
        route(Verb::put, "/api/instructor-memberships/{id}/decision", manage_instructors, "instructor_decide",
            "Takes an applicant in, or does not, with a reason", decide),
        route(Verb::put, "/api/instructor-memberships/{id}/review", manage_instructors, "instructor_review",
            "Gives a member another term, or ends the membership, with a reason", review),
        route(Verb::get, "/api/instructor-items", manage_instructors, "instructor_item_list",
            "Items of the menu that wait for an official's look", list_waiting_items),
        route(Verb::put, "/api/instructor-items/{id}/decision", manage_instructors, "instructor_item_decide",
            "Publishes an item of the menu, or refuses it", decide_item),
        route(Verb::get, "/api/instructor-ratings", manage_instructors, "instructor_rating_list", "All ratings with who gave them",
            list_ratings)
            .as_personal_file(),
        route(Verb::put, "/api/instructor-ratings/{id}/hiding", manage_instructors, "instructor_rating_hide",
            "Hides the words of a rating, with a reason", hide_rating),
        route(Verb::del, "/api/instructor-ratings/{id}/hiding", manage_instructors, "instructor_rating_restore",
            "Shows the words of a rating again", show_rating_again),
    };
}

Routes own_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/own-instructor", signed_in, "own_instructor_show",
            "One's own certificates, memberships, offers, figures and ratings", show_own),
        route(Verb::put, "/api/own-instructor", signed_in, "own_instructor_introduce", "Says who one is, for the menu",
            save_introduction),
        route(Verb::put, "/api/own-instructor/times", signed_in, "own_instructor_times", "Says when one can be booked", save_times),
        route(Verb::post, "/api/own-instructor/memberships", signed_in, "own_instructor_apply", "Applies for one of the groups",
            apply_for),
        route(Verb::put, "/api/own-instructor/memberships/{id}/withdrawal", signed_in, "own_instructor_withdraw",
            "Takes an application back", withdraw_application),
        route(
            Verb::post, "/api/own-instructor/items", signed_in, "own_instructor_item_add", "Adds an item to one's menu", add_item),
        route(Verb::put, "/api/own-instructor/items/{id}", signed_in, "own_instructor_item_change", "Changes an item of one's menu",
            change_item),
        route(Verb::put, "/api/own-instructor/items/{id}/withdrawal", signed_in, "own_instructor_item_withdraw",
            "Takes an item from the menu", withdraw_item),
        route(Verb::put, "/api/instructor-ratings/{id}/answer", signed_in, "instructor_rating_answer",
            "Answers a rating of oneself, once", answer_rating),
    };
}

Routes booking_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/training-menu", signed_in, "training_menu_list", "What can be booked today", list_menu),
        route(Verb::get, "/api/training-menu/{id}", signed_in, "training_menu_show", "An item of the menu with its free times",
            show_menu_item),
        route(Verb::post, "/api/instructor-bookings", signed_in, "instructor_booking_ask",
            "Asks for an instructor, for an organisation (with append_entries) or about one's own child", ask_booking),
        route(Verb::get, "/api/instructor-bookings", signed_in, "instructor_booking_list",
            "Bookings that one asked for, received, attended, or all", list_bookings),
        route(Verb::get, "/api/instructor-bookings.xlsx", signed_in, "instructor_booking_sheet", "Bookings as a sheet",
            bookings_sheet)
            .as_personal_file(),
        route(Verb::get, "/api/instructor-bookings/{id}", signed_in, "instructor_booking_show", "A booking", show_booking),
        route(Verb::put, "/api/instructor-bookings/{id}/answer", signed_in, "instructor_booking_answer",
            "Accepts, declines or names another time, as the instructor", answer_booking),
        route(Verb::put, "/api/instructor-bookings/{id}/agreement", signed_in, "instructor_booking_agree",
            "Agrees to the time that the instructor named", agree),
        route(Verb::put, "/api/instructor-bookings/{id}/cancellation", signed_in, "instructor_booking_cancel",
            "Cancels a booking with a reason", cancel_booking),
        route(Verb::put, "/api/instructor-bookings/{id}/delivery", signed_in, "instructor_booking_deliver",
            "Says that a consultation was held, or that the family did not come", note_delivery),
        route(Verb::del, "/api/instructor-bookings/{id}/delivery", signed_in, "instructor_booking_undo",
            "Takes back what was said of a consultation", take_delivery_back),
        route(Verb::put, "/api/instructor-bookings/{id}/rating", signed_in, "instructor_booking_rate",
            "Rates what one booked or attended", rate),
    };
}

} // namespace

Routes routes() { return joined({official_routes, own_routes, booking_routes}); }

void subscribe(Events& events)
{
    events.subscribe<recognition::CertificatesIssued>(certificates_issued);
    events.subscribe<recognition::CertificateRevoked>(certificate_revoked);
    events.subscribe<activities::ActivityClosed>(activity_closed);
    events.subscribe<activities::ActivityReopened>(activity_reopened);
    events.subscribe<activities::ActivityCancelled>(activity_cancelled);
    events.subscribe<activities::ActivityMoved>(activity_moved);
    events.subscribe<directory::PeopleMerged>(people_merged);
    events.subscribe<directory::RemovalAsked>(removal_asked);
    events.subscribe<directory::PersonDataAsked>(add_person_data);
    events.subscribe<directory::PersonErased>(person_erased);
    events.subscribe<directory::HappeningsAsked>(add_happenings);
}

std::vector<SealedColumn> sealed_columns() { return {{"instructor_bookings", "id", "message"}}; }

} // namespace concentric::instructors
