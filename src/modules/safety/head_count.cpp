#include "modules/safety/head_count.hpp"

#include <tuple>

namespace concentric::safety {

using milliseconds::day;
constexpr std::int64_t days_to_enter = 3;

bool replaces(MarkRow const& mark, MarkRow const& standing)
{
    auto const weight = [](MarkRow const& one) { return std::tuple(one.marked_at, !one.is_present, one.marked_by); };
    return weight(mark) > weight(standing);
}

ClassState state_of(Count const& count)
{
    if (count.missing > 0)
        return ClassState::missing;
    if (count.present == 0)
        return ClassState::not_reported;
    return count.present < count.pupils ? ClassState::counting : ClassState::all_there;
}

Instant earlier(Instant one, Instant other)
{
    if (one.milliseconds == 0 || other.milliseconds == 0)
        return std::max(one, other);
    return std::min(one, other);
}

std::optional<std::int64_t> seconds_between(Instant from, Instant until)
{
    if (from.milliseconds == 0 || until < from)
        return std::nullopt;
    return (until.milliseconds - from.milliseconds + 500) / 1000;
}

Due due_of(DrillRow const& drill, Instant now)
{
    auto const since = [&](Instant moment) { return now.milliseconds - moment.milliseconds; };
    if (drill.state == DrillState::closed)
        return Due::done;
    if (drill.state == DrillState::running)
        return Due::running;
    if (drill.state == DrillState::stopped)
        return since(drill.stopped_at) > days_to_enter * day ? Due::overdue : Due::running;
    return since(drill.planned_at) > day ? Due::overdue : Due::planned;
}

Words words_of(DrillKind kind)
{
    switch (kind) {
    case DrillKind::fire: return {"消防演练", "Fire drill"};
    case DrillKind::earthquake: return {"地震演练", "Earthquake drill"};
    case DrillKind::stampede: return {"防踩踏演练", "Crowd drill"};
    case DrillKind::intruder: return {"防暴演练", "Intruder drill"};
    case DrillKind::bus: return {"校车逃生演练", "School-bus drill"};
    case DrillKind::flood: return {"防汛防溺水演练", "Flood and drowning drill"};
    case DrillKind::first_aid: return {"急救演练", "First-aid drill"};
    case DrillKind::evacuation: break;
    }
    return {"疏散演练", "Evacuation drill"};
}

Words words_of(AlarmKind kind)
{
    switch (kind) {
    case AlarmKind::fire: return {"火警", "Fire"};
    case AlarmKind::earthquake: return {"地震", "Earthquake"};
    case AlarmKind::intruder: return {"有人闯入", "Intruder"};
    case AlarmKind::medical: return {"紧急救护", "Medical emergency"};
    case AlarmKind::weather: return {"极端天气", "Severe weather"};
    case AlarmKind::other: break;
    }
    return {"紧急情况", "Emergency"};
}

} // namespace concentric::safety
