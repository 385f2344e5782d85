#include "modules/families/own_data.hpp"

#include "lib/mask.hpp"
#include "modules/directory/kinship.hpp"
#include "modules/directory/merges.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::families {
namespace {

std::vector<directory::Child> own_children(Call& call)
{
    auto children = directory::children_of(call, call.viewer.person);
    std::erase_if(children, [&](directory::Child const& child) { return !may(call, child.id, Right::confirm); });
    return children;
}

OwnChildData shown(Call& call, directory::Child const& child)
{
    OwnChildData data;
    data.id = child.id;
    data.name = child.name;
    data.class_name = unless_empty(child.class_name);
    data.school_name = unless_empty(child.school_name);
    if (auto const link = directory::carer_between(call, child.id, call.viewer.person)) {
        data.relation = link->relation;
        data.position = link->position;
        data.is_guardian = link->is_guardian;
        data.address = unless_empty(address_of(call, child.id, link->household));
    }
    data.waiting = own_changes(call, child.id, ChangeRequestState::waiting);
    data.decided = own_changes(call, child.id, ChangeRequestState::decided);
    return data;
}

std::vector<std::int64_t> answered_children(Call& call, CampaignId campaign)
{
    auto const records = directory::records_of(call, call.viewer.person);
    return call.db.values<std::int64_t>(
        "SELECT student AS value FROM check_answers WHERE county = $1 AND campaign = $2 AND carer ANY_OF($3)", call.county,
        campaign, db::IntegerList{records});
}

std::vector<OwnCheck> checks_for(Call& call, std::vector<directory::Child> const& children)
{
    std::vector<OwnCheck> checks;
    for (auto const& child : children)
        for (auto const& campaign : running_campaigns(call, child.path)) {
            auto found = std::ranges::find(checks, campaign.id, &OwnCheck::id);
            if (found == checks.end())
                found = checks.insert(
                    checks.end(), {campaign.id, campaign.title, campaign.deadline, unless_unset(campaign.reminded_at), {}});
            auto const answered = answered_children(call, campaign.id);
            if (std::ranges::find(answered, child.id.value) == answered.end())
                found->open.push_back({child.id, child.name});
        }
    return checks;
}

} // namespace

OwnData show_own_data(Call& call, Nothing const&)
{
    auto const children = own_children(call);
    OwnData data;
    data.person = {call.viewer.person, call.viewer.name};
    if (auto const phone = directory::person_phone(call, call.viewer.person); phone && !phone->empty())
        data.phone = lib::mask_phone(*phone);
    for (auto const& child : children)
        data.children.push_back(shown(call, child));
    data.checks = checks_for(call, children);
    call.audit_subject = fmt::format("person:{}", call.viewer.person.value);
    return data;
}

OwnData confirm_own_data(Call& call, Nothing const&)
{
    for (auto const& child : own_children(call))
        answer_campaigns(call, child.id, CheckAnswer::right);
    return show_own_data(call, {});
}

Routes own_data_routes()
{
    using enum Permission;
    return {
        route(
            Verb::get, "/api/own-data", signed_in, "own_data_show", "What is held about oneself and one's children", show_own_data)
            .as_personal_file(),
        route(Verb::put, "/api/own-data/confirmation", signed_in, "own_data_confirm", "Says that all of it is right",
            confirm_own_data),
    };
}

} // namespace concentric::families
