#include "modules/families/children.hpp"

#include "lib/mask.hpp"
#include "modules/accounts/own_accounts.hpp"
#include "modules/directory/file_access.hpp"
#include "modules/directory/kinship.hpp"
#include "modules/directory/merges.hpp"
#include "modules/directory/people.hpp"
#include "modules/families/tables.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::families {
namespace {

// The children that somebody was entrusted with, whether it still counts or not.
std::vector<std::int64_t> entrusted_to(Call& call, PersonId person)
{
    auto const records = directory::records_of(call, person);
    return call.db.values<std::int64_t>("SELECT DISTINCT student AS value FROM delegations WHERE county = $1 AND person ANY_OF($2) "
                                        "AND revoked_at = 0 AND until_day >= $3",
        call.county, db::IntegerList{records}, call.today());
}

std::optional<Day> last_day_of_delegation(Call& call, PersonId child)
{
    auto const records = directory::records_of(call, call.viewer.person);
    return call.db.value<Day>(
        "SELECT MAX(until_day) AS value FROM delegations WHERE county = $1 AND student = $2 AND person ANY_OF($3) "
        "AND revoked_at = 0",
        call.county, child, db::IntegerList{records});
}

ChildRights rights_shown(Call& call, directory::Child const& child)
{
    ChildRights shown;
    shown.id = child.id;
    shown.name = child.name;
    shown.class_name = unless_empty(child.class_name);
    shown.school_name = unless_empty(child.school_name);
    shown.rights = rights_for(call, call.viewer.person, child.id).list();
    if (auto const link = directory::carer_between(call, child.id, call.viewer.person)) {
        shown.relation = link->relation;
        shown.is_guardian = link->is_guardian;
    } else {
        shown.until = last_day_of_delegation(call, child.id);
    }
    return shown;
}

std::vector<directory::Child> all_children(Call& call)
{
    auto children = directory::children_of(call, call.viewer.person);
    auto const entrusted = entrusted_to(call, call.viewer.person);
    for (auto& child : directory::children_with(call, entrusted))
        if (std::ranges::find(children, child.id, &directory::Child::id) == children.end())
            children.push_back(std::move(child));
    return children;
}

CarerOfChild carer_shown(Call& call, directory::CarerOfPupil const& carer, bool with_phone)
{
    return {{carer.person, carer.name}, carer.relation, carer.is_guardian, carer.household, carer.position,
        with_phone ? unless_empty(lib::mask_phone(carer.phone)) : std::nullopt, carer.person == call.viewer.person,
        accounts::has_account(call, carer.person)};
}

// A guardian of one household does not see the telephone numbers of the other.
std::vector<CarerOfChild> carers_shown(Call& call, PersonId child)
{
    std::int64_t const ids[] = {child.value};
    auto const carers = directory::carers_of(call, ids);
    auto const own = std::ranges::find(carers, call.viewer.person, &directory::CarerOfPupil::person);
    std::vector<CarerOfChild> shown;
    for (auto const& carer : carers) {
        bool const is_near = own != carers.end() && own->is_guardian && own->household == carer.household;
        if (!rights_for(call, carer.person, child).none())
            shown.push_back(carer_shown(call, carer, is_near));
    }
    return shown;
}

FamilyOfChild family_shown(Call& call, PersonId child)
{
    FamilyOfChild family;
    family.child = {child, directory::person_name(call, child).value_or("")};
    std::int64_t const ids[] = {child.value};
    for (auto const& carer : directory::carers_of(call, ids)) {
        FamilyMember member;
        static_cast<CarerOfChild&>(member) = carer_shown(call, carer, true);
        member.rights = rights_for(call, carer.person, child).list();
        family.carers.push_back(std::move(member));
    }
    family.delegations = delegations_of(call, child);
    family.no_contacts = no_contacts_of(call, child);
    family.may_set_no_contact = call.viewer.may(Permission::manage_families) && is_of_the_school(call, child);
    family.address = unless_empty(address_of(call, child, 1));
    family.second_address = unless_empty(address_of(call, child, 2));
    call.audit_subject = fmt::format("person:{}", child.value);
    return family;
}

} // namespace

Children list_children(Call& call, Nothing const&)
{
    Children list;
    for (auto const& child : all_children(call))
        if (auto shown = rights_shown(call, child); !shown.rights.empty())
            list.items.push_back(std::move(shown));
    return list;
}

ChildFile show_child(Call& call, OneChild const& input)
{
    auto const rights = rights_for(call, call.viewer.person, input.id);
    std::int64_t const ids[] = {input.id.value};
    auto const children = directory::children_with(call, ids);
    if (rights.none() || children.empty())
        throw not_found(directory::the_student);
    call.audit_subject = fmt::format("person:{}", input.id.value);
    ChildFile file;
    static_cast<ChildRights&>(file) = rights_shown(call, children.front());
    if (!rights.has(Right::see))
        return file;
    auto const facts = directory::pupil_facts(call, input.id);
    file.sex = facts.sex;
    file.birth_day = facts.birth_day;
    file.student_number = unless_empty(lib::mask_identity_number(facts.student_number));
    file.class_teachers = directory::holders_at(call, facts.class_, "class_teacher");
    auto const link = directory::carer_between(call, input.id, call.viewer.person);
    if (link)
        file.address = unless_empty(address_of(call, input.id, link->household));
    file.carers = carers_shown(call, input.id);
    if (rights.has(Right::sign))
        file.delegations = delegations_of(call, input.id);
    return file;
}

FamilyOfChild show_family(Call& call, OneChild const& input)
{
    directory::reached_student(call, input.id);
    call.events.publish(call, directory::FileOpened{input.id});
    return family_shown(call, input.id);
}

FamilyOfChild set_household(Call& call, SetHousehold const& input)
{
    directory::reached_student(call, input.id);
    if (!directory::carer_between(call, input.id, input.carer))
        throw not_found({"照护人", "carer"});
    directory::set_household(call, input.id, input.carer, input.household);
    return family_shown(call, input.id);
}

std::vector<std::vector<PersonId>> households_of(Call& call, PersonId child)
{
    std::vector<std::vector<PersonId>> households;
    std::int64_t const ids[] = {child.value};
    std::int64_t last = 0;
    for (auto const& carer : directory::carers_of(call, ids)) {
        if (rights_for(call, carer.person, child).none())
            continue;
        if (std::exchange(last, carer.household) != carer.household)
            households.emplace_back();
        households.back().push_back(carer.person);
    }
    return households;
}

std::int64_t household_for(Call& call, PersonId person, PersonId child)
{
    auto const kept = directory::kept_record(call, person);
    if (auto const own = directory::carer_between(call, child, kept))
        return own->household;
    for (auto const& row : call.db.rows<DelegationRow>("SELECT * FROM delegations WHERE county = $1 AND student = $2 AND person "
                                                       "ANY_OF($3) AND revoked_at = 0 AND until_day >= $4 ORDER BY id",
             call.county, child, db::IntegerList{directory::records_of(call, kept)}, call.today()))
        if (auto const giver = directory::carer_between(call, child, directory::kept_record(call, row.granted_by)))
            return giver->household;
    return 1;
}

void children_asked(Call& call, directory::ChildrenAsked const& asked)
{
    std::erase_if(
        *asked.children, [&](directory::Child const& child) { return !rights_for(call, asked.carer, child.id).has(Right::see); });
    auto const entrusted = entrusted_to(call, asked.carer);
    for (auto& child : directory::children_with(call, entrusted))
        if (std::ranges::find(*asked.children, child.id, &directory::Child::id) == asked.children->end()
            && rights_for(call, asked.carer, child.id).has(Right::see))
            asked.children->push_back(std::move(child));
}

Routes children_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/children", signed_in, "child_list", "The children of whoever asks, and what they may do for each",
            list_children),
        route(Verb::get, "/api/children/{id}", signed_in, "child_show", "A child's file as its own family sees it", show_child)
            .as_personal_file(),
        route(Verb::get, "/api/students/{id}/family", read_people, "family_show", "Who may do what for a pupil, and who gave it",
            show_family)
            .as_personal_file(),
        route(Verb::put, "/api/students/{id}/carers/{carer}/household", manage_people, "carer_household",
            "Puts a carer into a pupil's first or second household", set_household),
    };
}

} // namespace concentric::families
