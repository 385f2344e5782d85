#include "modules/visits/access.hpp"

#include "modules/directory/lookup.hpp"
#include "modules/directory/merges.hpp"
#include "modules/families/rights.hpp"

#include <fmt/format.h>

namespace concentric::visits {
namespace {

std::optional<OwnedCampaign> campaign_with(Call& call, CampaignId id)
{
    static std::string const sql = "SELECT c.*, o.name AS school_name, o.path AS school_path FROM visit_campaigns c "
        + directory::joined_organisation("o", "c.county", "c.school") + " WHERE c.county = $1 AND c.id = $2";
    call.audit_subject = fmt::format("visit_campaign:{}", id.value);
    return call.db.row<OwnedCampaign>(sql, call.county, id);
}

std::optional<OwnedVisit> visit_with(Call& call, VisitId id)
{
    static std::string const sql = visit_columns() + " WHERE v.county = $1 AND v.id = $2";
    auto found = call.db.row<OwnedVisit>(sql, call.county, id);
    if (found)
        call.audit_subject = fmt::format("person:{}", found->student.value);
    return found;
}

bool reaches_class(Call const& call, OwnedVisit const& visit)
{
    return call.viewer.may(Permission::read_people) && call.viewer.may(Permission::append_entries)
        && call.viewer.reaches(visit.class_path);
}

} // namespace

std::string const& visit_columns()
{
    static std::string const sql = "SELECT v.*, " + directory::person_name_in("v.county", "v.student")
        + " AS student_name, o.name AS class_name, o.path AS class_path, (SELECT MAX(w.starts_at) FROM visits w WHERE w.county = "
          "v.county AND w.student = v.student AND w.state = 'done' AND w.id <> v.id) AS last_at FROM visits v "
        + directory::joined_organisation("o", "v.county", "v.class");
    return sql;
}

OwnedCampaign seen_campaign(Call& call, CampaignId id)
{
    auto found = campaign_with(call, id);
    if (!found || call.viewer.path.empty()
        || (!call.viewer.reaches(found->school_path) && !call.viewer.path.starts_with(found->school_path)))
        throw not_found(the_campaign);
    return std::move(*found);
}

OwnedCampaign held_campaign(Call& call, CampaignId id)
{
    call.db.hold({id.value});
    auto found = campaign_with(call, id);
    if (!found || !call.viewer.reaches(found->school_path))
        throw not_found(the_campaign);
    return std::move(*found);
}

void require_open(CampaignRow const& campaign)
{
    if (campaign.state == CampaignState::closed)
        throw conflict({"这次家访计划已经结束。", "This visit campaign is closed."});
}

CampaignRow campaign_of(Call& call, CampaignId id)
{
    return call.db.row<CampaignRow>("SELECT * FROM visit_campaigns WHERE county = $1 AND id = $2", call.county, id).value();
}

bool is_in_team(Call& call, TeamId team)
{
    auto const own = directory::kept_record(call, call.viewer.person);
    return call.db
        .value<bool>(
            "SELECT TRUE AS value FROM visit_team_members WHERE county = $1 AND team = $2 AND person = $3", call.county, team, own)
        .has_value();
}

OwnedVisit seen_visit(Call& call, VisitId id)
{
    auto found = visit_with(call, id);
    if (!found || (!reaches_class(call, *found) && !is_in_team(call, found->team)))
        throw not_found(the_visit);
    call.version = found->version;
    return std::move(*found);
}

OwnedVisit held_visit(Call& call, VisitId id)
{
    call.db.hold({id.value});
    auto visit = seen_visit(call, id);
    call.require_version(visit.version);
    return visit;
}

OwnedVisit team_visit(Call& call, VisitId id)
{
    auto found = visit_with(call, id);
    if (!found || !is_in_team(call, found->team))
        throw not_found(the_visit);
    call.version = found->version;
    return std::move(*found);
}

OwnedVisit family_visit(Call& call, VisitId id)
{
    call.db.hold({id.value});
    auto found = visit_with(call, id);
    if (!found)
        throw not_found(the_visit);
    families::require_right(call, found->student, families::Right::confirm);
    call.require_version(found->version);
    return std::move(*found);
}

void store(Call& call, VisitRow& visit)
{
    ++visit.version;
    visit.changed_at = call.now;
    call.db.execute("UPDATE visits SET class = $3, state = $4, wish = $5, reason = $6, times = $7, place = $8, priority = $9, "
                    "answered_by = $10, team = $11, starts_at = $12, minutes = $13, is_pinned = $14, left_because = $15, proof = "
                    "$16, proved_at = $17, record = $18, recorded_by = $19, entry = $20, declined_entry = $21, round = $22, "
                    "changed_at = $23, version = $24, form = $25 WHERE county = $1 AND id = $2",
        call.county, visit.id, visit.class_, visit.state, visit.wish, visit.reason, visit.times, visit.place, visit.priority,
        visit.answered_by, visit.team, visit.starts_at, visit.minutes, visit.is_pinned, visit.left_because, visit.proof,
        visit.proved_at, visit.record, visit.recorded_by, visit.entry, visit.declined_entry, visit.round, visit.changed_at,
        visit.version, visit.form);
    call.version = visit.version;
}

} // namespace concentric::visits
