#pragma once

#include "core/route.hpp"
#include "modules/visits/tables.hpp"

// Who sees and changes what of visits: the school's leaders all of theirs, a class teacher those of the class, a visiting team its
// own, a carer those of the child. Everybody else finds none.
namespace concentric::visits {

struct OwnedCampaign : CampaignRow {
    std::string school_name, school_path;
};
BOOST_DESCRIBE_STRUCT(OwnedCampaign, (CampaignRow), (school_name, school_path))

struct OwnedVisit : VisitRow {
    std::string student_name, class_name, class_path;
    std::optional<Instant> last_at; // the visit before, of any campaign
};
BOOST_DESCRIBE_STRUCT(OwnedVisit, (VisitRow), (student_name, class_name, class_path, last_at))

// SELECT … FROM visits v, with the names.
std::string const& visit_columns();

// A campaign of a school that the viewer's post reaches, or that the viewer's class belongs to. 404 for others.
OwnedCampaign seen_campaign(Call&, CampaignId);
// Of a school that the viewer's post reaches; nobody else changes it until the transaction ends.
OwnedCampaign held_campaign(Call&, CampaignId);
void require_open(CampaignRow const&);
CampaignRow campaign_of(Call&, CampaignId);

bool is_in_team(Call&, TeamId);
// For whoever's post reaches the pupil's class, or is in the team. 404 for others.
OwnedVisit seen_visit(Call&, VisitId);
OwnedVisit held_visit(Call&, VisitId);
// For the team alone.
OwnedVisit team_visit(Call&, VisitId);
// For a carer with this right for the child; held.
OwnedVisit family_visit(Call&, VisitId);
// Everything but county, id, campaign and student; the version grows. 412 where If-Match names another one.
void store(Call&, VisitRow&);

} // namespace concentric::visits
