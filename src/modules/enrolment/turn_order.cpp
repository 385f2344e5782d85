#include "modules/enrolment/turn_order.hpp"

#include <algorithm>

namespace concentric::enrolment {

std::vector<SchoolPlan> in_order_of_need(std::vector<SchoolPlan> schools)
{
    std::vector<SchoolPlan> ordered;
    std::set<OrganisationId> done;
    auto const is_ready = [&](SchoolPlan const& plan) {
        return std::all_of(plan.needs.begin(), plan.needs.end(), [&](OrganisationId id) { return done.contains(id); });
    };
    while (!schools.empty()) {
        auto const waiting = std::stable_partition(schools.begin(), schools.end(), is_ready);
        if (waiting == schools.begin())
            break;
        for (auto plan = schools.begin(); plan != waiting; ++plan)
            done.insert(plan->school.id);
        std::move(schools.begin(), waiting, std::back_inserter(ordered));
        schools.erase(schools.begin(), waiting);
    }
    for (auto& plan : schools) {
        plan.faults.push_back({plan.school.id, {}, {}, "circle",
            {"几所学校互相送出学生，无法确定先后；请改用转学。",
                "Schools send pupils to each other, so none can be first; use a transfer for them."},
            false});
        ++plan.counts.faults;
        ordered.push_back(std::move(plan));
    }
    return ordered;
}

TurnCounts& operator+=(TurnCounts& all, TurnCounts const& more)
{
    auto const& type = reflect::type_of<TurnCounts>;
    for (std::size_t i = 0; i < type.count; ++i) {
        auto const& field = type.fields[i];
        auto const sum = *static_cast<std::int64_t*>(field.at(&all))
            + *static_cast<std::int64_t const*>(field.at(const_cast<TurnCounts*>(&more)));
        *static_cast<std::int64_t*>(field.at(&all)) = sum;
    }
    return all;
}

} // namespace concentric::enrolment
