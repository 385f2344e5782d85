#include "modules/activities/budget.hpp"

#include "lib/workbook.hpp"

namespace concentric::activities {
namespace {

struct Line {
    std::string title, kind, organiser_name, source, note;
    Instant starts_at;
    std::int64_t planned = 0, spent = -1;
};
BOOST_DESCRIBE_STRUCT(Line, (), (title, kind, organiser_name, source, note, starts_at, planned, spent))

constexpr double fen_in_yuan = 100.0;
double yuan(std::int64_t fen) { return static_cast<double>(fen) / fen_in_yuan; }

std::vector<Line> lines(Call& call, ExportBudgets const& input)
{
    static std::string const sql
        = "SELECT a.title, a.kind, o.name AS organiser_name, b.source, b.note, a.starts_at, b.planned, b.spent FROM "
          "activity_budgets b JOIN activities a ON a.county = b.county AND a.id = b.activity "
        + organiser_join()
        + " WHERE b.county = $1 AND a.state <> 'cancelled' AND a.starts_at >= $2 AND a.starts_at < $3 AND o.path >= $4 AND o.path "
          "< $5 ORDER BY a.starts_at, a.id";
    return call.db.rows<Line>(sql, call.county, start_of(input.from.value_or(Day{20000101})),
        start_of(plus_days(input.to.value_or(Day{21001231}), 1)), call.viewer.path, call.viewer.path_end());
}

} // namespace

void keep_budget(Call& call, ActivityId id, PlannedBudget const& budget)
{
    call.db.insert("activity_budgets", BudgetRow{call.county, id, budget.planned.value, budget.source.value_or(""), -1, ""});
}

std::optional<BudgetView> budget_of(Call& call, ActivityId id)
{
    auto const row = call.db.row<BudgetRow>("SELECT * FROM activity_budgets WHERE county = $1 AND activity = $2", call.county, id);
    if (!row)
        return {};
    BudgetView view{row->planned, row->source, {}, row->note};
    if (row->spent >= 0)
        view.spent = row->spent;
    return view;
}

BudgetView save_budget(Call& call, SaveBudget const& input)
{
    auto const activity = managed_activity(call, input.id);
    if (input.spent && activity.starts_at > call.now)
        throw conflict({"活动开始后再填写实际支出。", "What was spent is entered once the event has begun."});
    call.db.execute(
        "INSERT INTO activity_budgets (county, activity, planned, source, spent, note) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT "
        "(county, activity) DO UPDATE SET planned = EXCLUDED.planned, source = EXCLUDED.source, spent = EXCLUDED.spent, note = "
        "EXCLUDED.note",
        call.county, activity.id, input.planned.value, input.source.value_or(""), input.spent ? input.spent->value : -1,
        input.note.value_or(""));
    return budget_of(call, activity.id).value();
}

Download export_budgets(Call& call, ExportBudgets const& input)
{
    std::vector<std::string> headings;
    for (auto const& words : {Words{"日期", "Day"}, {"活动", "Event"}, {"类型", "Kind"}, {"主办", "Held by"},
             {"预算（元）", "Planned (yuan)"}, {"经费来源", "Paid by"}, {"实际支出（元）", "Spent (yuan)"}, {"说明", "Note"}})
        headings.push_back(call.say(words));
    lib::WorkbookWriter workbook;
    workbook.add_sheet(call.say({"活动经费", "Events' budgets"}), headings);
    std::int64_t planned = 0, spent = 0;
    for (auto const& line : lines(call, input)) {
        workbook.add_row({text_of(line.starts_at).substr(0, 10), line.title, call.say(words_of(line.kind)), line.organiser_name,
            yuan(line.planned), line.source, line.spent < 0 ? lib::Value() : lib::Value(yuan(line.spent)), line.note});
        planned += line.planned;
        spent += std::max<std::int64_t>(line.spent, 0);
    }
    workbook.add_row({call.say({"合计", "Sum"}), "", "", "", yuan(planned), "", yuan(spent), ""});
    return {workbook.finish(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        call.say({"活动经费", "Events' budgets"}) + ".xlsx"};
}

} // namespace concentric::activities
