#include "modules/supervision/plan_changes.hpp"

#include "modules/directory/words.hpp"
#include "modules/supervision/wording.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::supervision {
namespace {

struct Aspect {
    Words name;
    Words value;
};

Words percent(double share) { return {fmt::format("{:g} %", share * 100), fmt::format("{:g} %", share * 100)}; }

Words both(std::string const& text) { return {text, text}; }

std::string points(std::int64_t hundredths) { return fmt::format("{:g}", static_cast<double>(hundredths) / 100); }

Words entries_words(plan::Requirement const& requirement)
{
    Words words;
    for (auto const& part : requirement.all)
        append(words, part_words(part), "；", "; ");
    return words;
}

Words rolling_words(plan::Requirement const& requirement)
{
    if (!requirement.rolling)
        return {};
    auto const start = kinds_words({requirement.rolling->start});
    return {fmt::format("“{}”之日起 {} 个月内", start.zh, requirement.rolling->months),
        fmt::format("within {} months of {}", requirement.rolling->months, start.en)};
}

Words score_words(plan::Requirement const& requirement)
{
    Words words;
    for (auto const& step : requirement.score)
        append(words,
            {fmt::format("{:g} % 得 {:g} 分", step.share * 100, step.points),
                fmt::format("{:g} points from {:g} %", step.points, step.share * 100)});
    return words;
}

std::vector<Aspect> aspects_of(plan::Plan const& plan, plan::Requirement const& requirement)
{
    return {
        {{"名称", "title"}, {requirement.title.zh, requirement.title.en}},
        {{"对象", "counted on"}, counted_words(requirement)},
        {{"要求", "asks"}, needs_words(plan, requirement)},
        {{"计入的记录", "entries that count"}, entries_words(requirement)},
        {{"窗口", "window"}, rolling_words(requirement)},
        {{"免计", "excused by"}, kinds_words(requirement.excused_by)},
        {{"目标", "target"}, targets_words(requirement)},
        {{"计分", "score"}, score_words(requirement)},
        {{"权重", "weight"}, both(fmt::format("{:g}", requirement.weight))},
        {{"责任单位", "owner"}, both(requirement.owner)},
    };
}

std::vector<Aspect> aspects_of(plan::PointRule const& rule)
{
    return {
        {{"名称", "title"}, {rule.title.zh, rule.title.en}},
        {{"对象", "goes to"}, subject_words(rule.to)},
        {{"计入的记录", "entries that count"}, kinds_words(rule.entries)},
        {{"积分", "award"}, award_words(rule)},
    };
}

bool says_the_same(Words const& a, Words const& b) { return a.zh == b.zh && a.en == b.en; }

std::vector<ChangedAspect> differences(std::vector<Aspect> const& before, std::vector<Aspect> const& after)
{
    std::vector<ChangedAspect> changes;
    for (std::size_t i = 0; i < before.size(); ++i)
        if (!says_the_same(before[i].value, after[i].value))
            changes.push_back({before[i].name, before[i].value, after[i].value});
    return changes;
}

} // namespace

std::vector<ChangedAspect> changes_of(
    plan::Plan const& plan_before, plan::Requirement const& before, plan::Plan const& plan_after, plan::Requirement const& after)
{
    return differences(aspects_of(plan_before, before), aspects_of(plan_after, after));
}

std::vector<ChangedAspect> changes_of(plan::PointRule const& before, plan::PointRule const& after)
{
    return differences(aspects_of(before), aspects_of(after));
}

Words award_words(plan::PointRule const& rule)
{
    Words words;
    if (rule.per_entry)
        append(words,
            {fmt::format("每次 {} 分", points(rule.per_entry)), fmt::format("{} points each time", points(rule.per_entry))}, "，");
    if (rule.per_hour) {
        auto const hour = rule.by_credit_hour ? Words{"课时", "credit hour"} : Words{"小时", "hour"};
        append(words,
            {fmt::format("每{} {} 分", hour.zh, points(rule.per_hour)),
                fmt::format("{} points a {}", points(rule.per_hour), hour.en)},
            "，");
    }
    if (rule.per_count)
        append(words,
            {fmt::format("按数量每个 {} 分", points(rule.per_count)),
                fmt::format("{} points for each one", points(rule.per_count))},
            "，");
    if (rule.cap_per) {
        auto const per = per_words(*rule.cap_per);
        append(words,
            {fmt::format("{}至多 {} 分", per.zh, points(rule.cap)), fmt::format("at most {} {}", points(rule.cap), per.en)}, "，");
    }
    return words;
}

Words targets_words(plan::Requirement const& requirement)
{
    if (requirement.targets.size() == 1)
        return percent(requirement.targets.front().share);
    Words words;
    for (auto const& target : requirement.targets) {
        auto const share = percent(target.share);
        append(words,
            {fmt::format("{} 起 {}", text_of(target.by), share.zh), fmt::format("{} from {}", share.en, text_of(target.by))}, "，");
    }
    return words;
}

Words counted_words(plan::Requirement const& requirement)
{
    Words stages, groups, kinds;
    for (auto const stage : requirement.where.stages)
        append(stages, stage_words(stage));
    for (auto const& group : requirement.where.groups)
        append(groups, directory::words_of(directory::student_groups(), group));
    for (auto const& kind : requirement.where.kinds)
        append(kinds, both(kind));
    Words limits;
    for (auto const* words : {&stages, &groups, &kinds})
        if (!words->zh.empty())
            append(limits, *words, "；", "; ");
    auto words = subjects_words(requirement);
    if (!limits.zh.empty())
        words = {words.zh + "（" + limits.zh + "）", words.en + " (" + limits.en + ")"};
    return words;
}

} // namespace concentric::supervision
