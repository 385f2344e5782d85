#include "modules/activities/announcing.hpp"

#include <algorithm>

namespace concentric::activities {
namespace {

void check_comers(ActivityKind const& kind, Audience audience, Problems& problems)
{
    if (kind.comers == Comers::pupils && audience != Audience::pupils)
        problems.push_back({"/audience", "kind", {"学生服务只能面向学生。", "Pupils' service is for pupils."}});
    if (kind.comers == Comers::adults && audience == Audience::pupils)
        problems.push_back({"/audience", "kind", {"志愿服务面向家长或教职工。", "Volunteering is for carers or staff."}});
}

void check_journey(AnnounceActivity const& input, ActivityKind const& kind, Problems& problems)
{
    bool const must = kind.travels && input.audience == Audience::pupils;
    if (input.travel && input.every)
        problems.push_back({"/every", "travel",
            {"外出活动每次的行程和保险都不同，请逐次发布。", "Every journey has its own sheet; announce them one by one."}});
    if (input.travel || must)
        check_travel(input.travel.value_or(TravelSheet{}), {input.starts_at, input.ends_at}, "/travel", problems);
}

} // namespace

std::vector<Stretch> dates_of(AnnounceActivity const& input)
{
    if (!input.every || !input.until)
        return {{input.starts_at, input.ends_at}};
    auto times = occurrences({input.starts_at, input.ends_at}, *input.every, *input.until);
    std::erase_if(
        times, [&](auto const& time) { return std::ranges::find(input.skipped, day_at(time.from)) != input.skipped.end(); });
    return times;
}

void check_kind(AnnounceActivity const& input, Problems& problems)
{
    auto const* const kind = find_kind(input.kind);
    if (!kind) {
        problems.push_back({"/kind", "unknown", {"没有这种活动。", "There is no such kind of event."}});
        return;
    }
    check_comers(*kind, input.audience, problems);
    check_journey(input, *kind, problems);
}

} // namespace concentric::activities
