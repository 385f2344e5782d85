#include "modules/safety/cards.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::safety {
namespace {

CardView card_of(Call& call, OrganisationId id, std::string const& name, std::string const& path)
{
    CardView view;
    view.school = {id, name};
    view.may_manage = manages(call, path);
    auto const row = call.db.row<CardRow>("SELECT * FROM emergency_cards WHERE county = $1 AND school = $2", call.county, id);
    if (!row)
        return view;
    static_cast<CardContent&>(view) = reflect::from_json<CardContent>(row->content);
    if (view.partner)
        if (auto const partner = directory::organisation(call.db, call.county, *view.partner))
            view.partner_name = partner->name;
    view.changed_at = row->changed_at;
    view.is_expired = view.agreed_until && *view.agreed_until < call.today();
    view.version = row->version;
    return view;
}

void require_partner(Call& call, std::optional<OrganisationId> partner)
{
    auto const found = partner ? directory::organisation(call.db, call.county, *partner) : std::nullopt;
    if (partner && (!found || found->kind != "resource"))
        throw invalid("/partner", "not_found", {"找不到这个资源单位。", "There is no such resource."});
}

} // namespace

void check(SaveCard const& input, Problems& problems)
{
    if (input.numbers.size() > 12)
        problems.push_back({"/numbers", "length", {"最多 12 个电话。", "At most 12 numbers."}});
    if (input.aeds.size() > 20)
        problems.push_back({"/aeds", "length", {"最多 20 处。", "At most 20 places."}});
    for (std::size_t i = 0; i < input.numbers.size(); ++i)
        if (input.numbers[i].phone.find_first_not_of("0123456789-+ ") != std::string::npos)
            problems.push_back(
                {fmt::format("/numbers/{}/phone", i), "phone", {"电话只能有数字和横线。", "Digits and dashes only."}});
}

Cards own_cards(Call& call, Nothing const&)
{
    Cards cards;
    auto const add = [&](auto const& school) {
        if (std::ranges::find(cards.items, school.id, [](auto const& card) { return card.school.id; }) == cards.items.end())
            cards.items.push_back(card_of(call, school.id, school.name, school.path));
    };
    if (auto const own = own_schools(call); own.size() == 1)
        add(own.front());
    for (auto const& school : schools_of_children(call))
        add(school);
    return cards;
}

CardView show_card(Call& call, OneSchool const& input)
{
    auto const children = schools_of_children(call);
    auto const of_child = std::ranges::find(children, input.school, &directory::OrganisationRef::id);
    auto const school = of_child == children.end() ? staffed_school(call, input.school) : *of_child;
    auto card = card_of(call, school.id, school.name, school.path);
    call.version = card.version;
    return card;
}

CardView save_card(Call& call, SaveCard const& input)
{
    auto const school = managed_school(call, input.school);
    call.db.hold({school.id.value});
    auto const before = card_of(call, school.id, school.name, school.path);
    call.require_version(before.version);
    require_partner(call, input.partner);
    call.audit_subject = fmt::format("organisation:{}", school.id.value);
    Json const content(to_json(static_cast<CardContent const&>(input)));
    call.db.execute(
        "INSERT INTO emergency_cards (county, school, content, changed_by, changed_at, version) VALUES ($1, $2, $3, $4, "
        "$5, $6) ON CONFLICT (county, school) DO UPDATE SET content = $3, changed_by = $4, changed_at = $5, version = $6",
        call.county, school.id, content, call.viewer.person, call.now, before.version + 1);
    return show_card(call, {school.id});
}

} // namespace concentric::safety
