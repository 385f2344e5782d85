#include "modules/directory/oneroster_exporter.hpp"
#include "modules/directory/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <unordered_set>

// The people of a package: users with their roles, enrolments and demographics.
namespace concentric::directory::oneroster {

// ---- People. ----
void Exporter::write_role(std::string id, PersonId person, std::string_view role, OrganisationId organisation, Day from, Day to)
{
    bool const is_first = users_of_.try_emplace(person.value, organisation.value).second;
    roles_.set("sourcedId", std::move(id));
    roles_.set("userSourcedId", std::to_string(person.value));
    roles_.set("roleType", is_first ? "primary" : "secondary");
    roles_.set("role", std::string(role));
    roles_.set("beginDate", from == earliest_day || from == Day{} ? "" : text_of(from));
    roles_.set("endDate", to == latest_day ? "" : text_of(to));
    roles_.set("orgSourcedId", std::to_string(organisation.value));
}

// A class teacher is enrolled in the class; all others have a role where they work, grade leaders at their school.
void Exporter::write_posts()
{
    for (auto const& post : posts_) {
        auto const& unit = units_.at(post.organisation.value);
        auto const* const school = school_of(unit);
        bool const is_in_class = unit.kind == "class" && school;
        auto const& place = unit.kind == "class" || unit.kind == "grade" ? (school ? *school : unit) : unit;
        if (is_in_class)
            write_enrollment(post.id.value, post.person, unit, *school, "teacher", post.role == "class_teacher" ? "true" : "false",
                post.from_day);
        write_role("post-" + std::to_string(post.id.value), post.person, is_in_class ? "teacher" : role_for(post.role), place.id,
            post.from_day, post.to_day);
        roles_.set(own::role, is_in_class ? "teacher" : post.role);
        roles_.set(own::grade, unit.kind == "grade" ? unit.name : "");
        roles_.set(own::title, is_in_class ? "" : post.title);
        roles_.end_row();
    }
}

void Exporter::write_enrollment(std::int64_t id, PersonId person, OrganisationRow const& unit, OrganisationRow const& school,
    std::string_view role, std::string_view primary, Day from)
{
    enrollments_.set("sourcedId", fmt::format("{}-{}", role, id));
    enrollments_.set("classSourcedId", std::to_string(unit.id.value));
    enrollments_.set("schoolSourcedId", std::to_string(school.id.value));
    enrollments_.set("userSourcedId", std::to_string(person.value));
    enrollments_.set("role", std::string(role));
    enrollments_.set("primary", std::string(primary));
    enrollments_.set("beginDate", text_of(from));
    enrollments_.end_row();
}

void Exporter::write_pupils()
{
    for (auto const& pupil : pupils_) {
        auto const& unit = units_.at(pupil.class_.value);
        auto const* const school = school_of(unit);
        if (!school)
            continue;
        school_of_pupil_[pupil.person.value] = school->id;
        pupil_of_[pupil.person.value] = &pupil;
        write_enrollment(pupil.person.value, pupil.person, unit, *school, "student", "", pupil.from_day);
        write_role(
            "student-" + std::to_string(pupil.person.value), pupil.person, "student", school->id, pupil.from_day, latest_day);
        roles_.end_row();
    }
}

// A carer's role is at each school where they have a child.
void Exporter::write_carers()
{
    std::unordered_set<std::string> written;
    for (auto const& link : links_) {
        auto const school = school_of_pupil_.find(link.student.value);
        if (school == school_of_pupil_.end())
            continue;
        agents_[link.student.value].push_back(&link);
        agents_[link.carer.value].push_back(&link);
        auto id = fmt::format("carer-{}-{}", link.carer.value, school->second.value);
        if (!written.insert(id).second)
            continue;
        write_role(std::move(id), link.carer, role_for(link.relation, link.is_guardian), school->second, Day{}, latest_day);
        roles_.end_row();
    }
}

void Exporter::write_users()
{
    std::vector<std::int64_t> ids;
    for (auto const& [id, organisation] : users_of_)
        ids.push_back(id);
    std::ranges::sort(ids);
    constexpr std::size_t portion = 5000;
    for (std::size_t from = 0; from < ids.size(); from += portion)
        for (auto const& person :
            call_.db.rows<PersonRow>("SELECT p.id, p.name, p.sex, p.birth_day, p.identity_kind, p.identity_number, p.phone, "
                                     "COALESCE(d.staff_number, '') AS staff_number "
                                     "FROM people p LEFT JOIN person_details d ON d.county = p.county AND d.person = p.id "
                                     "WHERE p.county = $1 AND p.id ANY_OF($2) ORDER BY p.id",
                call_.county, db::IntegerList{std::span(ids).subspan(from, std::min(portion, ids.size() - from))}))
            write_user(person);
}

void Exporter::write_user(PersonRow const& person)
{
    auto const name = parted(person.name);
    users_.set("sourcedId", std::to_string(person.id.value));
    users_.set("enabledUser", "true");
    users_.set("username", "u" + std::to_string(person.id.value)); // names to log in with stay here
    users_.set("givenName", name.given);
    users_.set("familyName", name.family);
    users_.set(own::name, name.is_whole ? "" : person.name);
    users_.set("primaryOrgSourcedId", std::to_string(users_of_.at(person.id.value)));
    if (with_numbers_)
        write_numbers(person);
    write_agents(person.id);
    users_.end_row();
    demographics_.set("sourcedId", std::to_string(person.id.value));
    demographics_.set("birthDate", person.birth_day ? text_of(*person.birth_day) : "");
    demographics_.set("sex", person.sex == Sex::unknown ? "unspecified" : std::string(name_of(person.sex)));
    demographics_.end_row();
}

void Exporter::write_numbers(PersonRow const& person)
{
    std::string ids;
    auto const add = [&](std::string_view type, std::string_view number) {
        if (!number.empty())
            ids += fmt::format("{}{{{}:{}}}", ids.empty() ? "" : ",", type, number);
    };
    auto const pupil = pupil_of_.find(person.id.value);
    if (pupil != pupil_of_.end()) {
        add("studentNumber", pupil->second->student_number);
        add("schoolNumber", pupil->second->school_number);
    }
    if (!person.identity_number.empty()) {
        add("identityNumber", person.identity_number);
        add("identityKind", person.identity_kind);
    }
    add("staffNumber", person.staff_number);
    users_.set("userIds", std::move(ids));
    users_.set("sms", person.phone);
}

void Exporter::write_agents(PersonId person)
{
    auto const found = agents_.find(person.value);
    if (found == agents_.end())
        return;
    std::array<std::string, 3> lists; // ids, relations, guardians
    for (auto const* const link : found->second) {
        bool const is_pupil = link->student == person;
        auto const add = [&](std::string& list, std::string_view part) { list.append(list.empty() ? "" : ",").append(part); };
        add(lists[0], std::to_string(is_pupil ? link->carer.value : link->student.value));
        add(lists[1], is_pupil ? name_of(link->relation) : "");
        add(lists[2], is_pupil ? (link->is_guardian ? "true" : "false") : "");
    }
    bool const is_pupil = found->second.front()->student == person;
    users_.set("agentSourcedIds", lists[0]);
    users_.set(own::relations, is_pupil ? lists[1] : "");
    users_.set(own::guardians, is_pupil ? lists[2] : "");
}

} // namespace concentric::directory::oneroster
