#include "modules/plan/draft.hpp"

#include <fmt/format.h>

#include <cmath>

namespace concentric::plan {
namespace {

void read_region(Table const& head, Plan& plan)
{
    auto const region = head.table("region", {"code", "name"});
    if (!region) {
        if (!head.has("region"))
            head.missing(
                "region", {"{ code = \"510164\", name = \"四川天府新区\" }", "{ code = \"510164\", name = \"四川天府新区\" }"});
        return;
    }
    plan.region_code = region->text("code");
    plan.region_name = region->text("name");
    bool const six_digits = plan.region_code.size() == 6 && plan.region_code.find_first_not_of("0123456789") == std::string::npos;
    if (!plan.region_code.empty() && !six_digits)
        region->wrong("code", {"六位行政区划代码", "a region code of six digits"});
}

void read_plan_days(Table const& head, Draft& draft)
{
    static constexpr int longest = 20;
    auto const days = head.days();
    if (!days)
        return;
    if (days->second.year() - days->first.year() > longest)
        return head.wrong(
            "to", {fmt::format("from 之后 {} 年以内的日期", longest), fmt::format("a day within {} years of from", longest)});
    std::tie(draft.plan.from, draft.plan.to) = *days;
    draft.dated = true;
}

} // namespace

void Draft::claim(Table const& table, std::string const& kind, std::string const& key)
{
    if (key.empty())
        return;
    auto const [first, is_new] = keys.emplace(kind + " " + key, table.place());
    if (is_new)
        return;
    auto const* written = table.find("key");
    table.fault(written ? written->place : table.place(), "key", key, {"别处没有用过的 key", "a key that is used nowhere else"},
        {fmt::format("{} 已在第 {} 行用过。", key, first->second.line),
            fmt::format("{} is already used in line {}.", key, first->second.line)});
}

void Draft::check_inside(Table const& table, std::string_view key, Day day)
{
    if (dated && (day < plan.from || day > plan.to))
        table.wrong(key,
            {fmt::format("方案期内（{} 至 {}）的日期", text_of(plan.from), text_of(plan.to)),
                fmt::format("a day of the plan ({} to {})", text_of(plan.from), text_of(plan.to))});
}

std::optional<std::int64_t> read_amount(Table const& table, std::string_view key, int scale)
{
    auto const number = table.number(key, {0, 1e6});
    if (!number)
        return std::nullopt;
    auto const scaled = std::round(*number * scale);
    if (scaled >= 1 && std::abs(scaled - *number * scale) < 1e-6)
        return static_cast<std::int64_t>(scaled);
    Words const finest = scale == 1 ? Words{"整数", "a whole number"}
        : scale == 100              ? Words{"数，最多两位小数", "a number with at most two decimals"}
                                    : Words{"合整分钟数的时间", "a time of whole minutes"};
    table.wrong(key, {"大于 0 的" + finest.zh, finest.en + " above 0"});
    return std::nullopt;
}

void read_head(Table const& root, Draft& draft)
{
    auto const head
        = root.table("plan", {"key", "title", "title_en", "issuer", "region", "unit", "from", "to", "credit_hour", "source"});
    if (!head) {
        if (!root.has("plan"))
            root.missing("plan",
                {"[plan] 表：方案的 key、名称、地区和起止日期", "a table [plan] with the plan's key, title, region, from and to"});
        return;
    }
    auto& plan = draft.plan;
    plan.key = head->key();
    plan.title = head->title();
    plan.issuer = head->text("issuer");
    plan.unit = head->text_or("unit", "");
    plan.source = head->text_or("source");
    plan.credit_hour_minutes = static_cast<int>(head->number_or("credit_hour", {1, 240, true}, 45));
    read_region(*head, plan);
    read_plan_days(*head, draft);
}

void read_milestones(Table const& root, Draft& draft)
{
    for (auto const& table : root.tables("milestone", {"key", "title", "title_en", "source", "text", "from", "to", "owner"})) {
        Milestone milestone{
            table.key(), table.title(), table.text_or("source"), table.text_or("text"), {}, {}, table.text_or("owner")};
        draft.claim(table, "milestone", milestone.key);
        if (auto const days = table.days()) {
            std::tie(milestone.from, milestone.to) = *days;
            draft.check_inside(table, "from", milestone.from);
            draft.check_inside(table, "to", milestone.to);
        }
        draft.plan.milestones.push_back(std::move(milestone));
    }
}

void read_commitments(Table const& root, Draft& draft)
{
    for (auto const& table : root.tables("commitment", {"key", "title", "title_en", "source", "text", "owner"})) {
        Commitment commitment{table.key(), table.title(), table.text_or("source"), table.text_or("text"), table.text_or("owner")};
        draft.claim(table, "commitment", commitment.key);
        draft.plan.commitments.push_back(std::move(commitment));
    }
}

Parsed parse(std::string_view text, std::string const& file_name)
{
    Draft draft{.plan = {}, .faults = Faults(file_name), .keys = {}};
    auto const document = read_document(std::string(text), draft.faults);
    if (document) {
        Table const root(*document, "",
            {"plan", "term", "window", "milestone", "requirement", "points", "credential", "award", "commitment"}, draft.faults);
        for (auto const read : {read_head, read_terms, read_windows, read_milestones, read_points, read_requirements,
                 read_credentials, read_awards, read_commitments})
            read(root, draft);
    }
    if (draft.faults.count())
        return {std::nullopt, draft.faults.in_order()};
    return {std::move(draft.plan), {}};
}

Requirement const* find_requirement(Plan const& plan, std::string_view key)
{
    auto const found
        = std::find_if(plan.requirements.begin(), plan.requirements.end(), [&](Requirement const& r) { return r.key == key; });
    return found == plan.requirements.end() ? nullptr : &*found;
}

} // namespace concentric::plan
