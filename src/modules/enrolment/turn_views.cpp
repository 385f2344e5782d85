#include "modules/enrolment/turn_views.hpp"

#include "modules/directory/lookup.hpp"
#include "modules/directory/roles.hpp"
#include "modules/directory/words.hpp"

#include <algorithm>
#include <chrono>
#include <map>

namespace concentric::enrolment {
namespace {

constexpr std::size_t most_faults = 500;

using Places = std::unordered_map<OrganisationId, directory::OrganisationRef>;

std::optional<directory::OrganisationBrief> brief(Places const& places, OrganisationId id)
{
    auto const found = places.find(id);
    return found == places.end() ? std::nullopt
                                 : std::optional(directory::OrganisationBrief{id, found->second.kind, found->second.name});
}

// Names only the pupils and classes that are shown.
std::vector<FaultView> fault_views(Call& call, std::vector<PlanFault> faults)
{
    std::stable_sort(faults.begin(), faults.end(), [](auto const& a, auto const& b) { return a.is_warning < b.is_warning; });
    if (faults.size() > most_faults)
        faults.resize(most_faults);
    std::vector<std::int64_t> units, people;
    for (auto const& fault : faults) {
        units.insert(units.end(), {fault.school.value, fault.class_.value});
        people.push_back(fault.student.value);
    }
    auto const places = directory::organisations(call.db, call.county, units);
    auto const names = directory::names_of(call, people);
    std::vector<FaultView> views;
    for (auto const& fault : faults) {
        auto& view = views.emplace_back();
        view.school = brief(places, fault.school).value_or(directory::OrganisationBrief{});
        view.class_ = brief(places, fault.class_);
        if (auto const name = names.find(fault.student.value); fault.student && name != names.end())
            view.student = directory::PersonBrief{fault.student, name->second};
        view.code = fault.code;
        view.message = call.say(fault.words);
        view.is_warning = fault.is_warning;
    }
    return views;
}

SchoolView stored_view(Call& call, TurnSchoolRow const& row, Places const& places)
{
    SchoolView view;
    view.school = brief(places, row.school).value_or(directory::OrganisationBrief{row.school, "", ""});
    view.state = row.state;
    if (row.state != SchoolState::waiting && row.counts != "{}")
        view.counts = reflect::from_json<TurnCounts>(row.counts);
    if (!row.fault_zh.empty())
        view.fault = call.say({row.fault_zh, row.fault_en});
    return view;
}

Places places_of(Call& call, std::vector<TurnSchoolRow> const& rows)
{
    std::vector<std::int64_t> ids;
    for (auto const& row : rows)
        ids.push_back(row.school.value);
    return directory::organisations(call.db, call.county, ids);
}

// Whether there are schools that the turn would still move.
bool has_plans(TurnRow const& row, std::vector<TurnSchoolRow> const& schools)
{
    return row.state == TurnState::draft || row.state == TurnState::scheduled || can_go_on(row, schools);
}

ClassView view_of(PlannedClass const& plan, Places const& places)
{
    ClassView view{plan.id, plan.name, plan.stage, plan.entry_year, plan.level, plan.pupils, plan.action, {}, plan.next_name};
    if (plan.destination)
        view.destination = brief(places, plan.destination);
    return view;
}

std::vector<PostView> post_views(Call& call, SchoolPlan const& plan)
{
    std::map<OrganisationId, std::string> names;
    for (auto const& opened : plan.opened)
        names[opened.unit.id] = opened.unit.name;
    std::vector<std::int64_t> units;
    for (auto const& post : plan.posts)
        units.push_back(post.post.organisation.value);
    auto const places = directory::organisations(call.db, call.county, units);
    std::vector<PostView> views;
    for (auto const& post : plan.posts) {
        auto const role = directory::role_named(call.db, call.county, post.post.role);
        auto& view = views.emplace_back();
        view.id = post.post.id;
        view.person = {post.post.person, post.post.name};
        view.role = post.post.role;
        view.role_name = role ? call.say(role->name) : post.post.role;
        view.organisation = brief(places, post.post.organisation).value_or(directory::OrganisationBrief{});
        view.action = post.action;
        view.number = post.number;
        if (auto const name = names.find(post.to); name != names.end())
            view.to = name->second;
    }
    return views;
}

std::vector<SizeView> sizes_of(SchoolPlan const& plan, std::int64_t school_year)
{
    std::map<std::pair<std::string, std::int64_t>, std::int64_t> sizes;
    for (auto const& stage : directory::split_list(plan.school.stages))
        sizes[{stage, school_year}] = 0;
    for (auto const& opened : plan.opened)
        if (opened.unit.kind == "class" && !opened.is_successor)
            ++sizes[{opened.unit.stage, opened.unit.entry_year}];
    std::vector<SizeView> views;
    for (auto const& [key, classes] : sizes)
        views.push_back({key.first, key.second, classes, key.second == school_year});
    return views;
}

void fill(Call& call, TurnSchool& view, SchoolPlan const& plan, std::int64_t school_year)
{
    view.counts = plan.counts;
    std::vector<std::int64_t> destinations;
    for (auto const& planned : plan.classes)
        destinations.push_back(planned.destination.value);
    auto const places = directory::organisations(call.db, call.county, destinations);
    for (auto const& planned : plan.classes)
        view.classes.push_back(view_of(planned, places));
    for (auto const& opened : plan.opened)
        if (opened.unit.kind == "class")
            view.opened.push_back({opened.unit.name, opened.unit.stage, opened.unit.entry_year, opened.unit.number, opened.pupils,
                opened.girls, opened.boys});
    view.sizes = sizes_of(plan, school_year);
    view.posts = post_views(call, plan);
    view.faults = fault_views(call, plan.faults);
}

} // namespace

TurnPreview preview(Call& call, OneTurn const& input)
{
    auto const start = std::chrono::steady_clock::now();
    auto const row = reached_turn(call, input.id);
    auto const rows = schools_of(call, row.id);
    auto const places = places_of(call, rows);
    std::map<OrganisationId, SchoolPlan> plans;
    if (has_plans(row, rows))
        for (auto& plan : plan_of(call, row))
            plans.emplace(plan.school.id, std::move(plan));
    TurnPreview answer;
    std::vector<PlanFault> faults;
    for (auto const& school : rows) {
        auto const place = places.find(school.school);
        if (place == places.end() || !call.viewer.reaches(place->second.path))
            continue;
        auto view = stored_view(call, school, places);
        if (auto const plan = plans.find(school.school); plan != plans.end() && school.state != SchoolState::applied) {
            view.counts = plan->second.counts;
            faults.insert(faults.end(), plan->second.faults.begin(), plan->second.faults.end());
        }
        answer.totals += view.counts;
        answer.schools.push_back(std::move(view));
    }
    answer.faults = fault_views(call, std::move(faults));
    answer.unplaced = directory::count_unplaced(
        call, call.viewer.reaches(path_of_turn(call, row)) ? path_of_turn(call, row) : call.viewer.path);
    answer.milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start).count();
    call.version = row.version;
    return answer;
}

TurnSchool show_school(Call& call, OneTurnSchool const& input)
{
    auto const row = reached_turn(call, input.id);
    auto const rows = schools_of(call, row.id);
    auto const places = places_of(call, rows);
    auto const found = std::find_if(rows.begin(), rows.end(), [&](auto const& school) { return school.school == input.school; });
    if (found == rows.end() || !places.contains(input.school) || !call.viewer.reaches(places.at(input.school).path))
        throw not_found({"学校", "school"});
    TurnSchool view;
    static_cast<SchoolView&>(view) = stored_view(call, *found, places);
    if (has_plans(row, rows) && found->state != SchoolState::applied)
        for (auto const& plan : plan_of(call, row))
            if (plan.school.id == input.school)
                fill(call, view, plan, row.school_year);
    call.version = row.version;
    return view;
}

Routes turn_view_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/turns/{id}/preview", manage_enrolment, "turn_preview",
            "What a turn would do, with every fault and its place", preview),
        route(Verb::get, "/api/turns/{id}/schools/{school}", manage_enrolment, "turn_school",
            "One school's classes, new classes and posts in a turn", show_school),
    };
}

} // namespace concentric::enrolment
