#include "modules/visits/telling.hpp"

#include "modules/families/recipients.hpp"
#include "modules/inbox/inbox.hpp"

#include <fmt/format.h>

namespace concentric::visits {
namespace {

std::string moment(OwnedVisit const& visit)
{
    return visit.starts_at.milliseconds ? text_of(visit.starts_at).substr(0, 16).replace(10, 1, " ") : "";
}

void tell(Call& call, std::vector<std::int64_t> people, OwnedVisit const& visit, Words const& what, char const* link)
{
    std::erase(people, call.viewer.person.value);
    if (!people.empty())
        inbox::tell(call, people,
            {inbox::LetterKind::family,
                {fmt::format("{}：{}", visit.student_name, what.zh), fmt::format("{}: {}", visit.student_name, what.en)},
                {moment(visit), moment(visit)}, link});
}

} // namespace

void tell_family(Call& call, OwnedVisit const& visit, Words const& what)
{
    std::vector<std::int64_t> people;
    for (auto const& one : families::recipients_of(call, std::vector<std::int64_t>{visit.student.value}))
        if (one.rights.has(families::Right::confirm))
            people.push_back(one.person.value);
    tell(call, std::move(people), visit, what, "/my-visits");
}

void tell_team(Call& call, OwnedVisit const& visit, Words const& what)
{
    tell(call,
        call.db.values<std::int64_t>(
            "SELECT person AS value FROM visit_team_members WHERE county = $1 AND team = $2 ORDER BY person", call.county,
            visit.team),
        visit, what, "/visit-duties");
}

} // namespace concentric::visits
