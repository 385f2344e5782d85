#include "modules/families/merging.hpp"

#include "modules/accounts/own_accounts.hpp"
#include "modules/directory/kinship.hpp"
#include "modules/directory/organisations.hpp"
#include "modules/directory/people.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::families {
namespace {

constexpr std::int64_t most = 100;

CarerCard card_of(Call& call, PersonId person)
{
    auto card = directory::card_of(call, person);
    CarerCard shown{person, std::move(card.name), unless_empty(card.identity_number), unless_empty(card.phone), card.birth_day};
    for (auto const& child : directory::children_of(call, person))
        if (auto const link = directory::carer_between(call, child.id, person); link && call.viewer.reaches(child.path))
            shown.children.push_back({{child.id, child.name}, child.class_name, link->relation, link->is_guardian});
    shown.has_account = accounts::has_account(call, person);
    shown.holds_post = !directory::posts_of(call, person, call.today()).empty();
    return shown;
}

bool shares_child(CarerCard const& one, CarerCard const& other)
{
    return std::ranges::any_of(one.children, [&](CarerOfChildBrief const& mine) {
        return std::ranges::any_of(other.children, [&](CarerOfChildBrief const& yours) { return mine.child.id == yours.child.id; });
    });
}

Merge shown(Call& call, directory::MergeRow const& row)
{
    auto names = directory::names_of(call, {row.kept.value, row.merged.value, row.merged_by.value, row.undone_by.value});
    return {row.id, {row.kept, names[row.kept.value]}, {row.merged, names[row.merged.value]}, names[row.merged_by.value],
        row.merged_at, row.undone_by ? std::optional(names[row.undone_by.value]) : std::nullopt, unless_unset(row.undone_at)};
}

} // namespace

LikeCarersList list_like_carers(Call& call, ListLikeCarers const& input)
{
    auto const path = input.organisation ? directory::path_of(call, *input.organisation).value_or("") : call.viewer.path;
    call.require_reach(path, directory::the_organisation);
    LikeCarersList list;
    for (auto const& pair : directory::like_carers(call, path, most)) {
        LikeCarers like{card_of(call, pair.one), card_of(call, pair.other), pair.likeness};
        like.joins_families = !shares_child(like.one, like.other);
        list.items.push_back(std::move(like));
    }
    return list;
}

Nothing tell_apart(Call& call, TellApart const& input)
{
    for (auto const person : {input.one, input.other})
        directory::reached_person(call, person);
    directory::tell_apart(call, input.one, input.other, input.are_different);
    call.audit_subject = fmt::format("person:{}", input.one.value);
    return {};
}

Merge merge_carers(Call& call, MergeCarers const& input)
{
    for (auto const person : {input.kept, input.merged})
        directory::reached_person(call, person);
    auto const row = directory::merge_carers(call, input.kept, input.merged);
    call.audit_subject = fmt::format("person:{}", input.kept.value);
    call.audit_detail = fmt::format(R"({{"merged":"{}"}})", input.merged.value);
    return shown(call, row);
}

Merges list_merges(Call& call, Nothing const&)
{
    Merges merges;
    for (auto const& row : directory::merges_below(call, call.viewer.path, most))
        merges.items.push_back(shown(call, row));
    return merges;
}

Merge undo_merge(Call& call, OneMerge const& input)
{
    auto const row = directory::merge_with(call, input.id);
    if (!row)
        throw not_found({"合并记录", "merge"});
    directory::reached_person(call, row->kept);
    directory::part_carers(call, *row);
    call.audit_subject = fmt::format("person:{}", row->kept.value);
    return shown(call, *directory::merge_with(call, input.id));
}

Routes merging_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/like-carers", manage_families, "like_carer_list", "Carers who may be one person, side by side",
            list_like_carers)
            .as_personal_file(),
        route(Verb::put, "/api/like-carers/difference", manage_families, "like_carer_part",
            "Says that two carers are two people, or takes that back", tell_apart),
        route(Verb::get, "/api/carer-merges", manage_families, "carer_merge_list", "Carers who were made one", list_merges),
        route(Verb::post, "/api/carer-merges", manage_families, "carer_merge_create", "Makes two records of one carer one",
            merge_carers),
        route(Verb::del, "/api/carer-merges/{id}", manage_families, "carer_merge_undo", "Parts two records again", undo_merge),
    };
}

} // namespace concentric::families
