#include "modules/plan/credit_hours.hpp"

namespace concentric::plan {

constexpr std::int64_t usual_credit_hour = 45;

std::int64_t credit_hour_minutes(std::span<std::shared_ptr<InForce const> const> plans, Day on)
{
    for (auto const& version : plans)
        if (version->plan.from <= on && on <= version->plan.to)
            return version->plan.credit_hour_minutes;
    return usual_credit_hour;
}

} // namespace concentric::plan
