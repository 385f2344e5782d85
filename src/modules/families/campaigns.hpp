#pragma once

#include "core/route.hpp"
#include "modules/families/change_requests.hpp"
#include "modules/families/rights.hpp"

// "Check your data": once a year every family says that all is right, or what has changed.
namespace concentric::families {

enum class CheckAnswer { right, changes };
BOOST_DESCRIBE_ENUM(CheckAnswer, right, changes)
enum class CheckState { right, changes, missing };
BOOST_DESCRIBE_ENUM(CheckState, right, changes, missing)

// Pupils are counted: one answer of any carer is the family's, and a wanted change counts more than "all is right".
struct CheckFigures {
    std::int64_t total = 0, right = 0, changes = 0, missing = 0;
};
BOOST_DESCRIBE_STRUCT(CheckFigures, (), (total, right, changes, missing))

struct Campaign : CheckFigures {
    CampaignId id;
    directory::OrganisationBrief organisation;
    std::string title;
    Day deadline;
    std::string created_by;
    Instant created_at;
    std::optional<Instant> reminded_at, closed_at;
};
BOOST_DESCRIBE_STRUCT(Campaign, (CheckFigures), (id, organisation, title, deadline, created_by, created_at, reminded_at, closed_at))
struct Campaigns {
    std::vector<Campaign> items;
};
BOOST_DESCRIBE_STRUCT(Campaigns, (), (items))

struct ClassFigures : CheckFigures {
    directory::OrganisationBrief class_;
};
BOOST_DESCRIBE_STRUCT(ClassFigures, (CheckFigures), (class_))
struct CampaignDetail : Campaign {
    std::vector<ClassFigures> classes;
};
BOOST_DESCRIBE_STRUCT(CampaignDetail, (Campaign), (classes))

struct CreateCampaign {
    OrganisationId organisation;
    Text<1, 80> title;
    Day deadline;
};
BOOST_DESCRIBE_STRUCT(CreateCampaign, (), (organisation, title, deadline))

struct OneCampaign {
    CampaignId id;
};
BOOST_DESCRIBE_STRUCT(OneCampaign, (), (id))

struct CheckedPupil {
    PersonId id;
    std::string name, class_name;
    CheckState state = CheckState::missing;
    std::optional<std::string> answered_by;
    std::optional<Instant> answered_at;
};
BOOST_DESCRIBE_STRUCT(CheckedPupil, (), (id, name, class_name, state, answered_by, answered_at))
struct ListChecked {
    CampaignId id;
    std::optional<CheckState> state;
    std::optional<PersonId> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListChecked, (), (id, state, after, limit))

// Published when whoever runs a campaign reminds the families that have not answered; whoever writes to families listens.
struct ReminderAsked {
    CampaignId campaign;
    std::string title;
    Day deadline;
    std::vector<std::int64_t> pupils;
};

Campaign create_campaign(Call&, CreateCampaign const&);
// Those of the viewer's organisation, of all below it and of all above it, the latest first.
Campaigns list_campaigns(Call&, Nothing const&);
// Figures of what the viewer reaches of it.
CampaignDetail show_campaign(Call&, OneCampaign const&);
Page<CheckedPupil> list_checked(Call&, ListChecked const&);
Download export_checked(Call&, OneCampaign const&);
// At most once a day; 409 before that.
Campaign remind(Call&, OneCampaign const&);
Campaign close_campaign(Call&, OneCampaign const&);
Campaign reopen_campaign(Call&, OneCampaign const&);

Routes campaign_routes();

// For this module: the viewer's answer to all campaigns that run for this child. Gives one of them, or none.
CampaignId answer_campaigns(Call&, PersonId child, CheckAnswer);
// The campaigns that run for pupils of a class, given by its path.
std::vector<CampaignRow> running_campaigns(Call&, std::string const& class_path);

} // namespace concentric::families
