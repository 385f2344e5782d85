#include "modules/families/recipients.hpp"

#include "modules/directory/kinship.hpp"
#include "modules/directory/merges.hpp"
#include "modules/families/tables.hpp"

#include <map>
#include <set>

namespace concentric::families {
namespace {

using Pair = std::pair<std::int64_t, std::int64_t>; // child and person

std::set<Pair> kept_away(Call& call, std::span<std::int64_t const> children)
{
    std::set<Pair> pairs;
    for (auto const& row : call.db.rows<NoContactRow>("SELECT * FROM no_contacts WHERE county = $1 AND student ANY_OF($2) AND "
                                                      "from_day <= $3 AND to_day >= $3 AND lifted_at = 0",
             call.county, db::IntegerList{children}, call.today()))
        pairs.insert({row.student.value, directory::kept_record(call, row.person).value});
    return pairs;
}

std::vector<DelegationRow> delegations_in_force(Call& call, std::span<std::int64_t const> children)
{
    auto rows = call.db.rows<DelegationRow>(
        "SELECT * FROM delegations WHERE county = $1 AND student ANY_OF($2) AND revoked_at = 0 AND until_day >= $3", call.county,
        db::IntegerList{children}, call.today());
    for (auto& row : rows) {
        row.person = directory::kept_record(call, row.person);
        row.granted_by = directory::kept_record(call, row.granted_by);
    }
    return rows;
}

} // namespace

std::vector<Recipient> recipients_of(Call& call, std::span<std::int64_t const> children)
{
    std::map<Pair, Standing> standings;
    for (auto const& link : directory::carer_links_of(call, children)) {
        auto& standing = standings[{link.student.value, link.carer.value}];
        standing.is_carer = true;
        standing.is_guardian = link.is_guardian;
    }
    for (auto const& pair : kept_away(call, children))
        standings[pair].is_kept_away = true;
    for (auto const& row : delegations_in_force(call, children)) {
        auto const giver = standings.find({row.student.value, row.granted_by.value});
        if (giver != standings.end() && giver->second.is_guardian && !giver->second.is_kept_away) {
            auto& delegated = standings[{row.student.value, row.person.value}].delegated;
            delegated = delegated | rights_in(row.scopes);
        }
    }
    std::vector<Recipient> recipients;
    for (auto const& [pair, standing] : standings)
        if (auto const rights = rights_of(standing); rights.has(Right::see))
            recipients.push_back({{pair.first}, {pair.second}, rights});
    return recipients;
}

std::vector<Recipient> children_of_all(Call& call, std::span<std::int64_t const> people)
{
    auto const records = directory::records_of(call, std::vector<std::int64_t>(people.begin(), people.end()));
    auto children = directory::pupils_cared_for(call, people);
    auto const entrusted = call.db.values<std::int64_t>("SELECT DISTINCT student AS value FROM delegations WHERE county = $1 AND "
                                                        "person ANY_OF($2) AND revoked_at = 0 AND until_day >= $3",
        call.county, db::IntegerList{records}, call.today());
    children.insert(children.end(), entrusted.begin(), entrusted.end());
    auto recipients = recipients_of(call, children);
    std::set<std::int64_t> const asked(people.begin(), people.end());
    std::erase_if(recipients, [&](auto const& recipient) { return !asked.contains(recipient.person.value); });
    return recipients;
}

} // namespace concentric::families
