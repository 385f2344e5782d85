#include "modules/recognition/points.hpp"

#include "modules/directory/merges.hpp"
#include "modules/plan/catalogue.hpp"
#include "modules/tally/account.hpp"

#include <fmt/format.h>

namespace concentric::recognition {
namespace {

constexpr std::size_t most_lines = 500;

struct OnePerson {
    PersonId id;
};
BOOST_DESCRIBE_STRUCT(OnePerson, (), (id))

AppealTerms& kept_terms()
{
    static AppealTerms terms;
    return terms;
}

double in_points(std::int64_t hundredths) { return static_cast<double>(hundredths) / 100; }

PointsTotalView total_view(Call const& call, tally::PointsTotal const& total)
{
    auto const& rule = *total.rule->rule;
    PointsTotalView view{total.rule->number, call.say(rule.title), call.say(total.period_title), total.period,
        in_points(total.worth), in_points(total.counted), {}};
    if (rule.cap_per)
        view.cap = in_points(rule.cap);
    return view;
}

std::string kind_name(Call const& call, std::string const& name)
{
    auto const* const kind = plan::find_kind(name);
    return kind ? call.say({kind->zh, kind->en}) : name;
}

PointsLineView line_view(Call const& call, tally::PointsLine const& line)
{
    auto const& version = *line.rule->version;
    PointsLineView view{line.rule->number, line.entry.id, line.entry.happened_at, kind_name(call, line.entry.kind),
        call.say(line.rule->rule->title), call.say(version.plan.title), line.rule->rule->source, version.version,
        line.entry.minutes, line.entry.count, in_points(line.worth), in_points(line.counted), in_points(line.worth - line.counted)};
    view.is_reversal = line.entry.reverses != 0;
    view.appeal_until = plus_days(day_at(line.entry.recorded_at), appeal_terms().days);
    view.may_appeal = view.appeal_until >= call.today();
    return view;
}

void add(Call& call, SubjectKind kind, PersonId person, PointsView& view)
{
    auto const account = tally::points_account(call, kind, person);
    for (auto const& total : account.totals) {
        view.totals.push_back(total_view(call, total));
        view.total += in_points(total.counted);
    }
    for (auto const& line : account.lines)
        if (view.lines.size() < most_lines)
            view.lines.push_back(line_view(call, line));
}

PointsView show_own_points(Call& call, Nothing const&) { return points_of(call, directory::kept_record(call, call.viewer.person)); }

PointsView show_persons(Call& call, OnePerson const& input)
{
    std::int64_t const ids[]{input.id.value};
    bool is_reached = false;
    for (auto const kind : {SubjectKind::carer, SubjectKind::staff, SubjectKind::student})
        for (auto const& membership : directory::memberships(call.db, call.county, kind, ids))
            is_reached = is_reached || call.viewer.reaches(membership.path);
    if (!is_reached)
        throw not_found({"人员", "person"});
    call.audit_subject = fmt::format("person:{}", input.id.value);
    return points_of(call, input.id);
}

} // namespace

void configure_appeals(AppealTerms terms) { kept_terms() = terms; }
AppealTerms const& appeal_terms() { return kept_terms(); }

PointsView points_of(Call& call, PersonId person)
{
    PointsView view;
    view.appeal_days = appeal_terms().days;
    for (auto const kind : {SubjectKind::carer, SubjectKind::staff, SubjectKind::student})
        add(call, kind, person, view);
    return view;
}

Routes points_routes()
{
    return {
        route(Verb::get, "/api/own-points", Permission::signed_in, "own_points_show", "One's own points, line by line",
            show_own_points),
        route(Verb::get, "/api/people/{id}/points", Permission::read_people, "person_points_show",
            "A person's points, line by line", show_persons)
            .as_personal_file(),
    };
}

} // namespace concentric::recognition
