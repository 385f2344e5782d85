#pragma once

#include "modules/activities/announcing.hpp"

// Which events somebody else looks at before they are announced: by an organisation's own rule, which counts for all below it that
// have none; where nobody set one, whatever pupils travel to.
namespace concentric::activities {

struct ApprovalRuleRow {
    std::int64_t county = 0;
    OrganisationId organisation;
    std::string kinds; // separated by commas
    bool travelling = true;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(ApprovalRuleRow, (), (county, organisation, kinds, travelling, version))

struct ApprovalRule {
    OrganisationId organisation;
    std::vector<std::string> kinds;
    bool travelling = true; // whatever pupils leave the school for
    std::optional<directory::OrganisationBrief> set_by; // nobody: the default
    bool may_set = false;
    bool may_approve = false; // the viewer's events need none
    std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(ApprovalRule, (), (organisation, kinds, travelling, set_by, may_set, may_approve, version))

struct AskApprovalRule {
    std::optional<OrganisationId> organisation; // the viewer's when it is left out
};
BOOST_DESCRIBE_STRUCT(AskApprovalRule, (), (organisation))
struct SetApprovalRule {
    std::optional<OrganisationId> organisation;
    std::vector<Text<1, 40>> kinds;
    bool travelling = true;
};
BOOST_DESCRIBE_STRUCT(SetApprovalRule, (), (organisation, kinds, travelling))
void check(SetApprovalRule const&, Problems&);

ApprovalRule show_approval_rule(Call&, AskApprovalRule const&);
ApprovalRule set_approval_rule(Call&, SetApprovalRule const&);

// Whether the viewer decides about events of the organisation, and so announces there without asking.
bool may_approve(Call const&, std::string_view organiser_path);
// What was held before it was written down needs none.
bool needs_approval(Call&, AnnounceActivity const&, std::string_view organiser_path);
// 422 for an event that has to be proposed first.
void require_no_approval(Call&, AnnounceActivity const&);

} // namespace concentric::activities
