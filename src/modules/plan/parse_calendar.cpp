#include "modules/plan/draft.hpp"
#include "modules/plan/periods.hpp"

#include <fmt/format.h>

#include <charconv>

// Terms and windows: the calendar that a plan counts in.
namespace concentric::plan {
namespace {

bool is_autumn(Day from) { return from.month() >= first_autumn_month; }

int autumn_year(Day from) { return is_autumn(from) ? from.year() : from.year() - 1; }

std::string usual_key(Day from) { return fmt::format("{}-{}", from.year(), is_autumn(from) ? "autumn" : "spring"); }

Words usual_title(Day from)
{
    int const year = autumn_year(from);
    return {fmt::format("{}–{}学年第{}学期", year, year + 1, is_autumn(from) ? "一" : "二"),
        fmt::format("{} term {}–{}", is_autumn(from) ? "Autumn" : "Spring", year, year + 1)};
}

Term usual_term(Day from, Day to) { return {usual_key(from), usual_title(from), from, to}; }

// Counties publish their calendar a year at a time, so the usual terms stand in for those that a plan does not give.
void add_usual_terms(Plan& plan)
{
    auto const given = plan.terms;
    auto const is_given = [&](Term const& usual) {
        return std::any_of(
            given.begin(), given.end(), [&](Term const& term) { return usual_key(term.from) == usual_key(usual.from); });
    };
    auto const add = [&](Term usual) {
        if (!is_given(usual))
            plan.terms.push_back(std::move(usual));
    };
    for (int year = plan.from.year() - 1; year <= plan.to.year(); ++year) {
        add(usual_term(day_of(year, 2, 1), day_of(year, 8, 31)));
        add(usual_term(day_of(year, 9, 1), day_of(year + 1, 1, 31)));
    }
    std::sort(plan.terms.begin(), plan.terms.end(), [](Term const& a, Term const& b) { return a.from < b.from; });
    // A usual term gives way to the given ones beside it.
    for (std::size_t i = 1; i < plan.terms.size(); ++i) {
        auto& before = plan.terms[i - 1];
        auto& after = plan.terms[i];
        if (before.to >= after.from)
            (is_given(before) ? after.from : before.to) = is_given(before) ? plus_days(before.to, 1) : plus_days(after.from, -1);
    }
    std::erase_if(plan.terms, [](Term const& term) { return term.from > term.to; });
}

// Keeps the terms that count on some day of the plan.
void drop_terms_outside(Plan& plan)
{
    std::vector<Term> kept;
    for (std::size_t i = 0; i < plan.terms.size(); ++i) {
        bool const counts_later = i + 1 == plan.terms.size() || plan.terms[i + 1].from > plan.from;
        if (counts_later && plan.terms[i].from <= plan.to)
            kept.push_back(plan.terms[i]);
    }
    plan.terms = std::move(kept);
}

void check_overlap(Table const& table, Term const& term, std::vector<Term> const& others)
{
    for (auto const& other : others)
        if (term.from <= other.to && other.from <= term.to)
            table.fault(table.find("from")->place, "from", text_of(term.from), {"互不重叠的学期", "terms that do not overlap"},
                {fmt::format("与“{}”（{} 至 {}）重叠。", other.title.zh, text_of(other.from), text_of(other.to)),
                    fmt::format("It overlaps \"{}\" ({} to {}).", other.title.en, text_of(other.from), text_of(other.to))});
}

std::optional<std::pair<int, int>> month_day(Table const& table, std::string_view key)
{
    Words const expected{"月和日，例如 \"03-01\"", "a month and day such as \"03-01\""};
    auto const text = table.require(key, expected) ? table.text(key) : "";
    if (text.empty())
        return std::nullopt;
    if (auto const day = parse_day("2024-" + text)) // a leap year
        return std::pair(static_cast<int>(day->month()), static_cast<int>(day->day()));
    table.wrong(key, expected);
    return std::nullopt;
}

std::optional<Stretch> read_stretch(Table const& table)
{
    Stretch stretch{table.key(), table.title(), 1, 1, 1, 1};
    auto const from = month_day(table, "from"), to = month_day(table, "to");
    if (!from || !to)
        return std::nullopt;
    std::tie(stretch.from_month, stretch.from_day) = *from;
    std::tie(stretch.to_month, stretch.to_day) = *to;
    return stretch;
}

// Laid out over a leap year and its neighbours, the stretches of a window must not meet.
void check_crossing(Table const& table, Window const& window)
{
    Plan const years{.from = day_of(2023, 1, 1), .to = day_of(2025, 12, 31), .windows = {window}};
    auto const laid_out = periods_until(years, Per::window, window.key, years.to);
    for (std::size_t i = 1; i < laid_out.size(); ++i)
        if (laid_out[i].from <= laid_out[i - 1].to)
            return table.fault(table.find("each")->place, "each", text_of(laid_out[i].from).substr(5),
                {"互不重叠的时段", "stretches that do not overlap"},
                {fmt::format("“{}”与“{}”重叠。", laid_out[i - 1].title.zh, laid_out[i].title.zh),
                    fmt::format("\"{}\" overlaps \"{}\".", laid_out[i - 1].title.en, laid_out[i].title.en)});
}

} // namespace

void read_terms(Table const& root, Draft& draft)
{
    auto& plan = draft.plan;
    for (auto const& table : root.tables("term", {"key", "title", "title_en", "from", "to"})) {
        auto const days = table.days();
        if (!days)
            continue;
        auto const [from, to] = *days;
        Term term{table.key_or(usual_key(from)), table.title_or(usual_title(from)), from, to};
        draft.claim(table, "term", term.key);
        if (draft.dated && (to < plan.from || from > plan.to))
            draft.check_inside(table, "from", from);
        check_overlap(table, term, plan.terms);
        plan.terms.push_back(std::move(term));
    }
    if (!draft.dated)
        return;
    add_usual_terms(plan);
    drop_terms_outside(plan);
}

void read_windows(Table const& root, Draft& draft)
{
    for (auto const& table : root.tables("window", {"key", "title", "title_en", "each"})) {
        Window window{table.key(), table.title(), {}};
        draft.claim(table, "window", window.key);
        if (named<Per>(window.key))
            table.wrong("key", {"与学期等固定周期不同的名字", "a name that no period of the calendar has"});
        if (auto const* each = table.require("each", {"时段列表 [{ key, title, from, to }]", "a list [{ key, title, from, to }]"});
            !each)
            continue;
        auto const before = draft.faults.count();
        for (auto const& one : table.tables("each", {"key", "title", "title_en", "from", "to"}))
            if (auto stretch = read_stretch(one)) {
                draft.claim(one, "window " + window.key, stretch->key);
                window.each.push_back(std::move(*stretch));
            }
        if (window.each.empty() && draft.faults.count() == before)
            table.wrong("each", {"至少一个时段", "at least one stretch of days"});
        if (draft.faults.count() == before)
            check_crossing(table, window);
        draft.plan.windows.push_back(std::move(window));
    }
}

} // namespace concentric::plan
