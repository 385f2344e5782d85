#include "modules/conversations/figures.hpp"

#include "lib/workbook.hpp"
#include "modules/directory/lookup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace concentric::conversations {
namespace {

using milliseconds::day;
using milliseconds::hour;
constexpr std::int64_t longest_range = 366;

struct WaitRow {
    OrganisationId unit;
    std::int64_t waited = 0;
};
BOOST_DESCRIBE_STRUCT(WaitRow, (), (unit, waited))

struct CountRow {
    OrganisationId unit;
    std::int64_t begun = 0, unanswered = 0;
    std::optional<Instant> oldest;
};
BOOST_DESCRIBE_STRUCT(CountRow, (), (unit, begun, unanswered, oldest))

struct Raw {
    std::int64_t begun = 0, unanswered = 0;
    std::optional<Instant> oldest;
    std::vector<std::int64_t> waits;

    void add(Raw const& other)
    {
        begun += other.begun;
        unanswered += other.unanswered;
        if (other.oldest && (!oldest || *other.oldest < *oldest))
            oldest = other.oldest;
        waits.insert(waits.end(), other.waits.begin(), other.waits.end());
    }
};

std::string within_reach(std::string_view alias)
{
    return directory::joined_organisation("o", fmt::format("{}.county", alias), fmt::format("{}.unit", alias))
        + fmt::format(" WHERE {}.county = $1 AND o.path >= $2 AND o.path < $3 ", alias);
}

std::map<OrganisationId, Raw> raw_figures(Call& call, FindFigures const& input)
{
    static std::string const waits_sql = "SELECT a.unit, a.answered_at - a.asked_at AS waited FROM conversation_answers a "
        + within_reach("a") + "AND a.answered_at >= $4 AND a.answered_at < $5";
    static std::string const counts_sql
        = "SELECT c.unit, SUM(CASE WHEN c.created_at >= $4 AND c.created_at < $5 THEN 1 ELSE 0 END) AS begun, SUM(CASE WHEN "
          "c.asked_at "
          "> 0 THEN 1 ELSE 0 END) AS unanswered, MIN(CASE WHEN c.asked_at > 0 THEN c.asked_at END) AS oldest FROM conversations c "
        + within_reach("c") + "AND NOT c.is_confidential GROUP BY c.unit";
    auto const from = start_of(input.from), to = start_of(plus_days(input.to, 1));
    std::map<OrganisationId, Raw> figures;
    for (auto const& row : call.db.rows<CountRow>(counts_sql, call.county, call.viewer.path, call.viewer.path_end(), from, to))
        if (row.begun || row.unanswered)
            figures[row.unit].add({row.begun, row.unanswered, row.oldest, {}});
    for (auto const& row : call.db.rows<WaitRow>(waits_sql, call.county, call.viewer.path, call.viewer.path_end(), from, to))
        figures[row.unit].waits.push_back(row.waited);
    return figures;
}

ClassFigures figures_of(Raw const& raw, Instant now)
{
    ClassFigures figures;
    figures.begun = raw.begun;
    figures.answered = static_cast<std::int64_t>(raw.waits.size());
    figures.within_a_day = std::ranges::count_if(raw.waits, [](auto waited) { return waited <= day; });
    figures.median_hours = median_hours(raw.waits);
    figures.unanswered = raw.unanswered;
    if (raw.oldest)
        figures.longest_days = (now.milliseconds - raw.oldest->milliseconds) / day;
    return figures;
}

Download export_figures(Call& call, FindFigures const& input)
{
    auto const figures = show_figures(call, input);
    std::vector<std::string> headings;
    for (auto const& words : {Words{"学校", "School"}, {"班级", "Class"}, {"新对话", "Begun"}, {"答复", "Answers"},
             {"一天内答复", "Within a day"}, {"等待中位数（小时）", "Median wait in hours"}, {"待答复", "Unanswered now"},
             {"最长等待（天）", "Longest wait in days"}})
        headings.push_back(call.say(words));
    lib::WorkbookWriter workbook;
    workbook.add_sheet(call.say({"家校沟通", "Conversations"}), headings);
    for (auto const& line : figures.items)
        workbook.add_row({line.school_name, line.class_name, line.begun, line.answered, line.within_a_day,
            line.median_hours ? lib::Value(*line.median_hours) : lib::Value(), line.unanswered,
            line.longest_days ? lib::Value(*line.longest_days) : lib::Value()});
    return {workbook.finish(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        call.say({"家校沟通统计.xlsx", "conversations.xlsx"})};
}

} // namespace

void check(FindFigures const& input, Problems& problems)
{
    auto const days = days_since_1970(input.to) - days_since_1970(input.from);
    if (days < 0 || days > longest_range)
        problems.push_back({"/to", "range", {"请选择不超过一年的日期范围。", "Please choose at most a year, its end last."}});
}

std::optional<double> median_hours(std::vector<std::int64_t> milliseconds)
{
    if (milliseconds.empty())
        return std::nullopt;
    std::ranges::sort(milliseconds);
    auto const middle = milliseconds.size() / 2;
    auto const both = milliseconds.size() % 2 ? 2 * milliseconds[middle] : milliseconds[middle - 1] + milliseconds[middle];
    return std::round(static_cast<double>(both) / 2 / static_cast<double>(hour) * 10) / 10;
}

ConversationFigures show_figures(Call& call, FindFigures const& input)
{
    ConversationFigures figures;
    if (call.viewer.path.empty())
        return figures;
    auto const raw = raw_figures(call, input);
    std::vector<std::int64_t> ids;
    Raw whole;
    for (auto const& [unit, one] : raw) {
        ids.push_back(unit.value);
        whole.add(one);
    }
    figures.whole = figures_of(whole, call.now);
    auto const units = directory::organisations(call.db, call.county, ids);
    std::vector<std::string> paths;
    for (auto const& [unit, one] : raw)
        paths.push_back(units.at(unit).path);
    auto const schools = directory::schools_above(call, paths);
    for (std::size_t i = 0; auto const& [unit, one] : raw) {
        auto& line = figures.items.emplace_back(figures_of(one, call.now));
        line.unit = unit;
        line.class_name = units.at(unit).name;
        line.school_name = schools[i++].name;
    }
    return figures;
}

Routes figure_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/conversation-figures", approve_access, "conversation_figures_show",
            "How soon families are answered, class by class", show_figures),
        route(Verb::get, "/api/conversation-figures.xlsx", approve_access, "conversation_figures_export", "The same as a sheet",
            export_figures),
    };
}

} // namespace concentric::conversations
