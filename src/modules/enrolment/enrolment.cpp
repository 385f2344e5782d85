#include "modules/enrolment/enrolment.hpp"

#include "core/route_parts.hpp"
#include "modules/enrolment/class_changes.hpp"
#include "modules/enrolment/former_pupils.hpp"
#include "modules/enrolment/school_closings.hpp"
#include "modules/enrolment/transfers.hpp"
#include "modules/enrolment/turn_places.hpp"
#include "modules/enrolment/turn_run.hpp"
#include "modules/enrolment/turn_views.hpp"

namespace concentric::enrolment {

Routes routes()
{
    return joined({turn_routes, turn_view_routes, turn_choice_routes, turn_place_routes, turn_run_routes, transfer_routes,
        transfer_answer_routes, class_change_routes, school_closing_routes, former_pupil_routes});
}

std::vector<SealedColumn> sealed_columns()
{
    return {{"transfers", "id", "reason"}, {"transfers", "id", "answer"}, {"class_changes", "id", "reason"},
        {"turn_exceptions", "turn, student", "reason"}};
}

void handle_jobs(Jobs& jobs)
{
    handle_turn_jobs(jobs);
    handle_transfer_jobs(jobs);
}

} // namespace concentric::enrolment
