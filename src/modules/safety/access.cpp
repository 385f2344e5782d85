#include "modules/safety/access.hpp"

#include "core/news.hpp"
#include "modules/activities/holding.hpp"
#include "modules/directory/kinship.hpp"
#include "modules/directory/members.hpp"
#include "modules/directory/merges.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::safety {
namespace {

bool is_school(directory::OrganisationRef const& unit) { return unit.kind == "school" || unit.kind == "kindergarten"; }

std::optional<OwnedDrill> drill_with(Call& call, DrillId id)
{
    static std::string const sql = drill_columns() + " WHERE d.county = $1 AND d.id = $2";
    call.audit_subject = fmt::format("drill:{}", id.value);
    return call.db.row<OwnedDrill>(sql, call.county, id);
}

} // namespace

bool manages(Call const& call, std::string_view school_path)
{
    return call.viewer.may(Permission::append_entries) && call.viewer.may(Permission::read_people)
        && call.viewer.reaches(school_path);
}

bool is_of_staff(Call const& call, std::string_view school_path)
{
    return !call.viewer.path.empty() && (call.viewer.path.starts_with(school_path) || manages(call, school_path));
}

directory::OrganisationRef managed_school(Call& call, OrganisationId id)
{
    auto found = directory::organisation(call.db, call.county, id);
    if (!found || !is_school(*found) || !manages(call, found->path))
        throw not_found(the_school);
    return std::move(*found);
}

directory::OrganisationRef chosen_school(Call& call, std::optional<OrganisationId> id, std::string const& path)
{
    auto found = directory::organisation(call.db, call.county, id.value_or(call.viewer.organisation));
    if (!found || !is_school(*found) || !manages(call, found->path))
        throw invalid(path, "not_found", {"请选择您管理的学校或幼儿园。", "Choose a school within your reach."});
    return std::move(*found);
}

directory::OrganisationRef staffed_school(Call& call, OrganisationId id)
{
    auto found = directory::organisation(call.db, call.county, id);
    if (!found || !is_school(*found) || !is_of_staff(call, found->path))
        throw not_found(the_school);
    return std::move(*found);
}

std::vector<directory::SchoolUnit> own_schools(Call& call)
{
    if (call.viewer.path.empty())
        return {};
    auto const above = directory::schools_above(call, {call.viewer.path}).front();
    if (above.id)
        return {{above.id, above.path, above.kind, above.name, above.stages}};
    if (!manages(call, call.viewer.path))
        return {};
    return directory::schools_below(call, call.viewer.path);
}

std::vector<directory::OrganisationRef> schools_of_children(Call& call)
{
    std::vector<std::string> paths;
    for (auto const& child : directory::children_shown_to(call, call.viewer.person))
        if (!child.path.empty())
            paths.push_back(child.path);
    auto schools = directory::schools_above(call, paths);
    std::ranges::sort(schools, {}, &directory::OrganisationRef::id);
    auto const twice = std::ranges::unique(schools, {}, &directory::OrganisationRef::id);
    schools.erase(twice.begin(), twice.end());
    std::erase_if(schools, [](auto const& school) { return !school.id; });
    return schools;
}

std::vector<std::int64_t> staff_of(Call& call, std::string const& school_path)
{
    static std::string const sql = fmt::format("SELECT DISTINCT m.subject AS value FROM ({}) m WHERE m.path >= $2 AND m.path < $3 "
                                               "AND m.from_day <= $4 AND m.to_day >= $4 ORDER BY value",
        directory::members_query(directory::SubjectKind::staff));
    return call.db.values<std::int64_t>(
        sql, call.county, school_path, school_path.substr(0, school_path.size() - 1) + "0", call.today());
}

void require_staff(Call& call, std::string const& school_path, PersonId person, std::string const& field)
{
    if (!std::ranges::binary_search(staff_of(call, school_path), person.value))
        throw invalid(field, "not_found", {"请选择本校在任的教职工。", "Choose somebody of the school's staff."});
}

std::string const& drill_columns()
{
    static std::string const sql = "SELECT d.*, o.name AS school_name, o.path AS school_path, "
        + directory::person_name_in("d.county", "d.coordinator") + " AS coordinator_name FROM drills d "
        + directory::joined_organisation("o", "d.county", "d.school");
    return sql;
}

OwnedDrill seen_drill(Call& call, DrillId id)
{
    auto found = drill_with(call, id);
    if (!found || !(is_of_staff(call, found->school_path) || found->coordinator == call.viewer.person))
        throw not_found(the_drill);
    call.version = found->version;
    return std::move(*found);
}

OwnedDrill held_drill(Call& call, DrillId id)
{
    call.db.hold({id.value});
    auto found = drill_with(call, id);
    if (!found || !manages(call, found->school_path))
        throw not_found(the_drill);
    call.require_version(found->version);
    return std::move(*found);
}

bool may_run(Call const& call, OwnedDrill const& drill)
{
    return drill.coordinator == call.viewer.person || manages(call, drill.school_path);
}

OwnedDrill run_drill(Call& call, DrillId id)
{
    call.db.hold({id.value});
    auto found = seen_drill(call, id);
    if (!may_run(call, found))
        throw not_found(the_drill);
    call.require_version(found.version);
    return found;
}

// Only while the drill runs or the alarm lasts: what families wrote down is nobody's business before or after it.
bool leads_now(Call& call, OrganisationId class_)
{
    static std::string const sql
        = "SELECT TRUE AS value FROM drills d JOIN drill_classes c ON c.county = d.county AND c.drill = d.id WHERE d.county = $1 "
          "AND "
          "(d.coordinator = $2 OR c.leader = $2) AND c.class = $3 AND d.state = 'running' UNION ALL SELECT TRUE FROM alarms a JOIN "
          "alarm_classes x ON x.county = a.county AND x.alarm = a.id WHERE a.county = $1 AND (a.raised_by = $2 OR x.leader = $2) "
          "AND "
          "x.class = $3 AND a.ended_at = 0 LIMIT 1";
    return call.db.value<bool>(sql, call.county, call.viewer.person, class_).has_value();
}

bool is_in_charge_today(Call& call, PersonId student, std::string const& class_path)
{
    if (call.viewer.role == "class_teacher" && call.viewer.may(Permission::read_people) && call.viewer.reaches(class_path))
        return true;
    auto const unit = directory::class_of(call.db, call.county, student);
    return (unit && leads_now(call, unit->id)) || activities::leads_on(call, call.viewer.person, student, class_path, call.today());
}

directory::OrganisationRef class_of_reached(Call& call, PersonId student)
{
    auto found = directory::class_of(call.db, call.county, student);
    if (!found || !call.viewer.may(Permission::read_people) || !call.viewer.reaches(found->path))
        throw not_found(the_pupil);
    return std::move(*found);
}

void tell_staff(Call& call, std::string const& school_path)
{
    call.events.publish(call, News{"safety", staff_of(call, school_path)});
}

} // namespace concentric::safety
