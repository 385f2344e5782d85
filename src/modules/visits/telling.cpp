#include "modules/visits/telling.hpp"

#include "modules/directory/posts.hpp"
#include "modules/directory/roles.hpp"
#include "modules/families/recipients.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace concentric::visits {
namespace {

std::string moment(OwnedVisit const& visit)
{
    return visit.starts_at.milliseconds ? text_of(visit.starts_at).substr(0, 16).replace(10, 1, " ") : "";
}

inbox::Letter letter_of(OwnedVisit const& visit, Words const& what, char const* link)
{
    return {inbox::LetterKind::family,
        {fmt::format("{}：{}", visit.student_name, what.zh), fmt::format("{}: {}", visit.student_name, what.en)},
        {moment(visit), moment(visit)}, link};
}

// Whoever leads the school, and who began the campaign; not those who are out themselves.
std::vector<std::int64_t> leaders_of(Call& call, CampaignRow const& campaign, TeamId team)
{
    auto const members = call.db.values<std::int64_t>(
        "SELECT person AS value FROM visit_team_members WHERE county = $1 AND team = $2 ORDER BY is_leader DESC, person",
        call.county, team);
    std::vector<std::int64_t> leaders{campaign.created_by.value};
    if (!members.empty())
        for (auto const& post : directory::posts_over(call, PersonId{members.front()}, call.today()))
            if (post.organisation == campaign.school
                && directory::permissions_in(post.permissions.value_or("")).has(Permission::append_entries))
                leaders.push_back(post.person.value);
    std::erase_if(leaders, [&](auto person) { return std::ranges::find(members, person) != members.end(); });
    return leaders;
}

} // namespace

void tell_family(Call& call, OwnedVisit const& visit, Words const& what) { tell_families(call, {&visit, 1}, what); }

void tell_families(Call& call, std::span<OwnedVisit const> visits, Words const& what)
{
    std::vector<std::int64_t> children;
    for (auto const& visit : visits)
        children.push_back(visit.student.value);
    std::map<std::int64_t, std::vector<std::int64_t>> people;
    for (auto const& one : families::recipients_of(call, children))
        if (one.rights.has(families::Right::confirm) && one.person != call.viewer.person)
            people[one.child.value].push_back(one.person.value);
    std::vector<inbox::AddressedLetter> letters;
    for (auto const& visit : visits)
        if (auto const found = people.find(visit.student.value); found != people.end())
            letters.push_back({letter_of(visit, what, "/my-visits"), found->second});
    inbox::tell_each(call, letters);
}

void tell_team(Call& call, OwnedVisit const& visit, Words const& what)
{
    auto people = call.db.values<std::int64_t>(
        "SELECT person AS value FROM visit_team_members WHERE county = $1 AND team = $2 ORDER BY person", call.county, visit.team);
    std::erase(people, call.viewer.person.value);
    inbox::tell(call, people, letter_of(visit, what, "/visit-duties"));
}

void tell_leaders(Call& call, CampaignRow const& campaign, TeamId team, inbox::Letter const& letter)
{
    inbox::tell(call, leaders_of(call, campaign, team), letter);
}

} // namespace concentric::visits
