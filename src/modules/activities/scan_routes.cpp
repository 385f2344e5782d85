#include "modules/activities/scan_routes.hpp"

#include "modules/activities/own_paper_codes.hpp"
#include "modules/activities/scan_lists.hpp"

namespace concentric::activities {

Routes scan_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/activities/{id}/admission", signed_in, "admission_show",
            "How people are let in, by which gates, and how many passed each", show_admission),
        route(Verb::put, "/api/activities/{id}/admission", signed_in, "admission_set",
            "Says whether people check in once or in and out, and by which gates", set_admission),
        route(Verb::get, "/api/activities/{id}/check-in-list", signed_in, "check_in_list_show",
            "What a phone takes along to the gate: names, gates, and the keys to check codes with", load_check_in_list)
            .as_personal_file(),
        route(Verb::get, "/api/activities/{id}/paper-codes", signed_in, "paper_code_list",
            "Codes to print for those who bring no phone", list_paper_codes)
            .as_personal_file(),
        route(Verb::get, "/api/activities/{id}/scans", signed_in, "scan_list",
            "Who passed when, by which gate and on which device, and what was repeated", list_scans)
            .as_personal_file(),
        route(Verb::put, "/api/activities/{id}/scans", signed_in, "scans_hand_in",
            "Hands in what a device scanned, and takes scans back; sending again changes nothing", hand_in_scans)
            .batched(hand_in_scans_together),
        route(Verb::get, "/api/activities/{id}/own-codes", signed_in, "attendee_codes_own",
            "The codes by which the viewer or their children are let in", show_own_codes),
        route(Verb::get, "/api/activities/{id}/own-paper-codes", signed_in, "attendee_paper_codes_own",
            "The same as they stay on paper, and whether these people are in", show_own_paper_codes),
    };
}

} // namespace concentric::activities
