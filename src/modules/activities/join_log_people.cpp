#include "modules/activities/join_log_people.hpp"

#include "modules/activities/attendance.hpp"
#include "modules/directory/kinship.hpp"

#include <algorithm>
#include <limits>

namespace concentric::activities {

constexpr auto all_of_them = std::numeric_limits<std::int64_t>::max();

// How a mother of 王小明 is called in meetings of parents.
static std::string_view called_by_children(directory::Relation relation)
{
    using directory::Relation;
    return relation == Relation::mother ? "妈妈" : relation == Relation::father ? "爸爸" : "";
}

MeetingPeople::MeetingPeople(Call& call, OwnedActivity const& activity) : call_(call)
{
    for (auto const& person : invited_people(call, activity, nullptr, {}, all_of_them))
        add(person.name, person.person);
    auto const expected = expected_people(call, activity.id);
    for (auto const& [id, name] : directory::names_of(call, expected))
        add(name, {id});
    if (activity.audience != Audience::staff)
        add_families(activity);
}

void MeetingPeople::add(std::string const& name, PersonId person)
{
    auto& people = called_[name];
    if (std::ranges::find(people, person) == people.end())
        people.push_back(person);
    names_.emplace(person, name);
}

void MeetingPeople::add_families(OwnedActivity const& activity)
{
    auto of_pupils = activity;
    of_pupils.audience = Audience::pupils;
    std::vector<std::int64_t> students;
    std::map<PersonId, std::string> pupils;
    for (auto const& pupil : invited_people(call_, of_pupils, nullptr, {}, all_of_them)) {
        students.push_back(pupil.person.value);
        pupils[pupil.person] = pupil.name;
    }
    for (auto const& carer : directory::carers_of(call_, students)) {
        auto const who = activity.audience == Audience::pupils ? carer.student : carer.person;
        names_.emplace(who, carer.name);
        if (auto const called = called_by_children(carer.relation); !called.empty())
            called_[pupils[carer.student] + std::string(called)].push_back(who);
        auto& family = called_[pupils[carer.student] + "家长"];
        if (family.empty())
            family.push_back(who);
        if (!carer.phone.empty())
            phones_.emplace(carer.phone, who);
    }
}

MeetingPeople::Match MeetingPeople::find(std::string_view name, std::string_view phone) const
{
    auto const matched = [&](PersonId person) { return Match{Outcome::found, person, names_.at(person)}; };
    auto const by_phone = phones_.find(phone);
    auto const by_name = called_.find(name);
    if (by_name == called_.end())
        return !phone.empty() && by_phone != phones_.end() ? matched(by_phone->second) : Match{};
    if (by_name->second.size() == 1)
        return matched(by_name->second.front());
    for (auto const person : by_name->second)
        if (!phone.empty() && directory::person_phone(call_, person) == phone)
            return matched(person);
    return {Outcome::ambiguous, {}, std::string(name)};
}

} // namespace concentric::activities
