#include "modules/activities/announcing.hpp"

namespace concentric::activities {

ActivityView set_replay(Call& call, SetReplay const& input)
{
    auto const activity = managed_activity(call, input.id);
    if (input.lesson && !learning::lesson_shown(call, *input.lesson))
        throw invalid("/lesson", "not_found", {"找不到这个已发布的课时。", "There is no such published lesson."});
    call.db.execute("UPDATE activities SET replay = $3, version = version + 1 WHERE county = $1 AND id = $2", call.county,
        activity.id, input.lesson.value_or(learning::UnitId{}));
    return view_again(call, activity.id);
}

} // namespace concentric::activities
