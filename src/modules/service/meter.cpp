#include "modules/service/meter.hpp"

#include "lib/workbook.hpp"
#include "modules/directory/file_access.hpp"
#include "modules/directory/kinship.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace concentric::service {
namespace {

using supervision::Scope;
using supervision::Standing;
using supervision::SubjectFigure;

constexpr std::int64_t largest_class = 500, largest_school = 20'000;

MeterLine line_of(Target const& target, SubjectFigure const& figure)
{
    return {{{figure.subject}, figure.name}, figure.amounts.at(target.part), figure.needed.at(target.part), figure.state};
}

Scope scope_in(std::shared_ptr<tally::Rules const> rules, Target const& target, plan::Period const& period,
    directory::OrganisationRef const& organisation)
{
    return {std::move(rules), target.rule, period, organisation};
}

directory::OrganisationRef reached_class(Call& call, OrganisationId id)
{
    auto const found = supervision::organisation_in_reach(call, id);
    if (found.kind != "class")
        throw invalid("/class", "kind", {"请选择一个班级。", "Please choose a class."});
    call.audit_subject = fmt::format("organisation:{}", id.value);
    return found;
}

void sort(std::vector<MeterLine>& lines, MeterOrder order)
{
    if (order == MeterOrder::least)
        std::ranges::stable_sort(lines, {}, &MeterLine::minutes);
    if (order == MeterOrder::most)
        std::ranges::stable_sort(lines, std::ranges::greater{}, &MeterLine::minutes);
}

std::string state_words(Call& call, Standing state)
{
    switch (state) {
    case Standing::missing: return call.say({"不足", "short"});
    case Standing::covered: return call.say({"已达成", "done"});
    case Standing::excused: break;
    }
    return call.say({"免计", "excused"});
}

double hours(std::int64_t minutes) { return static_cast<double>(minutes) / 60; }

std::vector<OwnTarget> targets_for(Call& call, std::shared_ptr<tally::Rules const> const& rules, PersonId student)
{
    std::vector<OwnTarget> own;
    auto const unit = directory::class_of(call.db, call.county, student);
    if (!unit)
        return own;
    for (auto const& target : targets_of(*rules)) {
        auto const* const period = supervision::period_for(*target.rule, call.today());
        if (!period)
            continue;
        if (auto const figure = supervision::subject_figure(call, scope_in(rules, target, *period, *unit), student.value)) {
            auto const line = line_of(target, *figure);
            own.push_back({view_of(call, target, *period), line.minutes, line.needed, line.state});
        }
    }
    return own;
}

bool is_counted(tally::Rules const& rules, std::vector<OwnTarget> const& own, ServedFact const& fact)
{
    return std::ranges::any_of(own, [&](auto const& one) {
        return one.target.period <= fact.on && fact.on <= one.target.until
            && counts(*target_called(rules, one.target.number), fact.kind);
    });
}

// Of a year, and of all that the targets' periods hold; the newest first.
std::vector<OwnFact> served_for(Call& call, tally::Rules const& rules, OwnChild const& child)
{
    auto from = plus_days(call.today(), -365);
    for (auto const& one : child.targets)
        from = std::min(from, one.target.period);
    std::vector<OwnFact> served;
    for (auto const& fact : facts_of(call, child.student.id, from, call.today()))
        served.push_back({fact, is_counted(rules, child.targets, fact)});
    std::ranges::reverse(served);
    return served;
}

} // namespace

ClassMeter show_meter(Call& call, AskMeter const& input)
{
    auto const unit = reached_class(call, input.class_);
    ClassMeter meter{supervision::brief(unit), std::nullopt, {}};
    auto const rules = tally::Rules::in_force(call);
    auto const target = target_called(*rules, input.number);
    if (!target)
        return meter;
    auto const scope = supervision::scope_of(call, target->rule->number, unit.id, input.period);
    if (!scope.rule->requirement->where.groups.empty())
        directory::require_files(call); // who is on the list would tell what is in the files
    meter.target = view_of(call, *target, scope.period);
    for (auto const& figure : supervision::subject_figures(call, scope, input.state, largest_class))
        meter.items.push_back(line_of(*target, figure));
    sort(meter.items, input.order.value_or(MeterOrder::roster));
    return meter;
}

Download meter_sheet(Call& call, AskMeter const& input)
{
    directory::require_files(call);
    auto const meter = show_meter(call, input);
    auto const title = call.say({"社区服务时长", "Hours of service"});
    lib::WorkbookWriter book;
    std::vector<std::string> const headings{call.say({"学生", "Pupil"}), call.say({"班级", "Class"}),
        call.say({"已有小时", "Hours"}), call.say({"需要小时", "Hours needed"}), call.say({"还差小时", "Hours missing"}),
        call.say({"状态", "State"}), call.say({"周期", "Period"})};
    book.add_sheet(title, headings);
    for (auto const& line : meter.items)
        book.add_row({line.student.name, meter.class_.name, hours(line.minutes), hours(line.needed),
            hours(std::max<std::int64_t>(0, line.needed - line.minutes)), state_words(call, line.state),
            meter.target->period_title});
    return {book.finish(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        fmt::format("{}-{}.xlsx", meter.class_.name, title)};
}

OwnService show_own(Call& call, Nothing const&)
{
    OwnService own;
    auto const rules = tally::Rules::in_force(call);
    for (auto const& child : directory::children_shown_to(call, call.viewer.person)) {
        OwnChild one{{child.id, child.name}, child.class_name, targets_for(call, rules, child.id), {}};
        one.served = served_for(call, *rules, one);
        own.items.push_back(std::move(one));
    }
    return own;
}

std::vector<Short> short_in(Call& call, directory::OrganisationRef const& organisation)
{
    std::map<PersonId, std::int64_t> missing;
    auto const rules = tally::Rules::in_force(call);
    for (auto const& target : targets_of(*rules)) {
        auto const* const period = supervision::period_for(*target.rule, call.today());
        if (!period || call.today() < period->from || period->to < call.today())
            continue;
        for (auto const& figure :
            supervision::subject_figures(call, scope_in(rules, target, *period, organisation), Standing::missing, largest_school)) {
            auto const line = line_of(target, figure);
            if (line.needed > line.minutes)
                missing[line.student.id] = std::max(missing[line.student.id], line.needed - line.minutes);
        }
    }
    std::vector<Short> all;
    for (auto const& [student, minutes] : missing)
        all.push_back({student, minutes});
    return all;
}

} // namespace concentric::service
