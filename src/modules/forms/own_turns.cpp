#include "modules/forms/own_turns.hpp"

#include "lib/each_once.hpp"
#include "modules/directory/counted_pupils.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/members.hpp"
#include "modules/families/children.hpp"

#include <algorithm>
#include <tuple>

namespace concentric::forms {
namespace {

bool is_below_any(std::string_view path, std::vector<std::int64_t> const& places)
{
    return std::ranges::any_of(
        directory::ids_in(path), [&](auto const id) { return std::ranges::find(places, id) != places.end(); });
}

template <class Map> auto value_at(Map const& map, typename Map::key_type const& key)
{
    auto const found = map.find(key);
    return found == map.end() ? typename Map::mapped_type{} : found->second;
}

} // namespace

Answerers::Answerers(Call& call, std::vector<std::int64_t> people)
{
    people = lib::each_once(std::move(people));
    find_children(call, families::children_of_all(call, people));
    for (auto& post : directory::posts_of(call, people, call.today()))
        posts_[post.person].push_back(std::move(post));
}

void Answerers::find_children(Call& call, std::vector<families::Recipient> const& own)
{
    std::vector<std::int64_t> children;
    for (auto const& recipient : own)
        children.push_back(recipient.child.value);
    children = lib::each_once(std::move(children));
    classes_ = directory::classes_of(call.db, call.county, children);
    names_ = directory::names_of(call, children);
    recipients_ = families::recipients_of(call, children);
    for (auto const& kin : directory::families_of_students(call.db, call.county, children))
        families_.emplace(kin.person, kin.family);
    for (auto const& home : directory::carer_homes_of(call, children))
        homes_.emplace(std::pair(home.student, home.carer), home.household);
    for (auto const& [child, person, rights] : own) {
        if (!classes_.contains(child))
            continue;
        auto const home = homes_.find({child, person});
        bool const is_entrusted = home == homes_.end();
        children_[person].push_back(
            {child, rights, is_entrusted ? families::household_for(call, person, child) : home->second, is_entrusted});
    }
    sort_children(call, children);
}

void Answerers::sort_children(Call& call, std::vector<std::int64_t> const& children)
{
    auto const birth_days = directory::birth_days_of(call.db, call.county, children);
    auto const place = [&](Own const& own) { return std::tuple(own.is_entrusted, value_at(birth_days, own.child), own.child); };
    for (auto& [person, theirs] : children_)
        std::ranges::sort(theirs, {}, place);
}

OwnTurn Answerers::turn_for(FormRow const& form, Own const& own) const
{
    auto const& unit = classes_.at(own.child);
    OwnTurn turn{{own.child.value, 0}, own.child, directory::name_in(names_, own.child.value), unit.id, unit.name, unit.path,
        own.rights.has(families::Right::sign)};
    if (form.audience == FormAudience::families)
        turn.turn = {subject_of(own.child.value, value_at(families_, own.child.value)), own.household};
    return turn;
}

std::vector<OwnTurn> Answerers::turns(
    FormRow const& form, std::vector<std::int64_t> const& places, PersonId person, Language language) const
{
    if (form.audience == FormAudience::staff) {
        for (auto const& post : value_at(posts_, person))
            if (is_below_any(post.path, places))
                return {{{person.value, 0}, {}, {}, post.organisation, post.organisation_name, post.path, false}};
        return {};
    }
    std::vector<OwnTurn> turns;
    for (auto const& own : value_at(children_, person)) {
        if (!is_below_any(classes_.at(own.child).path, places) || !own.rights.has(families::Right::confirm))
            continue;
        auto turn = turn_for(form, own);
        auto const same = std::ranges::find(turns, turn.turn, &OwnTurn::turn);
        if (same == turns.end())
            turns.push_back(std::move(turn));
        else
            same->name += (language == Language::zh ? "、" : ", ") + turn.name;
    }
    return turns;
}

std::vector<std::int64_t> Answerers::people_of(FormRow const& form, OwnTurn const& own, PersonId person) const
{
    if (!own.student)
        return {person.value};
    std::vector<std::int64_t> people;
    for (auto const& recipient : std::ranges::equal_range(recipients_, own.student, {}, &families::Recipient::child)) {
        auto const home = homes_.find({own.student, recipient.person});
        bool const is_asked = home != homes_.end() && (own.turn.household == 0 || home->second == own.turn.household);
        if (is_asked && recipient.rights.has(needed_right(form.purpose)))
            people.push_back(recipient.person.value);
    }
    return people;
}

std::vector<OwnTurn> own_turns(Call& call, FormRow const& form, std::vector<std::int64_t> const& places)
{
    return Answerers(call, {call.viewer.person.value}).turns(form, places, call.viewer.person, call.language);
}

} // namespace concentric::forms
