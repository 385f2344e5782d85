#include "modules/activities/calendar.hpp"

#include "lib/pinyin.hpp"
#include "lib/text.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/posts.hpp"

#include <fmt/format.h>

namespace concentric::activities {
namespace {

// Where a list goes on: the start of the last one and its id.
struct Mark {
    std::int64_t starts_at = 0, id = 0;
};

Mark mark_in(std::optional<Text<1, 60>> const& after)
{
    Mark mark;
    if (!after)
        return mark;
    auto const colon = after->find(':');
    if (colon == std::string::npos || colon == 0 || after->find_first_not_of("0123456789:") != std::string::npos || colon > 15
        || after->size() - colon - 1 > 19 || after->size() == colon + 1)
        throw invalid("/after", "page", {"页码不对。", "That is no page mark."});
    mark.starts_at = std::stoll(after->substr(0, colon));
    mark.id = static_cast<std::int64_t>(std::stoull(after->substr(colon + 1)));
    return mark;
}

std::string list_statement(Order order)
{
    bool const is_soonest = order == Order::soonest;
    return activity_columns() + organiser_join() + " WHERE a.county = $1 AND " + visible_condition
        + " AND a.starts_at >= $7 AND a.starts_at < $8 AND (a.kind = $9 OR a.kind LIKE $9 || '.%' OR $9 = '') AND (a.state = $10 "
          "OR $10 = '') "
          "AND (o.path LIKE $11) AND a.search LIKE $12 ESCAPE '\\' AND ($13 = 0 OR (o.path >= $3 AND o.path < $4 AND ($13 = 1 OR "
          "($13 = 2 AND a.created_by = $2))) OR "
          "EXISTS (SELECT 1 FROM activity_parties l WHERE l.county = a.county AND l.activity = a.id AND l.part = 'leader' AND "
          "l.party = $2)) "
        + (is_soonest ? "AND (a.starts_at > $14 OR (a.starts_at = $14 AND a.id > $15)) ORDER BY a.starts_at, a.id LIMIT $16"
                      : "AND ($15 = 0 OR a.starts_at < $14 OR (a.starts_at = $14 AND a.id < $15)) ORDER BY a.starts_at DESC, a.id "
                        "DESC LIMIT $16");
}

// 0: all that the viewer sees; else what they lead, and 1: all that their post reaches, 2: of that what they announced, 3: nothing.
std::int64_t whose(Call const& call, ListActivities const& input)
{
    if (!input.is_mine.value_or(false))
        return 0;
    if (!call.viewer.may(Permission::append_entries))
        return 3;
    return call.viewer.may(Permission::read_people) ? 1 : 2;
}

std::string path_pattern(Call& call, std::optional<OrganisationId> organiser)
{
    if (!organiser)
        return "%";
    auto const path = directory::path_of(call, *organiser);
    return path ? *path + "%" : "";
}

struct Sum {
    std::int64_t attended = 0, minutes = 0;
};
BOOST_DESCRIBE_STRUCT(Sum, (), (attended, minutes))

std::vector<OwnedActivity> own_rows(Call& call, bool is_coming)
{
    auto const sql
        = "WITH mine AS (SELECT activity FROM activity_sign_ups WHERE county = $1 AND signed_by = $2 AND state <> "
          "'cancelled' UNION SELECT activity FROM activity_slots WHERE county = $1 AND person = $2 AND person <> 0 UNION SELECT "
          "activity "
          "FROM activity_presence WHERE county = $1 AND person = $2 UNION SELECT activity FROM activity_presence WHERE county = $1 "
          "AND noted_by = $2 AND source = 'code' UNION SELECT activity FROM activity_parties WHERE "
          "county = $1 AND party = $2 AND part = 'leader' UNION SELECT activity FROM activity_results WHERE county = $1 "
          "AND person = $2) "
        + activity_columns() + organiser_join() + " WHERE a.county = $1 AND a.id IN (SELECT activity FROM mine) AND "
        + (is_coming ? "a.ends_at >= $3 ORDER BY a.starts_at, a.id LIMIT 100"
                     : "a.ends_at < $3 ORDER BY a.starts_at DESC, a.id DESC LIMIT 50");
    return call.db.rows<OwnedActivity>(sql, call.county, call.viewer.person, call.now);
}

} // namespace

Kinds list_kinds(Call& call, Nothing const&)
{
    Kinds list;
    for (auto const& kind : kinds())
        list.items.push_back({kind.name, call.say(kind.words), kind.has_slots(), kind.comers, kind.travels});
    return list;
}

Page<ActivityBrief> list_activities(Call& call, ListActivities const& input)
{
    auto const limit = input.limit.value_or(Limit{50}).value;
    auto const own = belonging_of(call);
    auto const order = input.order.value_or(Order::soonest);
    auto const mark = mark_in(input.after);
    auto rows = call.db.rows<OwnedActivity>(list_statement(order), call.county, call.viewer.person, call.viewer.path,
        call.viewer.path_end(), db::IntegerList{own.posts}, db::IntegerList{own.children},
        start_of(input.from.value_or(Day{20000101})), start_of(plus_days(input.to.value_or(Day{21001231}), 1)),
        input.kind.value_or(""), input.state ? name_of(*input.state) : "", path_pattern(call, input.organiser),
        input.q ? directory::contains_pattern(lib::search_fold(*input.q)) : "%", whose(call, input), mark.starts_at, mark.id,
        limit + 1);
    Page<ActivityBrief> page;
    if (static_cast<std::int64_t>(rows.size()) > limit) {
        rows.pop_back();
        page.next = fmt::format("{}:{}", rows.back().starts_at.milliseconds, rows.back().id.value);
    }
    page.items = briefs_of(call, rows);
    return page;
}

ActivityView show_activity(Call& call, OneActivity const& input) { return view_of(call, visible_activity(call, input.id)); }

OwnActivities own_activities(Call& call, Nothing const&)
{
    OwnActivities own;
    own.coming = briefs_of(call, own_rows(call, true));
    own.past = briefs_of(call, own_rows(call, false));
    auto const sum = call.db
                         .row<Sum>("SELECT count(*) AS attended, CAST(COALESCE(SUM(minutes), 0) AS BIGINT) AS minutes FROM "
                                   "activity_results WHERE county = $1 AND person = $2",
                             call.county, call.viewer.person)
                         .value_or(Sum{});
    own.attended = sum.attended;
    own.minutes = sum.minutes;
    return own;
}

} // namespace concentric::activities
