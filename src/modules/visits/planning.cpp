#include "modules/visits/planning.hpp"

#include "modules/visits/planned_campaign.hpp"
#include "modules/visits/telling.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::visits {
namespace {

std::vector<OwnedVisit> planned_visits(Call& call, CampaignId campaign)
{
    static std::string const sql = visit_columns()
        + " WHERE v.county = $1 AND v.campaign = $2 AND v.state IN ('planned', 'published', 'confirmed') ORDER BY v.starts_at, "
          "v.id";
    return call.db.rows<OwnedVisit>(sql, call.county, campaign);
}

// A second of searching for fifty families, at most what a page's reader waits for.
lib::SearchLimits limits_for(std::size_t families, Progress& progress)
{
    lib::SearchLimits limits;
    limits.time = std::chrono::milliseconds(std::clamp<std::int64_t>(static_cast<std::int64_t>(families) * 20, 500, 15'000));
    limits.rounds = 2'000'000;
    limits.go_on = [&progress](double share) {
        progress.set(static_cast<std::int64_t>(share * 1000), 1000);
        progress.check();
        return true;
    };
    return limits;
}

// What somebody changed since it was read stays as they made it.
void keep_plan(Call& call, PlannedCampaign const& planned, lib::VisitPlan const& plan)
{
    db::Batch laid, left;
    for (auto const& one : plan.visits) {
        auto const& visit = planned.visit(one.family);
        if (!planned.is_pinned(one.family))
            laid.add(call.county, visit.id, planned.team(one.team), planned.moment(one), visit.version);
    }
    for (auto const& one : plan.left) {
        auto const& visit = planned.visit(one.family);
        if (!planned.is_pinned(one.family))
            left.add(call.county, visit.id, name_of(one.why), visit.version);
    }
    laid.run(call.db,
        "UPDATE visits SET state = 'planned', team = $3, starts_at = $4, left_because = '', version = version + 1 WHERE county = "
        "$1 "
        "AND id = $2 AND version = $5");
    left.run(call.db,
        "UPDATE visits SET state = CASE WHEN state = 'moved' THEN 'moved' ELSE 'wished' END, starts_at = 0, left_because = $3, "
        "version = version + 1 WHERE county = $1 AND id = $2 AND version = $4");
}

PlanOutcome kept(Call& call, CampaignId id, PlannedCampaign const& planned, lib::VisitPlan const& plan)
{
    call.db.hold({id.value});
    keep_plan(call, planned, plan);
    call.db.execute("UPDATE visit_campaigns SET planned_at = $3, metres = $4, version = version + 1 WHERE county = $1 AND id = $2",
        call.county, id, call.now, plan.metres);
    auto const unanswered = call.db.value<std::int64_t>(
        "SELECT count(*) AS value FROM visits WHERE county = $1 AND campaign = $2 AND state = 'asked'", call.county, id);
    return {static_cast<std::int64_t>(plan.visits.size()), static_cast<std::int64_t>(plan.left.size()), unanswered.value_or(0),
        plan.metres};
}

// The conflicts of all visits that stand, by visit.
std::map<VisitId, std::vector<std::string>> conflicts_in(Call& call, CampaignRow const& campaign)
{
    PlannedCampaign const planned(call, campaign, campaign.from_day);
    auto const laid = planned.laid();
    std::map<VisitId, std::vector<std::string>> found;
    for (auto const& one : lib::conflicts_of(planned.problem(), laid))
        found[planned.visit(laid[one.visit].family).id].push_back(call.say(words_of(one.what)));
    return found;
}

WholeVisit with_conflicts(Call& call, VisitRow const& visit)
{
    auto view = view_again(call, visit.id);
    view.conflicts = conflicts_in(call, campaign_of(call, visit.campaign))[visit.id];
    return view;
}

} // namespace

StartedPlanning start_planning(Call& call, OneCampaign const& input)
{
    auto const row = held_campaign(call, input.id);
    require_open(row);
    auto const running = row.job ? call.jobs.find(call, row.job) : std::nullopt;
    if (running && (running->state == JobState::waiting || running->state == JobState::running))
        throw conflict({"正在排路线，请稍候。", "The routes are being planned already."});
    auto const job = call.jobs.add(call, plan_job, to_json(input));
    call.db.execute(
        "UPDATE visit_campaigns SET job = $3, version = version + 1 WHERE county = $1 AND id = $2", call.county, row.id, job);
    return {job};
}

std::string run_plan_job(Call& call, std::string const& input, Progress& progress)
{
    auto const campaign = campaign_of(call, reflect::from_json<OneCampaign>(input).id);
    if (campaign.state == CampaignState::closed)
        return to_json(PlanOutcome{});
    PlannedCampaign const planned(call, campaign, plus_days(call.today(), 1));
    auto const plan = lib::plan_visits(planned.problem(), limits_for(planned.problem().families.size(), progress));

    db::Transaction transaction(call.db);
    auto const outcome = kept(call, campaign.id, planned, plan);
    transaction.commit();
    return to_json(outcome);
}

PlanOutcome plan_at_once(Call& call, CampaignId id, std::int64_t rounds)
{
    auto const campaign = campaign_of(call, id);
    PlannedCampaign const planned(call, campaign, plus_days(call.today(), 1));
    lib::SearchLimits limits;
    limits.rounds = rounds;
    limits.time = std::chrono::minutes(1);
    return kept(call, id, planned, lib::plan_visits(planned.problem(), limits));
}

Board show_board(Call& call, OneCampaign const& input)
{
    auto const campaign = seen_campaign(call, input.id);
    auto const conflicts = conflicts_in(call, campaign);
    Board board{teams_of(call, campaign.id), {}};
    for (auto const& visit : planned_visits(call, campaign.id)) {
        if (!call.viewer.reaches(visit.class_path))
            continue;
        board.visits.push_back(view_of(call, visit));
        if (auto const found = conflicts.find(visit.id); found != conflicts.end())
            board.visits.back().conflicts = found->second;
    }
    return board;
}

WholeVisit move_visit(Call& call, MoveVisit const& input)
{
    auto visit = held_visit(call, input.id);
    auto const campaign = campaign_of(call, visit.campaign);
    require_open(campaign);
    if (visit.state == VisitState::done || visit.state == VisitState::asked || visit.state == VisitState::declined)
        throw conflict({"请先登记家长的意愿。", "Say first what the family wishes."});
    auto const day = day_at(input.starts_at);
    if (input.starts_at <= call.now || day < campaign.from_day || day > campaign.to_day)
        throw invalid("/starts_at", "time", {"时间要在今后、家访计划之内。", "Choose a time to come within the campaign."});
    auto const teams = teams_of(call, visit.campaign);
    if (std::ranges::find(teams, input.team, &TeamView::id) == teams.end())
        throw invalid("/team", "not_found", {"请选择本次计划的小组。", "Choose a team of the campaign."});
    visit.team = input.team;
    visit.starts_at = input.starts_at;
    visit.is_pinned = true;
    visit.left_because.clear();
    bool const was_told = is_told(visit.state);
    visit.state = was_told ? VisitState::published : VisitState::planned;
    store(call, visit);
    if (was_told)
        tell_family(call, visit, {"家访改期，请确认", "the visit was moved: please confirm"});
    return with_conflicts(call, visit);
}

WholeVisit release_visit(Call& call, OneVisit const& input)
{
    auto visit = held_visit(call, input.id);
    require_open(campaign_of(call, visit.campaign));
    if (!visit.is_pinned)
        throw conflict({"这次家访没有手动固定。", "This visit is not pinned."});
    visit.is_pinned = false;
    store(call, visit);
    return with_conflicts(call, visit);
}

Published publish(Call& call, OneCampaign const& input)
{
    auto const campaign = held_campaign(call, input.id);
    require_open(campaign);
    auto visits = planned_visits(call, campaign.id);
    std::erase_if(visits, [&](auto const& visit) { return visit.state != VisitState::planned || visit.starts_at <= call.now; });
    db::Batch batch;
    for (auto const& visit : visits)
        batch.add(call.county, visit.id, call.now);
    batch.run(
        call.db, "UPDATE visits SET state = 'published', changed_at = $3, version = version + 1 WHERE county = $1 AND id = $2");
    tell_families(call, visits, {"家访时间已定，请确认", "the visit's time is set: please confirm"});
    return {static_cast<std::int64_t>(visits.size())};
}

DayRoute show_route(Call& call, OneRoute const& input)
{
    call.audit_subject = fmt::format("visit_team:{}", input.id.value);
    auto const campaign
        = call.db.row<CampaignRow>("SELECT c.* FROM visit_campaigns c JOIN visit_teams t ON t.county = c.county AND "
                                   "t.campaign = c.id WHERE c.county = $1 AND t.id = $2",
            call.county, input.id);
    if (!campaign || !is_in_team(call, input.id))
        throw not_found(the_team);
    static std::string const sql = visit_columns()
        + " WHERE v.county = $1 AND v.team = $2 AND v.starts_at >= $3 AND v.starts_at < $4 ORDER BY v.starts_at, v.id";
    DayRoute route{reflect::from_json<Place>(campaign->base), {}};
    for (auto const& visit :
        call.db.rows<OwnedVisit>(sql, call.county, input.id, start_of(input.day), start_of(plus_days(input.day, 1))))
        route.stops.push_back({view_of(call, visit), visit.place.empty() ? Place{} : reflect::from_json<Place>(visit.place)});
    return route;
}

} // namespace concentric::visits
