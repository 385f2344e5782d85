#include "modules/notices/burden.hpp"

#include "modules/directory/directory.hpp"
#include "modules/notices/rules.hpp"

#include <algorithm>

namespace concentric::notices {
namespace {

constexpr int usual_days = 27;

struct OfficeRow {
    OrganisationId id;
    std::string kind, name;
    std::int64_t notices = 0, minutes = 0, household_minutes = 0, urgent = 0, over_budget = 0, corrected = 0;
};
BOOST_DESCRIBE_STRUCT(OfficeRow, (), (id, kind, name, notices, minutes, household_minutes, urgent, over_budget, corrected))

std::vector<OfficeBurden> offices(Call& call, Day from, Day to)
{
    std::vector<OfficeBurden> all;
    for (auto& row : call.db.rows<OfficeRow>(
             "SELECT o.id, o.kind, o.name, count(*) AS notices, CAST(SUM(n.minutes) AS BIGINT) AS minutes, CAST(SUM(n.minutes * "
             "n.households) AS BIGINT) AS household_minutes, count(CASE WHEN n.is_urgent THEN 1 END) AS urgent, count(CASE WHEN "
             "n.over_minutes > 0 THEN 1 END) AS over_budget, count(CASE WHEN n.number > 1 THEN 1 END) AS corrected FROM notices n "
             "JOIN "
             "organisations o ON o.county = n.county AND o.id = n.organisation WHERE n.county = $1 AND n.sent_at >= $2 AND "
             "n.sent_at < $3 "
             "AND n.audience = 'carers' AND o.path >= $4 AND o.path < $5 GROUP BY o.id, o.kind, o.name ORDER BY household_minutes "
             "DESC, "
             "o.id LIMIT 200",
             call.county, start_of(from), start_of(plus_days(to, 1)), call.viewer.path, call.viewer.path_end()))
        all.push_back({{row.id, row.kind, std::move(row.name)}, row.notices, row.minutes, row.household_minutes, row.urgent,
            row.over_budget, row.corrected});
    return all;
}

std::vector<WeekBurden> weeks(Call& call, Day from, Day to)
{
    return call.db.rows<WeekBurden>("SELECT h.week, count(*) AS households, CAST(SUM(h.total) AS BIGINT) AS minutes, "
                                    "CAST(MAX(h.total) AS BIGINT) AS most FROM (SELECT "
                                    "week, household, SUM(minutes) AS total FROM notice_households WHERE county = $1 AND week >= "
                                    "$2 AND week <= $3 GROUP BY week, "
                                    "household) h GROUP BY h.week ORDER BY h.week",
        call.county, week_of(from), to);
}

} // namespace

NoticePreview preview_notice(Call& call, PreviewNotice const& input)
{
    require_group(call, input.pupil_group.value_or(""));
    Audience audience;
    audience.kind = input.audience.value_or(NoticeAudience::carers);
    audience.targets
        = reached_targets(call, input.organisations.empty() ? std::vector{call.viewer.organisation} : input.organisations);
    audience.stages = directory::join_list({input.stages.begin(), input.stages.end()});
    audience.roles = directory::join_list({input.roles.begin(), input.roles.end()});
    audience.pupil_group = input.pupil_group.value_or("");
    NoticePreview preview;
    static_cast<AudienceSize&>(preview) = size_of(call, audience);
    auto const rules = rules_of(call);
    preview.limit = rules.weekly_minutes.value;
    if (audience.kind == NoticeAudience::carers) {
        auto const minutes = input.minutes.value_or(Minutes{1}).value;
        preview.week_minutes = most_minutes(call, audience, week_of(call.today()));
        preview.over = minutes == 0 ? 0 : std::max<std::int64_t>(0, preview.week_minutes + minutes - preview.limit);
    }
    if (auto const at = after_quiet_hours(rules, call.now); at > call.now)
        preview.quiet_until = at;
    return preview;
}

Burden show_burden(Call& call, ShowBurden const& input)
{
    Burden burden;
    burden.to = input.to.value_or(call.today());
    burden.from = input.from.value_or(plus_days(burden.to, -usual_days));
    burden.limit = rules_of(call).weekly_minutes.value;
    if (call.viewer.path.empty())
        return burden;
    burden.offices = offices(call, burden.from, burden.to);
    if (std::ranges::count(call.viewer.path, '/') == 2)
        burden.weeks = weeks(call, burden.from, burden.to);
    return burden;
}

Routes burden_routes()
{
    using enum Permission;
    return {
        route(Verb::post, "/api/notice-previews", send_notices, "notice_preview",
            "Whom a notice would reach, and what it would cost their week", preview_notice)
            .writing(false),
        route(Verb::get, "/api/notice-burden", send_notices, "notice_burden_show", "What notices cost families, by issuing office",
            show_burden),
    };
}

} // namespace concentric::notices
