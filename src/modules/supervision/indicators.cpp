#include "lib/workbook.hpp"
#include "modules/directory/members.hpp"
#include "modules/supervision/scope.hpp"
#include "modules/supervision/small_numbers.hpp"
#include "modules/supervision/supervision.hpp"
#include "modules/supervision/wording.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::supervision {
namespace {

using tally::Outlook;

constexpr std::size_t longest_trend = 12;

struct PlanBrief {
    plan::PlanId id;
    std::string key;
    std::int64_t version = 0;
    std::string title;
};
BOOST_DESCRIBE_STRUCT(PlanBrief, (), (id, key, version, title))

struct PeriodView {
    Day from, to;
    std::string title;
};
BOOST_DESCRIBE_STRUCT(PeriodView, (), (from, to, title))

struct TrendPoint {
    Day from, to;
    std::string title;
    double share = 0;
    std::int64_t covered = 0, total = 0;
};
BOOST_DESCRIBE_STRUCT(TrendPoint, (), (from, to, title, share, covered, total))

struct Indicator {
    std::int64_t number = 0;
    PlanBrief plan;
    std::string key, title;
    plan::Ring ring = plan::Ring::school;
    std::string source, text;
    std::vector<plan::Subject> subjects;
    std::string subject_name;
    plan::Per per = plan::Per::plan;
    std::string needs;
    std::optional<std::string> owner;
    PeriodView period;
    std::int64_t total = 0, covered = 0, excused = 0, missing = 0;
    double share = 0, target = 0;
    Outlook state = Outlook::no_subjects;
    double elapsed = 0;
    std::vector<TrendPoint> trend;
    bool is_guarded = false; // about children in need, for a viewer who may not open files: no trend, no names
    bool is_blank = false; // so few children stand behind it that no number is told
};
BOOST_DESCRIBE_STRUCT(Indicator, (),
    (number, plan, key, title, ring, source, text, subjects, subject_name, per, needs, owner, period, total, covered, excused,
        missing, share, target, state, elapsed, trend, is_guarded, is_blank))

struct Indicators {
    NamedOrganisation organisation;
    Day day;
    bool is_computing = false; // figures are being computed anew just now
    std::vector<Indicator> indicators;
};
BOOST_DESCRIBE_STRUCT(Indicators, (), (organisation, day, is_computing, indicators))

struct AskIndicators {
    std::optional<OrganisationId> organisation;
    std::optional<Day> day;
};
BOOST_DESCRIBE_STRUCT(AskIndicators, (), (organisation, day))

struct AskIndicator {
    std::int64_t number = 0;
    std::optional<OrganisationId> organisation;
    std::optional<Day> period;
};
BOOST_DESCRIBE_STRUCT(AskIndicator, (), (number, organisation, period))

struct UnitFigure {
    NamedOrganisation organisation;
    std::int64_t total = 0, covered = 0, excused = 0, missing = 0;
    double share = 0;
    Outlook state = Outlook::no_subjects;
    bool is_blank = false;
};
BOOST_DESCRIBE_STRUCT(UnitFigure, (), (organisation, total, covered, excused, missing, share, state, is_blank))

struct UnitList {
    std::vector<UnitFigure> items;
};
BOOST_DESCRIBE_STRUCT(UnitList, (), (items))

enum class SetupStep { plan, organisations, roster, history, posts };
BOOST_DESCRIBE_ENUM(SetupStep, plan, organisations, roster, history, posts)

struct SetupItem {
    SetupStep key = SetupStep::plan;
    bool done = false;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(SetupItem, (), (key, done, count))

struct Setup {
    std::vector<SetupItem> items;
};
BOOST_DESCRIBE_STRUCT(Setup, (), (items))

// A target that comes by a later day holds for the whole period that this day lies in.
double target_of(tally::Rule const& rule, plan::Period const& period, Day day)
{
    return plan::target_at(*rule.requirement, std::min(day, period.to));
}

std::vector<TrendPoint> trend_of(
    Call const& call, tally::Rule const& rule, plan::Period const& last, tally::UnitFigures const& figures)
{
    std::vector<TrendPoint> trend;
    for (auto const& period : rule.calendar->periods())
        if (period.from <= last.from) {
            auto const figure = figures.of(rule, period);
            trend.push_back({period.from, period.to, call.say(period.title), figure.total ? figure.share() : 0.0, figure.covered,
                figure.total});
        }
    // Before anybody was there nothing could be reached: the line begins with the first period that had somebody to count.
    trend.erase(trend.begin(), std::find_if(trend.begin(), trend.end(), [](TrendPoint const& point) { return point.total > 0; }));
    if (trend.size() > longest_trend)
        trend.erase(trend.begin(), trend.end() - longest_trend);
    return trend;
}

Indicator indicator_of(
    Call const& call, tally::Rule const& rule, plan::Period const& period, tally::UnitFigures const& figures, Day day)
{
    auto const& requirement = *rule.requirement;
    auto const& plan = rule.version->plan;
    auto const figure = figures.of(rule, period);
    Indicator indicator;
    indicator.number = rule.number;
    indicator.plan = {rule.version->id, plan.key, rule.version->version, call.say(plan.title)};
    indicator.key = requirement.key;
    indicator.title = call.say(requirement.title);
    indicator.ring = requirement.ring;
    indicator.source = requirement.source;
    indicator.text = requirement.text;
    indicator.subjects = requirement.subjects;
    indicator.subject_name = call.say(subjects_words(requirement));
    indicator.per = requirement.per;
    indicator.needs = call.say(needs_words(plan, requirement));
    if (!requirement.owner.empty())
        indicator.owner = requirement.owner;
    indicator.period = {period.from, period.to, call.say(period.title)};
    indicator.total = figure.total;
    indicator.covered = figure.covered;
    indicator.excused = figure.excused;
    indicator.missing = figure.missing();
    indicator.share = figure.total ? figure.share() : 0.0;
    indicator.target = target_of(rule, period, day);
    indicator.state = tally::outlook(figure, indicator.target, period, day);
    indicator.elapsed = tally::elapsed(period, day);
    indicator.trend = trend_of(call, rule, period, figures);
    return indicator;
}

// The trend of a guarded figure is never told: last term's number and this one's tell of the child who came between.
void guard_small_numbers(Call& call, tally::Rule const& rule, directory::OrganisationRef const& organisation,
    plan::Period const& period, Indicator& indicator)
{
    SmallNumbers small(call, rule);
    if (!small.are_guarded())
        return;
    indicator.is_guarded = true;
    indicator.trend.clear();
    if (!small.is_blank(organisation, period))
        return;
    indicator.is_blank = true;
    indicator.total = indicator.covered = indicator.excused = indicator.missing = 0;
    indicator.share = 0;
    indicator.state = Outlook::no_subjects;
}

bool is_computing(Call& call)
{
    return call.db
        .value<std::int64_t>(
            "SELECT id AS value FROM jobs WHERE county = $1 AND kind = 'tally.rebuild' AND state IN ('waiting', 'running') LIMIT 1",
            call.county)
        .has_value();
}

Indicators list(Call& call, AskIndicators const& input)
{
    auto const organisation = organisation_in_reach(call, input.organisation);
    auto const rules = tally::Rules::in_force(call);
    tally::UnitFigures const figures(call.db, call.county, organisation.id);
    Indicators answer{brief(organisation), input.day.value_or(call.today()), is_computing(call), {}};
    for (auto const& rule : rules->rules())
        if (rule.requirement->purpose == plan::Purpose::obligation)
            if (auto const* period = period_for(rule, answer.day)) {
                answer.indicators.push_back(indicator_of(call, rule, *period, figures, answer.day));
                guard_small_numbers(call, rule, organisation, *period, answer.indicators.back());
            }
    return answer;
}

Indicator show(Call& call, AskIndicator const& input)
{
    auto const scope = scope_of(call, input.number, input.organisation, input.period);
    tally::UnitFigures const figures(call.db, call.county, scope.organisation.id);
    auto indicator = indicator_of(call, *scope.rule, scope.period, figures, call.today());
    guard_small_numbers(call, *scope.rule, scope.organisation, scope.period, indicator);
    return indicator;
}

UnitList units(Call& call, AskIndicator const& input)
{
    auto const scope = scope_of(call, input.number, input.organisation, input.period);
    auto const children = directory::open_children(call.db, call.county, scope.organisation.id, scope.period.to);
    std::vector<std::int64_t> ids;
    for (auto const& child : children)
        ids.push_back(child.id.value);
    auto const figures = tally::figures_of(call.db, call.county, ids, *scope.rule, scope.period);
    auto const target = target_of(*scope.rule, scope.period, call.today());
    SmallNumbers small(call, *scope.rule);
    bool const are_all_blank = small.is_blank(scope.organisation, scope.period);
    auto const blanks = small.blanks_below(scope.organisation, scope.period);
    UnitList answer;
    for (auto const& child : children) {
        auto const found = figures.find(child.id.value);
        auto const figure = found == figures.end() ? tally::Figure{} : found->second;
        if (figure.total == 0)
            continue;
        if (are_all_blank || blanks.at(child.id.value)) {
            answer.items.push_back({brief(child), 0, 0, 0, 0, 0, Outlook::no_subjects, true});
            continue;
        }
        answer.items.push_back({brief(child), figure.total, figure.covered, figure.excused, figure.missing(), figure.share(),
            tally::outlook(figure, target, scope.period, call.today()), false});
    }
    return answer;
}

struct AskEntries {
    std::int64_t number = 0;
    std::optional<OrganisationId> organisation;
    std::optional<Day> period;
    std::optional<Text<1, 60>> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(AskEntries, (), (number, organisation, period, after, limit))

// The entries that a figure stands on: those of its kinds, in its period, in the organisation.
Page<ledger::EntryView> entries(Call& call, AskEntries const& input)
{
    auto const scope = scope_of(call, input.number, input.organisation, input.period);
    ledger::EntryFilter filter;
    filter.unit = scope.organisation.id;
    for (auto const& part : scope.rule->requirement->all)
        filter.kinds.insert(filter.kinds.end(), part.entries.begin(), part.entries.end());
    if (scope.rule->counts_points())
        for (auto const& points : scope.rules->points())
            if (points.version == scope.rule->version)
                filter.kinds.insert(filter.kinds.end(), points.rule->entries.begin(), points.rule->entries.end());
    filter.kinds.insert(filter.kinds.end(), scope.rule->requirement->excused_by.begin(), scope.rule->requirement->excused_by.end());
    filter.from = scope.period.from;
    filter.to = scope.period.to;
    if (input.after)
        filter.after = *input.after;
    if (input.limit)
        filter.limit = *input.limit;
    return ledger::list(call, filter);
}

std::string state_words(Call const& call, Outlook state)
{
    switch (state) {
    case Outlook::met: return call.say({"已达成", "met"});
    case Outlook::on_course: return call.say({"进展正常", "on course"});
    case Outlook::at_risk: return call.say({"有风险", "at risk"});
    case Outlook::missed: return call.say({"未达成", "missed"});
    case Outlook::no_subjects: break;
    }
    return call.say({"暂无对象", "no subjects"});
}

Download sheet(Call& call, AskIndicators const& input)
{
    auto const answer = list(call, input);
    bool const zh = call.language == Language::zh;
    lib::WorkbookWriter book;
    std::vector<std::string> const headings = zh
        ? std::vector<std::string>{"指标", "出处", "对象", "要求", "周期", "总数", "已达成", "免计", "缺少", "达成率", "目标",
            "状态", "方案", "版本"}
        : std::vector<std::string>{"Obligation", "Source", "Subjects", "Needs", "Period", "Total", "Covered", "Excused", "Missing",
            "Share", "Target", "State", "Plan", "Version"};
    book.add_sheet(answer.organisation.name, headings);
    for (auto const& one : answer.indicators) {
        if (one.is_blank) {
            book.add_row({one.title, one.source, one.subject_name, one.needs, one.period.title,
                call.say({"人数过少，不显示", "too few to show"})});
            continue;
        }
        book.add_row({one.title, one.source, one.subject_name, one.needs, one.period.title, one.total, one.covered, one.excused,
            one.missing, fmt::format("{:.1f}%", one.share * 100), fmt::format("{:.0f}%", one.target * 100),
            state_words(call, one.state), one.plan.title, one.plan.version});
    }
    return {book.finish(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        fmt::format("{}-{}-{}.xlsx", answer.organisation.name, zh ? "指标" : "indicators", text_of(answer.day))};
}

Setup setup(Call& call, Nothing const&)
{
    auto const held = directory::inventory(call.db, call.county);
    auto const plans = static_cast<std::int64_t>(plan::in_force(call).size());
    bool const has_history
        = call.db.value<std::int64_t>("SELECT id AS value FROM entries WHERE county = $1 LIMIT 1", call.county).has_value();
    using enum SetupStep;
    auto const item = [](SetupStep key, std::int64_t count, std::int64_t enough) { return SetupItem{key, count >= enough, count}; };
    // The post of whoever founded the county is there from the beginning.
    return {{item(SetupStep::plan, plans, 1), item(organisations, held.schools, 1), item(roster, held.students, 1),
        item(history, has_history, 1), item(posts, held.posts, 2)}};
}

} // namespace

Routes indicator_routes()
{
    return {
        route(Verb::get, "/api/indicators", Permission::read_indicators, "indicator_list",
            "Where every obligation stands in an organisation", list),
        route(Verb::get, "/api/indicators.xlsx", Permission::read_indicators, "indicator_sheet",
            "The table of obligations as a sheet", sheet),
        route(Verb::get, "/api/indicators/{number}", Permission::read_indicators, "indicator_show", "Where an obligation stands",
            show),
        route(Verb::get, "/api/indicators/{number}/units", Permission::read_indicators, "indicator_unit_list",
            "The same for the organisations below", units),
        route(Verb::get, "/api/indicators/{number}/entries", Permission::read_ledger, "indicator_entry_list",
            "The entries behind a figure", entries),
        route(Verb::get, "/api/setup", Permission::read_indicators, "setup_show", "What a fresh county has and lacks", setup),
    };
}

} // namespace concentric::supervision
