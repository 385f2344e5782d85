#include "modules/activities/approval.hpp"

#include "modules/directory/directory.hpp"
#include "modules/directory/lookup.hpp"

#include <algorithm>

namespace concentric::activities {
namespace {

struct NearestRule : ApprovalRuleRow {
    std::string name, kind;
};
BOOST_DESCRIBE_STRUCT(NearestRule, (ApprovalRuleRow), (name, kind))

// The longest path that has a rule is nearest.
std::optional<NearestRule> rule_for(Call& call, std::string_view path)
{
    static std::string const sql = "SELECT r.*, o.name, o.kind FROM activity_approval_rules r "
        + directory::joined_organisation("o", "r.county", "r.organisation")
        + " WHERE r.county = $1 AND r.organisation ANY_OF($2) ORDER BY length(o.path) DESC LIMIT 1";
    return call.db.row<NearestRule>(sql, call.county, db::IntegerList{directory::ids_in(path)});
}

directory::OrganisationRef reached(Call& call, std::optional<OrganisationId> id)
{
    auto found = directory::organisation(call.db, call.county, id.value_or(call.viewer.organisation));
    if (!found || !call.viewer.reaches(found->path))
        throw not_found({"机构", "organisation"});
    return std::move(*found);
}

} // namespace

void check(SetApprovalRule const& input, Problems& problems)
{
    if (std::ranges::any_of(input.kinds, [](auto const& kind) { return !find_kind(kind); }))
        problems.push_back({"/kinds", "unknown", {"没有这种活动。", "There is no such kind of event."}});
}

ApprovalRule show_approval_rule(Call& call, AskApprovalRule const& input)
{
    auto const organisation = reached(call, input.organisation);
    ApprovalRule rule;
    rule.organisation = organisation.id;
    rule.may_set = rule.may_approve = may_approve(call, organisation.path);
    if (auto const found = rule_for(call, organisation.path)) {
        rule.kinds = directory::split_list(found->kinds);
        rule.travelling = found->travelling;
        rule.set_by = {found->organisation, directory::OrganisationKind(found->kind), found->name};
        rule.version = found->organisation == organisation.id ? found->version : 0;
    }
    call.version = rule.version;
    return rule;
}

ApprovalRule set_approval_rule(Call& call, SetApprovalRule const& input)
{
    auto const organisation = reached(call, input.organisation);
    if (!may_approve(call, organisation.path))
        throw forbidden();
    std::string kinds;
    for (auto const& kind : input.kinds)
        directory::add_to_list(kinds, kind);
    call.db.execute(
        "INSERT INTO activity_approval_rules (county, organisation, kinds, travelling, version) VALUES ($1, $2, $3, $4, 1) "
        "ON CONFLICT (county, organisation) DO UPDATE SET kinds = EXCLUDED.kinds, travelling = EXCLUDED.travelling, "
        "version = activity_approval_rules.version + 1",
        call.county, organisation.id, kinds, input.travelling);
    return show_approval_rule(call, {organisation.id});
}

bool may_approve(Call const& call, std::string_view organiser_path)
{
    return call.viewer.may(Permission::approve_notices) && call.viewer.may(Permission::append_entries)
        && call.viewer.reaches(organiser_path);
}

bool needs_approval(Call& call, AnnounceActivity const& input, std::string_view organiser_path)
{
    if (input.starts_at <= call.now)
        return false;
    auto const rule = rule_for(call, organiser_path);
    return (input.travel && (!rule || rule->travelling)) || (rule && directory::list_has(rule->kinds, input.kind));
}

void require_no_approval(Call& call, AnnounceActivity const& input)
{
    auto const organiser = directory::organisation(call.db, call.county, input.organiser.value_or(call.viewer.organisation));
    if (!organiser || may_approve(call, organiser->path) || !needs_approval(call, input, organiser->path))
        return;
    throw invalid("/kind", "needs_approval",
        {"这次活动要先审批：请存为计划，再提交审批。", "This event needs approval: save it as a draft and propose it."});
}

} // namespace concentric::activities
