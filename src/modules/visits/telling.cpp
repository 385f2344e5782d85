#include "modules/visits/telling.hpp"

#include "modules/families/recipients.hpp"
#include "modules/inbox/inbox.hpp"

#include <fmt/format.h>

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

} // namespace concentric::visits
