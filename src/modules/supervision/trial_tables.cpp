#include "modules/supervision/trial_tables.hpp"

#include "modules/supervision/wording.hpp"

#include <fmt/format.h>

#include <cmath>

namespace concentric::supervision {
namespace {

std::string say(Language language, Words const& words) { return language == Language::zh ? words.zh : words.en; }

// Tenths of a per cent, rounded down as everywhere: 2 of 3 is 66.6 %.
double percent_of(tally::Figure const& figure) { return std::floor(figure.share() * 1000 + 1e-9) / 10; }

std::string percent(tally::Figure const& figure) { return figure.total ? fmt::format("{:.1f}%", percent_of(figure)) : "—"; }

// In percentage points; nothing where either side counts nobody.
std::string difference(tally::Figure const& before, tally::Figure const& after)
{
    return before.total && after.total ? fmt::format("{:+.1f}", percent_of(after) - percent_of(before)) : "—";
}

std::string points(std::int64_t hundredths)
{
    return hundredths % 100 ? fmt::format("{:.2f}", static_cast<double>(hundredths) / 100) : std::to_string(hundredths / 100);
}

std::string differences_in_words(Language language, std::vector<ChangedAspect> const& differences)
{
    std::string text;
    for (auto const& one : differences)
        text += fmt::format("{}{}{}{} → {}",
            text.empty()                   ? ""
                : language == Language::zh ? "；"
                                           : "; ",
            say(language, one.aspect), language == Language::zh ? "：" : ": ", say(language, one.before), say(language, one.after));
    return text;
}

std::vector<std::string> figure_headings(Language language)
{
    return language == Language::zh
        ? std::vector<std::string>{"现行 总数", "现行 已达成", "现行 达成率", "试算 总数", "试算 已达成", "试算 达成率",
            "差（百分点）", "新达成", "新缺少"}
        : std::vector<std::string>{"Present total", "Present covered", "Present share", "Trial total", "Trial covered",
            "Trial share", "Difference (percentage points)", "Newly met", "Newly missing"};
}

void add_figures(std::vector<lib::Value>& row, TrialOutcome const& outcome)
{
    auto const& before = outcome.before;
    auto const& after = outcome.after;
    if (outcome.is_blank)
        row.insert(row.end(), 9, "—");
    else
        row.insert(row.end(),
            {before.total, before.covered, percent(before), after.total, after.covered, percent(after), difference(before, after),
                outcome.newly_covered, outcome.newly_missing});
}

std::vector<std::string> with_figures(Language language, std::vector<std::string> headings)
{
    for (auto& heading : figure_headings(language))
        headings.push_back(std::move(heading));
    return headings;
}

} // namespace

Words change_words(PlanChange change)
{
    switch (change) {
    case PlanChange::added: return {"新增", "added"};
    case PlanChange::removed: return {"取消", "removed"};
    case PlanChange::changed: return {"修改", "changed"};
    case PlanChange::same: break;
    }
    return {"未改", "same"};
}

Words subject_kind_words(tally::SubjectKind kind)
{
    switch (kind) {
    case tally::SubjectKind::student: return subject_words(plan::Subject::student);
    case tally::SubjectKind::family: return subject_words(plan::Subject::family);
    case tally::SubjectKind::carer: return subject_words(plan::Subject::carer);
    case tally::SubjectKind::staff: return subject_words(plan::Subject::staff);
    case tally::SubjectKind::organisation: break;
    }
    return {"单位", "organisations"};
}

TrialTable obligations_table(Language language, TrialSummary const& summary, std::vector<TrialOutcome> const& outcomes)
{
    bool const zh = language == Language::zh;
    TrialTable table{zh ? "指标" : "Obligations",
        with_figures(language,
            zh ? std::vector<std::string>{"指标", "变化", "改了什么"}
               : std::vector<std::string>{"Obligation", "Change", "What changed"}),
        {}};
    for (std::size_t i = 0; i < summary.obligations.size(); ++i) {
        auto const& one = summary.obligations[i];
        auto& row = table.rows.emplace_back();
        row = {say(language, one.title), say(language, change_words(one.change)), differences_in_words(language, one.differences)};
        add_figures(row, outcomes[i]);
    }
    return table;
}

TrialTable organisations_table(Language language, TrialSummary const& summary, std::vector<TrialLine> const& lines)
{
    bool const zh = language == Language::zh;
    TrialTable table{zh ? "单位" : "Organisations",
        with_figures(
            language, zh ? std::vector<std::string>{"单位", "指标"} : std::vector<std::string>{"Organisation", "Obligation"}),
        {}};
    for (auto const& line : lines) {
        auto& row = table.rows.emplace_back();
        row = {line.organisation, say(language, summary.obligations[line.obligation].title)};
        add_figures(row, line.outcome);
    }
    return table;
}

TrialTable point_rules_table(Language language, TrialSummary const& summary)
{
    bool const zh = language == Language::zh;
    TrialTable table{zh ? "积分规则" : "Point rules",
        zh ? std::vector<std::string>{"积分规则", "对象", "变化", "现行", "试算", "改了什么"}
           : std::vector<std::string>{"Point rule", "Goes to", "Change", "Present", "Trial", "What changed"},
        {}};
    for (auto const& one : summary.point_rules)
        table.rows.push_back({say(language, one.title), say(language, one.goes_to), say(language, change_words(one.change)),
            say(language, one.before), say(language, one.after), differences_in_words(language, one.differences)});
    return table;
}

TrialTable points_table(Language language, TrialSummary const& summary)
{
    bool const zh = language == Language::zh;
    TrialTable table{zh ? "积分" : "Points",
        zh ? std::vector<std::string>{"对象", "增加", "减少", "不变", "现行总分", "试算总分"}
           : std::vector<std::string>{"Counted on", "Gain", "Lose", "Same", "Present points", "Trial points"},
        {}};
    for (auto const& one : summary.points)
        table.rows.push_back({say(language, subject_kind_words(one.subject_kind)), one.gain, one.lose, one.same, points(one.before),
            points(one.after)});
    return table;
}

TrialTable credentials_table(Language language, TrialSummary const& summary)
{
    bool const zh = language == Language::zh;
    TrialTable table{zh ? "证书" : "Certificates",
        zh ? std::vector<std::string>{"证书", "变化", "现行达到", "试算达到", "新达到", "不再达到"}
           : std::vector<std::string>{"Certificate", "Change", "Present holders", "Trial holders", "Earned", "Lost"},
        {}};
    for (auto const& one : summary.credentials)
        table.rows.push_back({say(language, one.title), say(language, change_words(one.change)), one.holders_before,
            one.holders_after, one.earned, one.lost});
    return table;
}

} // namespace concentric::supervision
