#include "modules/activities/notices.hpp"

#include "core/recurring.hpp"
#include "modules/activities/activities.hpp"
#include "modules/inbox/inbox.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::activities {
namespace {

using milliseconds::minute;
constexpr std::int64_t looks_every = 5 * minute;
constexpr std::int64_t longest_ahead = 7 * 24 * 60 * minute; // the longest remind_minutes

Words title_of(ActivityRow const& activity, ActivityNoticeKind kind)
{
    auto const& title = activity.title;
    switch (kind) {
    case ActivityNoticeKind::reminder: return {"活动提醒：" + title, "Soon: " + title};
    case ActivityNoticeKind::placed: return {"候补成功，您有名额了：" + title, "You have a place now: " + title};
    case ActivityNoticeKind::offered: return {"有名额了，请限时确认：" + title, "A place is free, please answer: " + title};
    case ActivityNoticeKind::lapsed: return {"名额未确认，已让给下一位：" + title, "Your place went to the next one: " + title};
    case ActivityNoticeKind::changed: return {"活动时间或地点有变：" + title, "Another time or place: " + title};
    case ActivityNoticeKind::cancelled: break;
    }
    return {"活动取消：" + title, "Cancelled: " + title};
}

Words body_of(ActivityRow const& activity, ActivityNoticeKind kind)
{
    if (kind == ActivityNoticeKind::cancelled)
        return {activity.reason, ""};
    auto const time = text_of(activity.starts_at).substr(0, 16);
    auto const at = fmt::format("{} {}", time.substr(0, 10), time.substr(11));
    auto const place = activity.place.empty() ? std::string() : "，" + activity.place;
    return {at + place, at + (activity.place.empty() ? "" : ", " + activity.place)};
}

std::vector<ActivityRow> soon_beginning(Call& call)
{
    return call.db.rows<ActivityRow>(
        "SELECT * FROM activities WHERE county = $1 AND starts_at > $2 AND starts_at <= $3 AND state = "
        "'announced' AND reminded_at = 0 AND remind_minutes > 0",
        call.county, call.now, call.now.milliseconds + longest_ahead);
}

std::int64_t remind(Call& call, ActivityRow const& activity)
{
    if (activity.starts_at.milliseconds - activity.remind_minutes * minute > call.now.milliseconds)
        return 0;
    db::Transaction transaction(call.db);
    // Of two servers that look at the same moment, one finds it done.
    if (call.db.execute("UPDATE activities SET reminded_at = $3 WHERE county = $1 AND id = $2 AND reminded_at = 0 AND state = "
                        "'announced'",
            call.county, activity.id, call.now)
        == 0)
        return 0;
    auto people = people_to_tell(call, activity.id, Whom::coming);
    for (auto const leader : parties_of(call, activity.id, Part::leader))
        if (std::ranges::find(people, leader) == people.end())
            people.push_back(leader);
    notify(call, activity, ActivityNoticeKind::reminder, people);
    transaction.commit();
    return static_cast<std::int64_t>(people.size());
}

std::string run_reminder_job(Call& call, std::string const&, Progress& progress)
{
    std::int64_t notices = 0;
    auto const own = call.county;
    for (auto const county :
        call.db.values<std::int64_t>("SELECT county AS value FROM counties WHERE county > 0 ORDER BY county")) {
        progress.check();
        call.county = county;
        notices += remind_now(call);
    }
    call.county = own;
    db::Transaction transaction(call.db);
    keep_reminding(call);
    transaction.commit();
    return std::to_string(notices);
}

} // namespace

void notify(Call& call, ActivityRow const& activity, ActivityNoticeKind kind, std::vector<std::int64_t> const& people)
{
    inbox::tell(call, people,
        {inbox::LetterKind::activity, title_of(activity, kind), body_of(activity, kind),
            fmt::format("/activities/{}", activity.id.value)});
}

void notify_moved_back(Call& call, ActivityRow const& activity, std::vector<std::int64_t> const& people)
{
    inbox::tell(call, people,
        {inbox::LetterKind::activity,
            {"名额未按时确认，已排到候补队尾：" + activity.title,
                "You did not answer in time and are last on the waiting list: " + activity.title},
            {"再轮到您时请在时限内确认；再次不确认，就不再候补。",
                "Please answer in time when your turn comes again; if you do not, you leave the list."},
            fmt::format("/activities/{}", activity.id.value)});
}

std::vector<std::int64_t> people_to_tell(Call& call, ActivityId activity, Whom whom)
{
    return call.db.values<std::int64_t>(
        "SELECT signed_by AS value FROM activity_sign_ups WHERE county = $1 AND activity = $2 AND (state = 'placed' OR (state = "
        "'waiting' AND $3)) UNION SELECT person FROM activity_slots WHERE county = $1 AND activity = $2 AND person <> 0",
        call.county, activity, whom == Whom::coming_or_waiting);
}

std::int64_t remind_now(Call& call)
{
    std::int64_t notices = 0;
    for (auto const& activity : soon_beginning(call))
        notices += remind(call, activity);
    return notices;
}

void keep_reminding(Call& call) { run_again(call, reminder_job, "{}", {call.now.milliseconds + looks_every}); }

void handle_reminder_job(Jobs& jobs) { jobs.handle(std::string(reminder_job), run_reminder_job, JobLane::quick); }

} // namespace concentric::activities
