#include "modules/activities/announcement_rules.hpp"

#include "modules/ledger/recording.hpp"

#include <algorithm>

namespace concentric::activities {
namespace {

constexpr std::int64_t longest = 31LL * 24 * 60 * 60'000;

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

void check_time(Instant from, Instant until, Problems& problems)
{
    if (until <= from || until.milliseconds - from.milliseconds > longest)
        problems.push_back(
            {"/ends_at", "order", {"结束时间要晚于开始时间，且不超过 31 天。", "It ends after it begins, within 31 days."}});
    if (from < ledger::first_moment)
        problems.push_back({"/starts_at", "too_early", {"开始时间过早。", "That is too long ago."}});
}

void check_link(std::string_view link, Problems& problems)
{
    if (!link.empty() && !link.starts_with("https://") && !link.starts_with("http://"))
        problems.push_back(
            {"/link", "link", {"会议链接要以 http:// 或 https:// 开头。", "A link begins with http:// or https://."}});
}

void check_meeting_point(std::string_view place, std::string_view link, Problems& problems)
{
    if (place.empty() && link.empty())
        problems.push_back({"/place", "required", {"请填写地点或会议链接。", "Please give a place or a link."}});
}

void check(AnnounceActivity const& input, Problems& problems)
{
    check_kind(input, problems);
    check_time(input.starts_at, input.ends_at, problems);
    check_meeting_point(input.place.value_or(""), input.link.value_or(""), problems);
    check_link(input.link.value_or(""), problems);
    if (input.every.has_value() != input.until.has_value())
        problems.push_back({"/until", "required", {"周期活动要填写截止日期。", "A timetable needs its last day."}});
    else if (input.every && occurrences({input.starts_at, input.ends_at}, *input.every, *input.until).size() > most_occurrences)
        problems.push_back({"/until", "too_many", {"一个周期最多 60 次。", "A timetable has at most 60 dates."}});
    else if (dates_of(input).empty() || input.skipped.size() > most_occurrences)
        problems.push_back({"/skipped", "all", {"不能跳过全部日期。", "Not every date can be left out."}});
    if (input.invited.size() > 200 || input.partners.size() > 50 || input.leaders.size() > 50)
        problems.push_back({"/invited", "length", {"对象、共同主办或负责人过多。", "Too many are invited, hold it or lead it."}});
    if (input.places)
        check(*input.places, input.capacity.value_or(Capacity{0}).value, problems);
}

void check(ChangeActivity const& input, Problems& problems)
{
    if (input.places) // against the capacity once that is known
        check(*input.places, 0, problems);
}

} // namespace concentric::activities
