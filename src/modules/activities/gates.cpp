#include "modules/activities/gates.hpp"

#include "modules/activities/scans.hpp"

#include <algorithm>
#include <set>

namespace concentric::activities {
namespace {

constexpr std::size_t most_gates = 20;

struct GateRow {
    std::int64_t county = 0;
    ActivityId activity;
    std::int64_t number = 0;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(GateRow, (), (county, activity, number, name))

Admission admission_of(Call& call, OwnedActivity const& activity)
{
    Admission admission;
    admission.check_type = check_type_of(call, activity.id);
    admission.gates = gates_of(call, activity.id);
    for (auto const& gate : admission.gates)
        admission.figures.push_back({gate});
    for (auto& row : call.db.rows<GateFigures>(
             "SELECT gate AS name, count(CASE WHEN outcome = 'counted' AND direction = 'in' THEN 1 END) AS came, count(CASE WHEN "
             "outcome = 'counted' AND direction = 'out' THEN 1 END) AS left, count(CASE WHEN outcome IN ('repeated', 'unmatched') "
             "THEN 1 END) AS repeated FROM activity_scans WHERE county = $1 AND activity = $2 GROUP BY gate ORDER BY gate",
             call.county, activity.id)) {
        auto const known = std::ranges::find(admission.figures, row.name, &GateFigures::name);
        if (known == admission.figures.end())
            admission.figures.push_back(std::move(row));
        else
            *known = std::move(row);
    }
    for (auto const& figures : admission.figures)
        admission.inside += figures.came - figures.left;
    admission.without_consent
        = call.db
              .value<std::int64_t>("SELECT count(DISTINCT person) AS value FROM activity_scans WHERE county = $1 AND activity = $2 "
                                   "AND is_without_consent AND outcome = 'counted'",
                  call.county, activity.id)
              .value_or(0);
    if (activity.state == ActivityState::closed)
        admission.late = call.db
                             .value<std::int64_t>("SELECT count(*) AS value FROM activity_scans WHERE county = $1 AND activity = "
                                                  "$2 AND received_at > $3",
                                 call.county, activity.id, activity.closed_at)
                             .value_or(0);
    return admission;
}

} // namespace

void check(SetAdmission const& input, Problems& problems)
{
    if (input.gates.size() > most_gates)
        problems.push_back({"/gates", "length", {"最多 20 个入口。", "At most 20 gates."}});
    std::set<std::string> names;
    for (std::size_t i = 0; i < input.gates.size(); ++i)
        if (!names.insert(input.gates[i]).second)
            problems.push_back({"/gates/" + std::to_string(i), "duplicate", {"入口名称重复了。", "Two gates have this name."}});
}

CheckType check_type_of(Call& call, ActivityId id)
{
    return call.db
        .value<CheckType>(
            "SELECT check_type AS value FROM activity_admissions WHERE county = $1 AND activity = $2", call.county, id)
        .value_or(CheckType::once);
}

std::vector<std::string> gates_of(Call& call, ActivityId id)
{
    return call.db.values<std::string>(
        "SELECT name AS value FROM activity_gates WHERE county = $1 AND activity = $2 ORDER BY number", call.county, id);
}

Admission show_admission(Call& call, OneActivity const& input) { return admission_of(call, watched_activity(call, input.id)); }

Admission set_admission(Call& call, SetAdmission const& input)
{
    auto const activity = run_activity(call, input.id);
    require_announced(activity);
    call.db.execute("INSERT INTO activity_admissions (county, activity, check_type) VALUES ($1, $2, $3) ON CONFLICT (county, "
                    "activity) DO UPDATE SET check_type = EXCLUDED.check_type",
        call.county, activity.id, input.check_type);
    call.db.execute("DELETE FROM activity_gates WHERE county = $1 AND activity = $2", call.county, activity.id);
    std::vector<GateRow> rows;
    for (auto const& gate : input.gates)
        rows.push_back({call.county, activity.id, static_cast<std::int64_t>(rows.size() + 1), gate});
    call.db.load("activity_gates", rows);
    settle_all(call, activity);
    return admission_of(call, activity);
}

} // namespace concentric::activities
