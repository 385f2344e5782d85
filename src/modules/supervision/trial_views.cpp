#include "modules/directory/directory.hpp"
#include "modules/directory/file_access.hpp"
#include "modules/directory/members.hpp"
#include "modules/supervision/supervision.hpp"
#include "modules/supervision/trial_names.hpp"
#include "modules/supervision/trial_tables.hpp"
#include "modules/supervision/trials.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

namespace concentric::supervision {
namespace {

struct FigureView {
    std::int64_t total = 0, covered = 0, excused = 0, missing = 0;
    double share = 0;
};
BOOST_DESCRIBE_STRUCT(FigureView, (), (total, covered, excused, missing, share))

struct AspectView {
    std::string aspect, before, after;
};
BOOST_DESCRIBE_STRUCT(AspectView, (), (aspect, before, after))

struct RuleView {
    std::string needs, subjects, period;
    Day from, to;
    double target = 0;
};
BOOST_DESCRIBE_STRUCT(RuleView, (), (needs, subjects, period, from, to, target))

struct ObligationView {
    std::string key, title;
    plan::Ring ring = plan::Ring::school;
    std::string source;
    tally::SubjectKind subject_kind = tally::SubjectKind::student;
    PlanChange change = PlanChange::same;
    std::optional<RuleView> rule_before, rule_after;
    std::vector<AspectView> differences;
    std::optional<FigureView> before, after; // of the organisation; none where the plan has no such obligation
    std::int64_t newly_covered = 0, newly_missing = 0;
    bool is_blank = false; // about children in need, whose files the viewer may not open: no figure is told
};
BOOST_DESCRIBE_STRUCT(ObligationView, (),
    (key, title, ring, source, subject_kind, change, rule_before, rule_after, differences, before, after, newly_covered,
        newly_missing, is_blank))

struct PointRuleView {
    std::string key, title, goes_to;
    PlanChange change = PlanChange::same;
    std::string before, after;
    std::vector<AspectView> differences;
};
BOOST_DESCRIBE_STRUCT(PointRuleView, (), (key, title, goes_to, change, before, after, differences))

struct PointsChangeView {
    std::optional<std::string> name; // within the viewer's reach and permission
    std::optional<std::string> place; // the same
    double before = 0, after = 0;
};
BOOST_DESCRIBE_STRUCT(PointsChangeView, (), (name, place, before, after))

struct BucketView {
    std::optional<double> above, up_to; // a difference in points
    std::int64_t subjects = 0;
};
BOOST_DESCRIBE_STRUCT(BucketView, (), (above, up_to, subjects))

struct PointsView {
    tally::SubjectKind subject_kind = tally::SubjectKind::carer;
    std::string subject_name;
    std::int64_t gain = 0, lose = 0, same = 0;
    double before = 0, after = 0;
    std::vector<BucketView> distribution;
    std::vector<PointsChangeView> top_gains, top_losses;
};
BOOST_DESCRIBE_STRUCT(
    PointsView, (), (subject_kind, subject_name, gain, lose, same, before, after, distribution, top_gains, top_losses))

struct CredentialView {
    std::string key, title;
    PlanChange change = PlanChange::same;
    std::int64_t holders_before = 0, holders_after = 0, earned = 0, lost = 0;
};
BOOST_DESCRIBE_STRUCT(CredentialView, (), (key, title, change, holders_before, holders_after, earned, lost))

struct PlanView {
    std::optional<plan::PlanId> id;
    std::string key;
    std::int64_t version = 0;
    std::string title;
    Day from, to;
};
BOOST_DESCRIBE_STRUCT(PlanView, (), (id, key, version, title, from, to))

struct TrialView {
    TrialId id;
    PlanView plan;
    std::optional<PlanView> against;
    Day day;
    std::int64_t entries = 0, milliseconds = 0;
    NamedOrganisation organisation;
    std::vector<ObligationView> obligations;
    std::vector<PointRuleView> point_rules;
    std::vector<PointsView> points;
    std::vector<CredentialView> credentials;
};
BOOST_DESCRIBE_STRUCT(
    TrialView, (), (id, plan, against, day, entries, milliseconds, organisation, obligations, point_rules, points, credentials))

struct AskTrialView {
    TrialId id;
    std::optional<OrganisationId> organisation;
};
BOOST_DESCRIBE_STRUCT(AskTrialView, (), (id, organisation))

struct AskUnits {
    TrialId id;
    std::optional<OrganisationId> organisation;
    Text<1, 100> obligation;
};
BOOST_DESCRIBE_STRUCT(AskUnits, (), (id, organisation, obligation))

struct UnitView {
    NamedOrganisation organisation;
    FigureView before, after;
    std::int64_t newly_covered = 0, newly_missing = 0;
};
BOOST_DESCRIBE_STRUCT(UnitView, (), (organisation, before, after, newly_covered, newly_missing))

struct UnitViews {
    std::vector<UnitView> items;
};
BOOST_DESCRIBE_STRUCT(UnitViews, (), (items))

struct DifferingUnit {
    NamedOrganisation organisation;
    std::int64_t better = 0, worse = 0; // obligations whose share rises or falls
    std::int64_t newly_covered = 0, newly_missing = 0; // in all obligations together
};
BOOST_DESCRIBE_STRUCT(DifferingUnit, (), (organisation, better, worse, newly_covered, newly_missing))

struct DifferingUnits {
    std::vector<DifferingUnit> items;
};
BOOST_DESCRIBE_STRUCT(DifferingUnits, (), (items))

struct TrialSubjectView {
    std::string id, name, place;
    bool is_covered = false; // newly covered; otherwise newly missing
};
BOOST_DESCRIBE_STRUCT(TrialSubjectView, (), (id, name, place, is_covered))

struct TrialSubjectViews {
    std::vector<TrialSubjectView> items;
    bool is_complete = true; // false: a trial remembers the first 1000 of each direction only
};
BOOST_DESCRIBE_STRUCT(TrialSubjectViews, (), (items, is_complete))

double in_points(std::int64_t hundredths) { return static_cast<double>(hundredths) / 100; }

FigureView view_of(tally::Figure const& figure)
{
    return {figure.total, figure.covered, figure.excused, figure.missing(), figure.total ? figure.share() : 0.0};
}

std::vector<AspectView> views_of(Call const& call, std::vector<ChangedAspect> const& differences)
{
    std::vector<AspectView> views;
    for (auto const& one : differences)
        views.push_back({call.say(one.aspect), call.say(one.before), call.say(one.after)});
    return views;
}

std::optional<RuleView> view_of(Call const& call, std::optional<TriedRule> const& rule)
{
    if (!rule)
        return std::nullopt;
    return RuleView{call.say(rule->needs), call.say(rule->subjects), call.say(rule->period), rule->from, rule->to, rule->target};
}

PlanView view_of(Call const& call, TriedPlan const& plan)
{
    return {plan.id ? std::optional(plan.id) : std::nullopt, plan.key, plan.version, call.say(plan.title), plan.from, plan.to};
}

ObligationView view_of(Call& call, TriedObligation const& obligation, TrialFigure const& figure)
{
    ObligationView view{obligation.key, call.say(obligation.title), obligation.ring, obligation.source, obligation.subject_kind,
        obligation.change, view_of(call, obligation.before), view_of(call, obligation.after),
        views_of(call, obligation.differences), std::nullopt, std::nullopt, figure.newly_covered, figure.newly_missing,
        is_blank(call, obligation)};
    if (view.is_blank)
        return view;
    if (obligation.before)
        view.before = view_of(figure.before());
    if (obligation.after)
        view.after = view_of(figure.after());
    return view;
}

std::vector<PointsChangeView> views_of(
    std::vector<PointsChange> const& changes, std::unordered_map<std::int64_t, NamedSubject> const& names)
{
    std::vector<PointsChangeView> views;
    for (auto const& change : changes) {
        auto& view
            = views.emplace_back(PointsChangeView{std::nullopt, std::nullopt, in_points(change.before), in_points(change.after)});
        if (auto const known = names.find(change.subject); known != names.end()) {
            view.name = known->second.name;
            view.place = known->second.place;
        }
    }
    return views;
}

PointsView view_of(Call& call, TriedPoints const& points, Day on)
{
    std::vector<std::int64_t> subjects;
    bool const may_name = points.subject_kind == tally::SubjectKind::organisation || call.viewer.may(Permission::read_people);
    for (auto const* list : {&points.top_gains, &points.top_losses})
        for (auto const& change : *list)
            if (may_name)
                subjects.push_back(change.subject);
    auto const names = names_of(call, points.subject_kind, call.viewer.path, on, subjects);
    PointsView view{points.subject_kind, call.say(subject_kind_words(points.subject_kind)), points.gain, points.lose, points.same,
        in_points(points.before), in_points(points.after), {}, views_of(points.top_gains, names),
        views_of(points.top_losses, names)};
    auto const& ends = tally::points_buckets;
    for (std::size_t i = 0; i < points.distribution.size(); ++i)
        view.distribution.push_back({i > 0 ? std::optional(in_points(ends[i - 1])) : std::nullopt,
            i < std::size(ends) ? std::optional(in_points(ends[i])) : std::nullopt, points.distribution[i]});
    return view;
}

TrialView show(Call& call, AskTrialView const& input)
{
    auto const summary = summary_of(call, input.id);
    auto const organisation = organisation_in_reach(call, input.organisation);
    std::unordered_map<std::string, TrialFigure> figures;
    for (auto& figure : figures_of(call, input.id, summary, std::array{organisation.id.value}))
        figures[figure.obligation] = figure;
    TrialView view{input.id, view_of(call, summary.plan), std::nullopt, summary.day, summary.entries, summary.milliseconds,
        brief(organisation), {}, {}, {}, {}};
    if (summary.against)
        view.against = view_of(call, *summary.against);
    for (auto const& obligation : summary.obligations)
        view.obligations.push_back(view_of(call, obligation, figures[obligation.key]));
    for (auto const& rule : summary.point_rules)
        view.point_rules.push_back({rule.key, call.say(rule.title), call.say(rule.goes_to), rule.change, call.say(rule.before),
            call.say(rule.after), views_of(call, rule.differences)});
    for (auto const& points : summary.points)
        view.points.push_back(view_of(call, points, summary.day));
    for (auto const& one : summary.credentials)
        view.credentials.push_back(
            {one.key, call.say(one.title), one.change, one.holders_before, one.holders_after, one.earned, one.lost});
    return view;
}

TriedObligation const& obligation_of(TrialSummary const& summary, std::string const& key)
{
    auto const found
        = std::find_if(summary.obligations.begin(), summary.obligations.end(), [&](auto const& one) { return one.key == key; });
    if (found == summary.obligations.end())
        throw not_found({"指标", "obligation"});
    return *found;
}

// The organisations below with what the trial found of each.
struct Below {
    std::vector<directory::OrganisationRef> children;
    std::vector<TrialFigure> figures;
};

Below below(Call& call, TrialId id, TrialSummary const& summary, std::optional<OrganisationId> organisation)
{
    auto const top = organisation_in_reach(call, organisation);
    Below below{directory::open_children(call.db, call.county, top.id, summary.day), {}};
    std::vector<std::int64_t> ids;
    for (auto const& child : below.children)
        ids.push_back(child.id.value);
    below.figures = figures_of(call, id, summary, ids);
    return below;
}

DifferingUnits differing_units(Call& call, AskTrialView const& input)
{
    auto const found = below(call, input.id, summary_of(call, input.id), input.organisation);
    std::unordered_map<std::int64_t, DifferingUnit> units;
    for (auto const& figure : found.figures) {
        auto& unit = units[figure.unit];
        auto const before = figure.before(), after = figure.after();
        unit.better += before.total && after.total && after.share() > before.share();
        unit.worse += before.total && after.total && after.share() < before.share();
        unit.newly_covered += figure.newly_covered;
        unit.newly_missing += figure.newly_missing;
    }
    DifferingUnits views;
    for (auto const& child : found.children)
        if (auto const unit = units.find(child.id.value); unit != units.end()) {
            unit->second.organisation = brief(child);
            views.items.push_back(unit->second);
        }
    return views;
}

UnitViews units(Call& call, AskUnits const& input)
{
    auto const summary = summary_of(call, input.id);
    obligation_of(summary, input.obligation);
    auto const [children, all] = below(call, input.id, summary, input.organisation);
    std::unordered_map<std::int64_t, TrialFigure> figures;
    for (auto const& figure : all)
        if (figure.obligation == input.obligation)
            figures[figure.unit] = figure;
    UnitViews views;
    for (auto const& child : children)
        if (auto const found = figures.find(child.id.value); found != figures.end())
            views.items.push_back({brief(child), view_of(found->second.before()), view_of(found->second.after()),
                found->second.newly_covered, found->second.newly_missing});
    return views;
}

struct ChangedSubject {
    std::int64_t subject = 0;
    std::int64_t is_covered = 0;
};
BOOST_DESCRIBE_STRUCT(ChangedSubject, (), (subject, is_covered))

TrialSubjectViews subjects(Call& call, AskUnits const& input)
{
    auto const summary = summary_of(call, input.id);
    auto const& obligation = obligation_of(summary, input.obligation);
    if (obligation.subject_kind != tally::SubjectKind::organisation && !call.viewer.may(Permission::read_people))
        throw forbidden();
    if (obligation.is_of_groups)
        directory::require_files(call);
    auto const organisation = organisation_in_reach(call, input.organisation);
    auto const changed = call.db.rows<ChangedSubject>("SELECT subject, is_covered FROM what_if_subjects WHERE county = $1 AND "
                                                      "what_if = $2 AND obligation = $3 ORDER BY is_covered, subject",
        call.county, input.id, input.obligation);
    std::vector<std::int64_t> ids;
    std::size_t covered = 0;
    for (auto const& one : changed) {
        ids.push_back(one.subject);
        covered += static_cast<std::size_t>(one.is_covered);
    }
    auto const names = names_of(
        call, obligation.subject_kind, organisation.path, (obligation.after ? obligation.after : obligation.before)->to, ids);
    TrialSubjectViews views;
    views.is_complete = covered < tally::most_named && changed.size() - covered < tally::most_named;
    for (auto const& one : changed)
        if (auto const named = names.find(one.subject); named != names.end())
            views.items.push_back({std::to_string(one.subject), named->second.name, named->second.place, one.is_covered != 0});
    return views;
}

} // namespace

Routes trial_view_routes()
{
    return {
        route(Verb::get, "/api/what-ifs/{id}/findings", Permission::manage_plan, "what_if_findings",
            "What a changed plan would make of an organisation's figures", show),
        route(Verb::get, "/api/what-ifs/{id}/organisations", Permission::manage_plan, "what_if_organisation_list",
            "In how many obligations the organisations below would differ", differing_units),
        route(Verb::get, "/api/what-ifs/{id}/obligations/{obligation}/organisations", Permission::manage_plan,
            "what_if_obligation_organisation_list", "The figures of the organisations below under one obligation, both ways",
            units),
        route(Verb::get, "/api/what-ifs/{id}/obligations/{obligation}/subjects", Permission::manage_plan, "what_if_subject_list",
            "Who would newly meet or miss an obligation", subjects),
    };
}

} // namespace concentric::supervision
