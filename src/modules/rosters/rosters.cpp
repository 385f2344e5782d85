#include "modules/rosters/rosters.hpp"

#include "core/route_parts.hpp"
#include "modules/rosters/agenda.hpp"
#include "modules/rosters/attendance.hpp"
#include "modules/rosters/merging.hpp"
#include "modules/rosters/own.hpp"
#include "modules/rosters/person_data.hpp"
#include "modules/rosters/planning.hpp"
#include "modules/rosters/telling.hpp"
#include "modules/rosters/volunteers.hpp"

namespace concentric::rosters {
namespace {

Routes roster_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/rosters", read_people, "roster_list", "Duty rosters within reach", list_rosters),
        route(Verb::post, "/api/rosters", append_entries, "roster_start", "Begins a roster with its posts", start_roster),
        route(Verb::get, "/api/rosters/{id}", signed_in, "roster_show", "A roster with its posts and figures", show_roster),
        route(Verb::put, "/api/rosters/{id}", append_entries, "roster_change", "Changes a roster", change_roster),
        route(Verb::put, "/api/rosters/{id}/closing", append_entries, "roster_close", "Ends a roster", close_roster),
        route(Verb::put, "/api/rosters/{id}/invitation", append_entries, "roster_invite", "Invites families to come in",
            invite_families),
        route(Verb::post, "/api/rosters/{roster}/posts", append_entries, "roster_post_add", "Adds a post", add_post),
        route(Verb::put, "/api/roster-posts/{id}", append_entries, "roster_post_change", "Changes a post", save_post),
        route(Verb::del, "/api/roster-posts/{id}", append_entries, "roster_post_remove", "Takes a post away", remove_post),
        route(Verb::get, "/api/rosters/{id}/members", read_people, "roster_member_list",
            "Who serves, with turns and hours: the fairness table", list_members)
            .as_personal_file(),
        route(Verb::post, "/api/rosters/{roster}/members", append_entries, "roster_member_add", "Puts somebody in", add_member),
        route(Verb::put, "/api/rosters/{roster}/members/{person}", append_entries, "roster_member_change",
            "Says who leads, pauses, and on which days somebody serves", change_member),
        route(Verb::del, "/api/rosters/{roster}/members/{person}", append_entries, "roster_member_remove", "Takes somebody out",
            remove_member),
        route(Verb::put, "/api/rosters/{id}/plan", append_entries, "roster_plan", "Shares the turns out fairly, or fills gaps",
            plan_roster),
        route(Verb::put, "/api/rosters/{id}/publication", append_entries, "roster_publish", "Tells everybody their turns",
            publish_roster),
        route(Verb::get, "/api/rosters/{id}/shifts", signed_in, "roster_shift_list", "Turns of some days", list_shifts)
            .as_personal_file(),
        route(Verb::get, "/api/rosters/{id}/shifts.xlsx", read_people, "roster_sheet", "All turns as a sheet", shifts_sheet)
            .as_personal_file(),
        route(Verb::get, "/api/rosters/{id}/changes", read_people, "roster_change_list",
            "How turns changed hands and hours were corrected", list_changes)
            .as_personal_file(),
        route(Verb::put, "/api/roster-shifts/{id}/person", append_entries, "roster_shift_move", "Lays a turn by hand", move_shift),
    };
}

Routes duty_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/roster-posts/{id}/code", signed_in, "duty_code_show", "The code that whoever serves scans now",
            show_duty_code),
        route(Verb::get, "/api/roster-posts/{id}/poster", read_people, "duty_poster_show", "The paper at the post", show_poster),
        route(Verb::put, "/api/roster-posts/{id}/poster", append_entries, "duty_poster_renew",
            "A new paper; the old one counts no more", renew_poster),
        route(Verb::put, "/api/roster-shifts/{id}/hours", signed_in, "duty_hours_enter", "Enters hours by hand", enter_hours),
        route(Verb::put, "/api/roster-shifts/{id}/signature", signed_in, "duty_hours_sign",
            "Countersigns hours, or sends them back", sign_hours),
        route(Verb::put, "/api/roster-shifts/{id}/correction", signed_in, "duty_hours_correct", "Corrects hours", correct_hours),
        route(Verb::get, "/api/own-duties", signed_in, "own_duty_list", "One's own duties, questions and rosters", show_own),
        route(Verb::put, "/api/own-duties/{id}/arrival", signed_in, "own_duty_arrive", "Comes to a turn, by code", arrive).slowly(),
        route(Verb::put, "/api/own-duties/{id}/departure", signed_in, "own_duty_leave", "Ends a turn, by code", leave).slowly(),
        route(Verb::del, "/api/own-duties/{id}", signed_in, "own_duty_give_back", "Gives a turn back in time", give_back),
        route(Verb::get, "/api/own-duties/{id}/exchanges", signed_in, "own_duty_exchanges", "Colleagues' turns to swap with",
            list_exchanges),
        route(Verb::post, "/api/own-duties/{id}/swaps", signed_in, "own_duty_ask", "Asks to swap, or to cover", ask_swap),
        route(Verb::put, "/api/roster-swaps/{id}/acceptance", signed_in, "duty_swap_accept", "Takes the turn over", accept_swap),
        route(Verb::put, "/api/roster-swaps/{id}/refusal", signed_in, "duty_swap_decline", "Says no", decline_swap),
        route(Verb::del, "/api/roster-swaps/{id}", signed_in, "duty_swap_withdraw", "Asks no more", withdraw_swap),
        route(Verb::put, "/api/own-rosters/{id}", signed_in, "own_roster_join", "Comes into a roster, or says which days suit",
            join_roster),
        route(Verb::del, "/api/own-rosters/{id}", signed_in, "own_roster_leave", "Leaves a roster", leave_roster),
    };
}

Routes record_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/own-volunteer-record", signed_in, "own_volunteer_record", "One's own volunteer record",
            show_own_record),
        route(Verb::get, "/api/own-volunteer-record/certificate.pdf", signed_in, "own_volunteer_certificate",
            "One's own volunteer record on paper", own_certificate),
        route(Verb::post, "/api/own-volunteer-record/corrections", signed_in, "own_volunteer_correction",
            "Asks to correct the record", ask_correction),
        route(Verb::get, "/api/volunteers", read_people, "volunteer_list", "Who volunteered within reach", list_volunteers)
            .as_personal_file(),
        route(Verb::get, "/api/volunteers.xlsx", read_numbers, "volunteer_sheet", "Services for the national system",
            volunteers_sheet)
            .as_personal_file(),
        route(Verb::get, "/api/volunteers/{id}", read_people, "volunteer_show", "A volunteer's record", show_volunteer)
            .as_personal_file(),
        route(Verb::get, "/api/volunteers/{id}/certificate.pdf", read_people, "volunteer_certificate_export", "The record on paper",
            volunteer_certificate)
            .as_personal_file(),
        route(Verb::post, "/api/volunteers/{person}/notes", append_entries, "volunteer_note_add",
            "Adds a training, an award or an evaluation", add_note),
        route(Verb::del, "/api/volunteer-notes/{id}", append_entries, "volunteer_note_remove", "Takes one away", remove_note),
        route(Verb::get, "/api/volunteer-corrections", read_people, "volunteer_correction_list", "Requests to correct records",
            list_corrections)
            .as_personal_file(),
        route(Verb::put, "/api/volunteer-corrections/{id}/answer", append_entries, "volunteer_correction_answer", "Answers one",
            answer_correction),
    };
}

} // namespace

Routes routes() { return joined({roster_routes, duty_routes, record_routes}); }

void subscribe(Events& events)
{
    events.subscribe<directory::RemovalAsked>(removal_asked);
    events.subscribe<directory::PersonDataAsked>(add_person_data);
    events.subscribe<directory::PersonErased>(person_erased);
    events.subscribe<directory::PeopleMerged>(people_merged);
    events.subscribe<directory::HappeningsAsked>(add_happenings);
}

void handle_jobs(Jobs& jobs) { handle_reminder_job(jobs); }

std::vector<SealedColumn> sealed_columns()
{
    return {{"roster_changes", "id", "reason"}, {"volunteer_notes", "id", "words"}, {"volunteer_corrections", "id", "words"},
        {"volunteer_corrections", "id", "answer"}};
}

} // namespace concentric::rosters
