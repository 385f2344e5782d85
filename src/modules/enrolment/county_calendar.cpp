#include "modules/enrolment/county_calendar.hpp"

#include "modules/enrolment/schooling.hpp"
#include "modules/plan/periods.hpp"
#include "modules/plan/plans.hpp"

namespace concentric::enrolment {

Day next_turn(Call& call)
{
    auto const usual = usual_turn(call.today());
    for (auto const& plan : plan::in_force(call))
        for (auto const& term : plan->plan.terms)
            if (term.from.year() == usual.year() && term.from.month() >= plan::first_autumn_month)
                return term.from;
    return usual;
}

} // namespace concentric::enrolment
