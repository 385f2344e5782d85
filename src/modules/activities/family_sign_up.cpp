#include "modules/activities/family_sign_up.hpp"

#include "modules/activities/sign_ups.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/happenings.hpp"
#include "modules/families/children.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace concentric::activities {
namespace {

constexpr std::size_t most_people = 12;

struct Member {
    PersonId person, student;
    FamilyRole role;
};

// The adults of the viewer's household of this child; nobody else's family is shown to whoever a child was only entrusted to.
std::vector<PersonId> adults_with(Call& call, PersonId viewer, PersonId child)
{
    for (auto const& household : families::households_of(call, child))
        if (std::ranges::find(household, viewer) != household.end())
            return household;
    return {viewer};
}

// Whom the viewer may sign up for this event.
std::vector<Member> members_for(
    Call& call, PersonId viewer, OwnedActivity const& activity, std::vector<std::int64_t> const& invited, OwnPlaces const& own)
{
    std::vector<Member> adults, children;
    auto const add_adult = [&](PersonId person, PersonId child) {
        if (std::ranges::find(adults, person, &Member::person) == adults.end())
            adults.push_back({person, child, person == viewer ? FamilyRole::self : FamilyRole::adult});
    };
    if (activity.audience != Audience::staff)
        for (auto const& child : own.children) {
            if (!is_below_any(child.path, invited) || !child.rights.has(families::Right::confirm))
                continue;
            children.push_back({child.id, child.id, FamilyRole::child});
            if (activity.audience == Audience::pupils)
                continue;
            add_adult(viewer, child.id);
            for (auto const adult : adults_with(call, viewer, child.id))
                add_adult(adult, child.id);
        }
    if (adults.empty() && staff_is_invited(activity, invited, own))
        add_adult(viewer, {});
    adults.insert(adults.end(), children.begin(), children.end());
    return adults;
}

std::vector<Guest> chosen(std::vector<Member> const& members, std::vector<PersonId> const& people)
{
    if (members.empty())
        refuse_stranger();
    std::vector<Guest> guests;
    Problems problems;
    for (std::size_t i = 0; i < people.size(); ++i) {
        auto const found = std::ranges::find(members, people[i], &Member::person);
        if (found == members.end())
            problems.push_back({fmt::format("/people/{}", i), "not_found",
                {"这个人不在本次活动可报名的家人之中。", "This is nobody of the family who may come to this event."}});
        else
            guests.push_back({found->person, found->student});
    }
    if (!problems.empty())
        throw invalid(std::move(problems));
    return guests;
}

Asking asking_of(Call& call, Viewer const& viewer, SignUpFamily const& input)
{
    auto const choose = [&call, &input, person = viewer.person](auto const& activity, auto const& invited, auto const& own) {
        return chosen(members_for(call, person, activity, invited, own), input.people);
    };
    return {viewer, input.id, choose};
}

std::vector<TakenTime> conflicts_of(Call const& call, OwnedActivity const& activity, PersonId person)
{
    std::vector<TakenTime> taken;
    for (auto& one : directory::taken_times_of(call, person, activity.starts_at, activity.ends_at))
        if (one.id != fmt::format("activity-{}", activity.id.value))
            taken.push_back({std::move(one.title), one.from, one.until});
    return taken;
}

} // namespace

void check(SignUpFamily const& input, Problems& problems)
{
    if (input.people.empty() || input.people.size() > most_people)
        problems.push_back({"/people", "length", {"请选择 1 到 12 位家人。", "Please choose 1 to 12 of the family."}});
    if (std::set<PersonId>(input.people.begin(), input.people.end()).size() != input.people.size())
        problems.push_back({"/people", "twice", {"同一个人只能选一次。", "Somebody is chosen twice."}});
}

FamilyForActivity show_family(Call& call, OneActivity const& input)
{
    auto const activity = visible_activity(call, input.id);
    auto const viewer = call.viewer.person;
    auto own = own_places_of(call, {viewer.value});
    auto const members = members_for(call, viewer, activity, parties_of(call, activity.id, Part::audience), own[viewer]);
    std::vector<std::int64_t> people;
    for (auto const& member : members)
        people.push_back(member.person.value);
    auto const names = directory::names_of(call, people);
    FamilyForActivity family;
    for (auto const& member : members) {
        FamilyMember shown{member.person, names.at(member.person.value), member.role, {}, {}};
        if (auto const row = sign_up_of(call, activity.id, member.person); row && row->state != SignUpState::cancelled)
            shown.state = row->state;
        if (member.role != FamilyRole::adult)
            shown.conflicts = conflicts_of(call, activity, member.person);
        family.items.push_back(std::move(shown));
    }
    return family;
}

SignedUp sign_up_family(Call& call, SignUpFamily const& input) { return take_places(call, asking_of(call, call.viewer, input)); }

void sign_up_families(Call& call, std::span<BatchItem> items)
{
    take_places_together<SignUpFamily>(
        call, items, [&call](Viewer const& viewer, SignUpFamily const& input) { return asking_of(call, viewer, input); });
}

} // namespace concentric::activities
