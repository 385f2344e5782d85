#include "modules/plan/catalogue.hpp"
#include "modules/plan/draft.hpp"
#include "modules/plan/periods.hpp"

#include <fmt/format.h>

#include <array>

// How much is asked of which entries, and whether it can be reached at all.
namespace concentric::plan {
namespace {

// The ways to write an amount, and what one of them is in the unit that is added up.
struct Unit {
    std::string_view key;
    Measure measure;
    int scale;
};

std::array<Unit, 4> units(Plan const& plan)
{
    return {{{"entries", Measure::entries, 1}, {"hours", Measure::minutes, 60},
        {"credit_hours", Measure::minutes, plan.credit_hour_minutes}, {"points", Measure::points, 100}}};
}

constexpr std::array<Stage, 4> stages{Stage::kindergarten, Stage::primary, Stage::junior, Stage::senior};

// Reads the only amount among the allowed units. Several or none are a fault.
bool read_measure(Table const& table, std::span<Unit const> allowed, Part& part)
{
    std::vector<Unit const*> written;
    std::vector<std::string> names;
    for (auto const& unit : allowed) {
        names.emplace_back(unit.key);
        if (table.has(unit.key))
            written.push_back(&unit);
    }
    if (written.size() != 1) {
        auto const expected = one_of(names);
        table.fault(table.place(), "", written.empty() ? "" : std::string(written[1]->key), expected,
            {"应写明一个数量：" + expected.zh + "。", "Give one amount: " + expected.en + "."});
        return false;
    }
    part.measure = written.front()->measure;
    auto const amount = read_amount(table, written.front()->key, written.front()->scale);
    for (auto const stage : stages)
        if (table.has(name_of(stage)))
            if (auto const other = read_amount(table, name_of(stage), written.front()->scale))
                part.by_stage.push_back({stage, *other});
    part.at_least = amount.value_or(1);
    return amount.has_value();
}

bool read_at_least(Table const& table, Draft& draft, Part& part)
{
    if (!table.require("at_least",
            {"数量，例如 { entries = 1 }、{ hours = 6 } 或 { points = 100 }",
                "an amount such as { entries = 1 }, { hours = 6 } or { points = 100 }"}))
        return false;
    auto const amount
        = table.table("at_least", {"entries", "hours", "credit_hours", "points", "kindergarten", "primary", "junior", "senior"});
    return amount && read_measure(*amount, units(draft.plan), part);
}

// Points come from the plan's point rules, everything else from kinds of entry.
Part with_entries(Table const& table, Part part, std::vector<Subject> const& subjects, bool measured, Draft& draft)
{
    part.entries = table.kinds("entries");
    if (part.measure == Measure::points) {
        if (table.has("entries"))
            table.misplaced("entries", {"积分由 [[points]] 计算", "points come from [[points]]"});
        else if (measured)
            check_reach(table, "at_least", part, subjects, draft);
    } else if (table.require("entries", {"台账记录种类的列表", "a list of kinds of ledger entry"})) {
        check_reach(table, "entries", part, subjects, draft);
    }
    return part;
}

Part read_part(Table const& table, std::vector<Subject> const& subjects, Draft& draft)
{
    Part part;
    bool const measured = read_at_least(table, draft, part);
    return with_entries(table, std::move(part), subjects, measured, draft);
}

bool reaches(EntryKind const& kind, Subject subject)
{
    if (is_person(subject))
        return kind.of_people;
    return subject != Subject::resource || kind.of_resources;
}

bool can_reach(Part const& part, Subject subject, Plan const& plan)
{
    if (part.measure == Measure::points)
        return std::any_of(plan.points.begin(), plan.points.end(), [&](PointRule const& rule) { return rule.to == subject; });
    return std::any_of(part.entries.begin(), part.entries.end(), [&](std::string const& pattern) {
        bool const known = means_something(pattern); // an unknown kind has been reported already
        return !known || std::any_of(catalogue().begin(), catalogue().end(), [&](EntryKind const& kind) {
            return matches(pattern, kind.name) && reaches(kind, subject);
        });
    });
}

bool fits(Period const& inner, std::vector<Period> const& outer)
{
    return std::all_of(outer.begin(), outer.end(), [&](Period const& period) {
        bool const apart = inner.to < period.from || inner.from > period.to;
        return apart || (period.from <= inner.from && inner.to <= period.to);
    });
}

// Whether every period of the cap lies within one period of the requirement, so that a capped amount belongs to one of them.
bool nests(Per cap, Requirement const& requirement, Plan const& plan)
{
    auto const outer = periods_until(plan, requirement.per, requirement.window, plan.to);
    auto const inner = periods_until(plan, cap, "", plan.to);
    return std::all_of(inner.begin(), inner.end(), [&](Period const& period) { return fits(period, outer); });
}

} // namespace

bool is_person(Subject subject)
{
    return subject == Subject::student || subject == Subject::family || subject == Subject::carer || subject == Subject::staff;
}

std::vector<Part> read_parts(Table const& table, std::vector<Subject> const& subjects, Draft& draft)
{
    if (!table.has("all"))
        return {read_part(table, subjects, draft)};
    for (auto const* key : {"entries", "at_least"})
        if (table.has(key))
            table.misplaced(key, {"它在 all 的各项里", "its place is inside the items of all"});
    std::vector<Part> parts;
    for (auto const& part : table.tables("all", {"entries", "at_least"}))
        parts.push_back(read_part(part, subjects, draft));
    if (auto const* all = table.find("all"); all->kind == Value::Kind::list && all->items.empty())
        table.wrong("all", {"至少一项 { entries, at_least }", "at least one item { entries, at_least }"});
    return parts;
}

std::vector<Part> read_need(Table const& table, Subject subject, Draft& draft)
{
    auto const all_units = units(draft.plan);
    auto const short_units = std::span<Unit const>(all_units).subspan(1); // `entries` are the kinds here
    if (table.has("all") || table.has("at_least")) {
        for (auto const& unit : short_units)
            if (table.has(unit.key))
                table.misplaced(unit.key, {"它在 at_least 里", "its place is inside at_least"});
        return read_parts(table, {subject}, draft);
    }
    Part part;
    bool const measured = read_measure(table, short_units, part);
    return {with_entries(table, std::move(part), {subject}, measured, draft)};
}

void check_reach(Table const& table, std::string_view key, Part const& part, std::vector<Subject> const& subjects, Draft& draft)
{
    bool const points = part.measure == Measure::points;
    if (points && !draft.points_known)
        return;
    for (auto const subject : subjects) {
        if (can_reach(part, subject, draft.plan))
            continue;
        auto const name = spelled(name_of(subject));
        auto const place = table.has(key) ? table.find(key)->place : table.place();
        if (points)
            table.fault(place, key, name,
                {"有 [[points]] 规则给予积分的对象", "a subject that some [[points]] rule gives points to"},
                {fmt::format("没有任何积分规则给 {} 积分，永远达不到。", name),
                    fmt::format("No point rule gives points to {}, so this can never be reached.", name)});
        else
            table.fault(place, key, name, {"能记在该对象名下的记录种类", "kinds of entry that are written for this subject"},
                {fmt::format("这些记录从不记在 {} 名下，永远达不到。", name),
                    fmt::format("Such entries are never written for {}, so this can never be reached.", name)});
    }
}

void check_points(Table const& table, Requirement const& requirement, Draft& draft)
{
    bool const points = std::any_of(
        requirement.all.begin(), requirement.all.end(), [](Part const& part) { return part.measure == Measure::points; });
    if (!points)
        return;
    if (requirement.all.size() > 1)
        table.misplaced("all", {"积分单独成一条指标", "points stand in a requirement of their own"});
    if (requirement.rolling)
        return table.fault(table.place(), "within", "", {"per", "per"},
            {"积分按固定周期计算，不能用 within。", "Points are counted by period; write per, not within."});
    if (!draft.points_known || !draft.dated)
        return;
    for (auto const& rule : draft.plan.points) {
        bool const used
            = std::find(requirement.subjects.begin(), requirement.subjects.end(), rule.to) != requirement.subjects.end();
        if (!used || !rule.cap_per || nests(*rule.cap_per, requirement, draft.plan))
            continue;
        auto const* per = table.find("per");
        auto const cap = spelled(name_of(*rule.cap_per));
        table.fault(per ? per->place : table.place(), "per", per ? shown(*per) : "",
            {fmt::format("能容纳整个封顶周期 {} 的周期", cap), fmt::format("a period that holds every {} of the cap whole", cap)},
            {fmt::format("积分规则 {} 按 {} 封顶，与这里的周期不能整除。", rule.key, cap),
                fmt::format("The point rule {} is capped by {}, which does not fit into the period here.", rule.key, cap)});
    }
}

} // namespace concentric::plan
