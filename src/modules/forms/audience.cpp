#include "modules/forms/audience.hpp"

#include "modules/directory/directory.hpp"
#include "modules/directory/kinship.hpp"
#include "modules/directory/members.hpp"
#include "modules/directory/natural_order.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

namespace concentric::forms {
namespace {

struct MemberRow {
    std::int64_t subject = 0;
    std::string name;
    OrganisationId unit;
    std::string unit_name, path;
};
BOOST_DESCRIBE_STRUCT(MemberRow, (), (subject, name, unit, unit_name, path))

std::vector<MemberRow> members_in(Call& call, directory::SubjectKind kind, std::string const& path)
{
    auto const sql = "SELECT m.subject, m.name, m.unit, m.unit_name, m.path FROM (" + std::string(directory::members_query(kind))
        + ") m WHERE m.path >= $2 AND m.path < $3 AND m.from_day <= $4 AND m.to_day >= $4 ORDER BY m.path, m.subject";
    return call.db.rows<MemberRow>(sql, call.county, path, directory::path_end(path), call.today());
}

std::unordered_map<std::int64_t, std::int64_t> families_of(Call& call, std::vector<std::int64_t> const& students)
{
    std::unordered_map<std::int64_t, std::int64_t> families;
    families.reserve(students.size());
    for (auto const& kin : directory::families_of_students(call.db, call.county, students))
        families[kin.person] = kin.family;
    return families;
}

void add_households(Call& call, std::vector<MemberRow> const& members, std::vector<Asked>& asked)
{
    std::vector<std::int64_t> students;
    for (auto const& member : members)
        students.push_back(member.subject);
    auto const families = families_of(call, students);
    auto const households = directory::households_of(call, students);
    static std::vector<directory::HouseholdOfPupil> const first(1);
    for (auto const& member : members) {
        auto const found
            = std::ranges::equal_range(households, PersonId{member.subject}, {}, &directory::HouseholdOfPupil::student);
        auto const family = families.find(member.subject);
        auto const subject = subject_of(member.subject, family == families.end() ? 0 : family->second);
        for (auto const& one : found.empty() ? std::ranges::subrange(first) : found)
            asked.push_back({{subject, one.household}, {member.subject}, member.name, member.unit, member.unit_name, member.path});
    }
}

} // namespace

std::int64_t subject_of(std::int64_t student, std::int64_t family) { return family == 0 ? student : family; }

families::Right needed_right(FormPurpose purpose)
{
    return purpose == FormPurpose::commitment ? families::Right::sign : families::Right::confirm;
}

std::vector<std::int64_t> places_of(Call& call, FormId form)
{
    return call.db.values<std::int64_t>(
        "SELECT organisation AS value FROM form_places WHERE county = $1 AND form = $2 ORDER BY organisation", call.county, form);
}

std::vector<PathRange> asked_ranges(Call& call, FormId form, std::string_view path)
{
    std::vector<PathRange> ranges;
    for (auto const& [id, place] : directory::organisations(call.db, call.county, places_of(call, form))) {
        if (place.path.starts_with(path))
            ranges.push_back({place.path});
        else if (path.starts_with(place.path))
            return {{std::string(path)}};
    }
    std::ranges::sort(ranges, {}, &PathRange::path);
    std::vector<PathRange> widest; // nobody is asked twice where one place lies within another
    for (auto& range : ranges)
        if (widest.empty() || !range.path.starts_with(widest.back().path))
            widest.push_back(std::move(range));
    return widest;
}

std::vector<Asked> asked_in(Call& call, FormRow const& form, std::vector<PathRange> const& ranges)
{
    auto const kind = form.audience == FormAudience::staff ? directory::SubjectKind::staff : directory::SubjectKind::student;
    std::vector<Asked> asked;
    std::set<std::int64_t> staff;
    for (auto const& range : ranges) {
        auto const members = members_in(call, kind, range.path);
        if (form.audience == FormAudience::families) {
            add_households(call, members, asked);
            continue;
        }
        for (auto const& member : members)
            if (form.audience == FormAudience::children || staff.insert(member.subject).second)
                asked.push_back({{member.subject, 0}, {member.subject}, member.name, member.unit, member.unit_name, member.path});
    }
    return asked;
}

void sort_as_counted(Call& call, std::vector<Asked>& asked)
{
    std::set<std::int64_t> places;
    for (auto const& one : asked)
        for (auto const id : directory::ids_in(one.path))
            places.insert(id);
    auto const names = directory::names_of(call, {places.begin(), places.end()});
    std::map<std::string, std::string> keys; // by path
    for (auto const& one : asked)
        if (auto const [key, is_new] = keys.try_emplace(one.path); is_new)
            for (auto const id : directory::ids_in(one.path))
                key->second += (names.contains(id) ? directory::natural_key(names.at(id)) : std::string()) + '/';
    std::ranges::sort(asked, [&](auto const& one, auto const& other) {
        return std::tie(keys.at(one.path), one.name, one.person, one.turn)
            < std::tie(keys.at(other.path), other.name, other.person, other.turn);
    });
}

std::span<Asked const> asked_after(std::vector<Asked> const& asked, std::optional<PersonId> after)
{
    auto const all = std::span(asked);
    if (!after)
        return all;
    auto const last = std::find_if(all.rbegin(), all.rend(), [&](auto const& one) { return one.person == *after; });
    return all.last(static_cast<std::size_t>(last == all.rend() ? 0 : last - all.rbegin()));
}

std::vector<Asked> turns_of_pupil(Call& call, FormRow const& form, PersonId student)
{
    auto const class_ = directory::class_of(call.db, call.county, student);
    auto const name = directory::person_name(call, student);
    if (!class_ || !name || !call.viewer.reaches(class_->path) || form.audience == FormAudience::staff
        || asked_ranges(call, form.id, class_->path).empty())
        throw not_found({"学生", "pupil"});
    if (form.audience == FormAudience::children)
        return {{{student.value, 0}, student, *name, class_->id, class_->name, class_->path}};
    std::vector<Asked> asked;
    add_households(call, {{student.value, *name, class_->id, class_->name, class_->path}}, asked);
    return asked;
}

std::vector<std::int64_t> people_of_turn(Call& call, FormRow const& form, PersonId child, std::int64_t household)
{
    std::vector<std::int64_t> people;
    std::int64_t const ids[] = {child.value};
    for (auto const& carer : directory::carers_of(call, ids))
        if ((household == 0 || carer.household == household)
            && families::rights_for(call, carer.person, child).has(needed_right(form.purpose)))
            people.push_back(carer.person.value);
    return people;
}

std::vector<std::int64_t> people_to_write_to(Call& call, FormRow const& form, std::span<Asked const> asked)
{
    std::vector<std::int64_t> people;
    for (auto const& one : asked) {
        if (form.audience == FormAudience::staff)
            people.push_back(one.person.value);
        else
            for (auto const carer : people_of_turn(call, form, one.person, one.turn.household))
                people.push_back(carer);
    }
    return people;
}

} // namespace concentric::forms
