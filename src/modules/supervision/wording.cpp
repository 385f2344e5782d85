#include "modules/supervision/wording.hpp"

#include "modules/plan/catalogue.hpp"

#include <fmt/format.h>

namespace concentric::supervision {
namespace {

Words per_words(plan::Plan const& plan, plan::Requirement const& requirement)
{
    if (requirement.rolling)
        return {
            fmt::format("{} 个月内", requirement.rolling->months), fmt::format("within {} months", requirement.rolling->months)};
    if (requirement.per != plan::Per::window)
        return supervision::per_words(requirement.per);
    for (auto const& window : plan.windows)
        if (window.key == requirement.window)
            return {"每次" + window.title.zh, "each time: " + window.title.en};
    return {};
}

std::string number(double value) { return fmt::format("{:g}", value); }

Words amount_words(plan::Part const& part, std::int64_t amount)
{
    auto const value = number(in_units(part.measure, amount));
    auto const unit = unit_words(part.measure);
    return {fmt::format("≥ {} {}", value, unit.zh), fmt::format("≥ {} {}", value, unit.en)};
}

} // namespace

void append(Words& words, Words const& more, char const* zh, char const* en)
{
    words.zh += (words.zh.empty() ? "" : zh) + more.zh;
    words.en += (words.en.empty() ? "" : en) + more.en;
}

Standing standing_of(tally::State state)
{
    switch (state) {
    case tally::State::covered: return Standing::covered;
    case tally::State::excused: return Standing::excused;
    case tally::State::missing: break;
    }
    return Standing::missing;
}

Words subject_words(plan::Subject subject)
{
    switch (subject) {
    case plan::Subject::student: return {"学生", "pupils"};
    case plan::Subject::family: return {"家庭", "families"};
    case plan::Subject::carer: return {"家长", "carers"};
    case plan::Subject::staff: return {"教职工", "staff"};
    case plan::Subject::class_: return {"班级", "classes"};
    case plan::Subject::grade: return {"年级", "grades"};
    case plan::Subject::school: return {"学校", "schools"};
    case plan::Subject::kindergarten: return {"幼儿园", "kindergartens"};
    case plan::Subject::community: return {"社区", "communities"};
    case plan::Subject::guidance_station: return {"指导服务站", "guidance stations"};
    case plan::Subject::resource: return {"资源单位", "resource organisations"};
    case plan::Subject::county: return {"区县", "counties"};
    }
    return {};
}

Words stage_words(plan::Stage stage)
{
    switch (stage) {
    case plan::Stage::kindergarten: return {"幼儿园", "kindergarten"};
    case plan::Stage::primary: return {"小学", "primary"};
    case plan::Stage::junior: return {"初中", "junior"};
    case plan::Stage::senior: return {"高中", "senior"};
    }
    return {};
}

Words per_words(plan::Per per)
{
    switch (per) {
    case plan::Per::month: return {"每月", "a month"};
    case plan::Per::term: return {"每学期", "a term"};
    case plan::Per::half_year: return {"每半年", "a half-year"};
    case plan::Per::school_year: return {"每学年", "a school year"};
    case plan::Per::calendar_year: return {"每年", "a year"};
    case plan::Per::plan: return {"方案期内", "in the plan's time"};
    case plan::Per::window: return {"每次窗口期", "each time"};
    }
    return {};
}

Words subjects_words(plan::Requirement const& requirement)
{
    Words words;
    for (auto const subject : requirement.subjects)
        append(words, subject_words(subject));
    return words;
}

Words unit_words(plan::Measure measure)
{
    switch (measure) {
    case plan::Measure::entries: return {"次", "times"};
    case plan::Measure::minutes: return {"小时", "hours"};
    case plan::Measure::points: return {"分", "points"};
    }
    return {};
}

double in_units(plan::Measure measure, std::int64_t amount)
{
    switch (measure) {
    case plan::Measure::entries: return static_cast<double>(amount);
    case plan::Measure::minutes: return static_cast<double>(amount) / 60.0;
    case plan::Measure::points: return static_cast<double>(amount) / 100.0;
    }
    return 0;
}

Words kinds_words(std::vector<std::string> const& patterns)
{
    Words words;
    for (auto const& kind : plan::catalogue())
        if (std::any_of(patterns.begin(), patterns.end(), [&](auto const& pattern) { return plan::matches(pattern, kind.name); }))
            append(words, {kind.zh, kind.en});
    return words;
}

Words part_words(plan::Part const& part)
{
    return part.measure == plan::Measure::points ? Words{"积分", "points"} : kinds_words(part.entries);
}

Words needs_words(plan::Plan const& plan, plan::Requirement const& requirement)
{
    Words parts;
    for (auto const& part : requirement.all) {
        auto words = amount_words(part, part.at_least);
        for (auto const& stage : part.by_stage) {
            auto const name = stage_words(stage.stage);
            auto const amount = amount_words(part, stage.at_least);
            words = {words.zh + "（" + name.zh + " " + amount.zh + "）", words.en + " (" + name.en + " " + amount.en + ")"};
        }
        if (requirement.all.size() > 1) {
            auto const what = part_words(part);
            words = {what.zh + " " + words.zh, what.en + " " + words.en};
        }
        append(parts, words, "；", "; ");
    }
    auto const per = per_words(plan, requirement);
    return {per.zh + " " + parts.zh, parts.en + " " + per.en};
}

} // namespace concentric::supervision
