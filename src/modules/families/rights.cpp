#include "modules/families/rights.hpp"

#include "modules/directory/kinship.hpp"
#include "modules/directory/merges.hpp"
#include "modules/directory/people.hpp"
#include "modules/directory/words.hpp"
#include "modules/families/tables.hpp"

#include <fmt/format.h>

namespace concentric::families {

static constexpr Right all_rights[]{Right::see, Right::confirm, Right::sign, Right::pick_up};

std::vector<Right> Rights::list() const
{
    std::vector<Right> rights;
    for (auto const right : all_rights)
        if (has(right))
            rights.push_back(right);
    return rights;
}

std::string text_of(Rights rights)
{
    std::string text;
    for (auto const right : rights.list())
        directory::add_to_list(text, name_of(right));
    return text;
}

Rights rights_in(std::string_view text)
{
    Rights rights;
    for (auto const& word : directory::split_list(text))
        if (auto const right = reflect::value_named<Right>(word))
            rights = rights | Rights{*right};
    return rights;
}

Rights rights_of(Standing const& standing)
{
    if (standing.is_kept_away)
        return {};
    if (standing.is_carer && standing.is_guardian)
        return {Right::see, Right::confirm, Right::sign, Right::pick_up};
    auto const own = standing.is_carer ? Rights{Right::see, Right::confirm} : Rights{};
    return own | standing.delegated.without(Right::sign);
}

static bool is_kept_away(Call& call, std::vector<std::int64_t> const& records, PersonId child)
{
    return call.db
        .value<std::int64_t>("SELECT id AS value FROM no_contacts WHERE county = $1 AND student = $2 AND person ANY_OF($3) "
                             "AND from_day <= $4 AND to_day >= $4 AND lifted_at = 0 LIMIT 1",
            call.county, child, db::IntegerList{records}, call.today())
        .has_value();
}

// Whoever gave it must be able to give it today, or it is worth nothing.
static bool may_entrust(Call& call, PersonId giver, PersonId child)
{
    auto const kept = directory::kept_record(call, giver);
    auto const link = directory::carer_between(call, child, kept);
    return link && link->is_guardian && !is_kept_away(call, directory::records_of(call, kept), child);
}

static Rights delegated_to(Call& call, std::vector<std::int64_t> const& records, PersonId child)
{
    Rights rights;
    for (auto const& row : call.db.rows<DelegationRow>("SELECT * FROM delegations WHERE county = $1 AND student = $2 AND person "
                                                       "ANY_OF($3) AND revoked_at = 0 AND until_day >= $4",
             call.county, child, db::IntegerList{records}, call.today()))
        if (may_entrust(call, row.granted_by, child))
            rights = rights | rights_in(row.scopes);
    return rights;
}

Standing standing_of(Call& call, PersonId person, PersonId child)
{
    auto const kept = directory::kept_record(call, person);
    auto const records = directory::records_of(call, kept);
    auto const link = directory::carer_between(call, child, kept);
    return {link.has_value(), link && link->is_guardian, is_kept_away(call, records, child), delegated_to(call, records, child)};
}

Rights rights_for(Call& call, PersonId person, PersonId child) { return rights_of(standing_of(call, person, child)); }

std::string may_sign_condition(std::string_view person, std::string_view student, std::string_view day)
{
    return fmt::format("EXISTS ({} AND {} AND NOT EXISTS (SELECT 1 FROM no_contacts x WHERE x.county = $1 AND x.student = {} "
                       "AND x.from_day <= {} AND x.to_day >= {} AND x.lifted_at = 0 AND {}))",
        directory::guardian_links(student), directory::is_link_of(person), student, day, day, directory::is_link_of("x.person"));
}

bool may(Call& call, PersonId child, Right right) { return rights_for(call, call.viewer.person, child).has(right); }

void require_right(Call& call, PersonId child, Right right)
{
    auto const rights = rights_for(call, call.viewer.person, child);
    if (rights.none())
        throw not_found(directory::the_student);
    if (!rights.has(right))
        throw forbidden();
}

} // namespace concentric::families
