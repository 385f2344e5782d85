#include "modules/notices/rules.hpp"

#include "modules/directory/directory.hpp"

#include <algorithm>

namespace concentric::notices {
namespace {

using milliseconds::minute;
constexpr std::size_t most_items = 50;

struct RulesRow {
    std::int64_t quiet_from = 0, quiet_until = 0, weekly_minutes = 0, remind_hours = 0;
    reflect::Json items;
};
BOOST_DESCRIBE_STRUCT(RulesRow, (), (quiet_from, quiet_until, weekly_minutes, remind_hours, items))

NoticeRules usual_rules()
{
    NoticeRules rules;
    for (auto const* item : {"突发公共事件与安全应急", "学生资助与权益保障", "上级统一部署并列入年度清单的事项"})
        rules.items.emplace_back(item);
    return rules;
}

NoticeRules show_rules(Call& call, Nothing const&) { return rules_of(call); }

NoticeRules set_rules(Call& call, NoticeRules const& rules)
{
    if (std::ranges::count(call.viewer.path, '/') != 2)
        throw forbidden();
    call.db.execute(
        "INSERT INTO notice_rules (county, quiet_from, quiet_until, weekly_minutes, remind_hours, items) VALUES ($1, $2, "
        "$3, $4, $5, $6) ON CONFLICT (county) DO UPDATE SET quiet_from = $2, quiet_until = $3, weekly_minutes = $4, "
        "remind_hours = $5, items = $6",
        call.county, rules.quiet_from.value, rules.quiet_until.value, rules.weekly_minutes.value, rules.remind_hours.value,
        reflect::to_json(rules.items));
    return rules_of(call);
}

} // namespace

void check(NoticeRules const& rules, Problems& problems)
{
    if (rules.items.size() > most_items)
        problems.push_back({"/items", "length", {"清单最多 50 项。", "The list has at most 50 items."}});
}

NoticeRules rules_of(Call& call)
{
    auto const row = call.db.row<RulesRow>(
        "SELECT quiet_from, quiet_until, weekly_minutes, remind_hours, items FROM notice_rules WHERE county = $1", call.county);
    if (!row)
        return usual_rules();
    return {{row->quiet_from}, {row->quiet_until}, {row->weekly_minutes}, {row->remind_hours},
        reflect::from_json<std::vector<Text<2, 120>>>(row->items)};
}

Instant after_quiet_hours(NoticeRules const& rules, Instant moment)
{
    auto const midnight = start_of(day_at(moment)).milliseconds;
    auto const from = rules.quiet_from.value * minute, until = rules.quiet_until.value * minute;
    auto const now = moment.milliseconds - midnight;
    if (from == until)
        return moment;
    if (from < until)
        return now >= from && now < until ? Instant{midnight + until} : moment;
    if (now < until)
        return {midnight + until};
    return now >= from ? Instant{midnight + 24 * 60 * minute + until} : moment;
}

Day week_of(Day day)
{
    auto const days = days_since_1970(day); // 1 January 1970 was a Thursday
    return day_from(days - (days + 3) % 7);
}

Routes rule_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/notice-rules", send_notices, "notice_rules_show", "The county's rules for its families' time",
            show_rules),
        route(
            Verb::put, "/api/notice-rules", approve_notices, "notice_rules_set", "Sets them; for the whole county only", set_rules),
    };
}

} // namespace concentric::notices
