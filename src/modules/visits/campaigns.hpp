#pragma once

#include "core/config.hpp"
#include "modules/directory/posts.hpp"
#include "modules/visits/access.hpp"

// A school's visits of one term: begun with a visit for each pupil and a team for each class, whose families are asked at once what
// they wish.
namespace concentric::visits {

struct StartCampaign {
    std::optional<OrganisationId> school; // the viewer's own when it is left out
    Text<1, 80> title;
    std::optional<Day> from, to; // left out: the running period in which the plan counts visits at home
    std::optional<Within<10, 180>> minutes; // of a visit with nothing else said; 40 when it is left out
    std::optional<Within<1, 12>> most_a_day; // visits of a team; 4 when it is left out
    std::optional<Within<20, 1000>> metres_per_minute; // 250 when it is left out: an electric bicycle with parking and stairs
    Place base; // the school
};
BOOST_DESCRIBE_STRUCT(StartCampaign, (), (school, title, from, to, minutes, most_a_day, metres_per_minute, base))
void check(StartCampaign const&, Problems&);

struct StateCount {
    VisitState state = VisitState::asked;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(StateCount, (), (state, count))

struct MemberView {
    directory::PersonBrief person;
    bool is_leader = false;
    WeeklyTimes hours;
};
BOOST_DESCRIBE_STRUCT(MemberView, (), (person, is_leader, hours))
struct TeamView {
    TeamId id;
    std::optional<directory::PersonBrief> class_; // id and name of the class; none: any family's
    std::vector<MemberView> members; // the leader first
};
BOOST_DESCRIBE_STRUCT(TeamView, (), (id, class_, members))

struct CampaignView {
    CampaignId id;
    OrganisationId school;
    std::string school_name, title;
    Day from, to;
    std::int64_t minutes = 0, most_a_day = 0, metres_per_minute = 0;
    Place base;
    CampaignState state = CampaignState::open;
    std::optional<JobId> job;
    std::optional<Instant> planned_at;
    std::int64_t metres = 0;
    bool asks_geocoder = false; // addresses may be sent to that service
    GeocoderKind geocoder = GeocoderKind::off; // which the installation has
    std::vector<StateCount> counts;
    std::vector<TeamView> teams; // in the list of campaigns: none
    bool may_manage = false;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(CampaignView, (),
    (id, school, school_name, title, from, to, minutes, most_a_day, metres_per_minute, base, state, job, planned_at, metres,
        asks_geocoder, geocoder, counts, teams, may_manage, version))
struct CampaignList {
    std::vector<CampaignView> items;
};
BOOST_DESCRIBE_STRUCT(CampaignList, (), (items))

struct OneCampaign {
    CampaignId id;
};
BOOST_DESCRIBE_STRUCT(OneCampaign, (), (id))

struct MemberInput {
    PersonId person;
    bool is_leader = false;
    WeeklyTimes hours;
};
BOOST_DESCRIBE_STRUCT(MemberInput, (), (person, is_leader, hours))
struct AddTeam {
    CampaignId campaign;
    std::optional<OrganisationId> class_;
    std::vector<MemberInput> members; // one leads
};
BOOST_DESCRIBE_STRUCT(AddTeam, (), (campaign, class_, members))
void check(AddTeam const&, Problems&);
struct ChangeTeam {
    TeamId id;
    std::vector<MemberInput> members;
};
BOOST_DESCRIBE_STRUCT(ChangeTeam, (), (id, members))
void check(ChangeTeam const&, Problems&);
struct OneTeam {
    TeamId id;
};
BOOST_DESCRIBE_STRUCT(OneTeam, (), (id))

CampaignView start_campaign(Call&, StartCampaign const&);
CampaignList list_campaigns(Call&, Nothing const&);
CampaignView show_campaign(Call&, OneCampaign const&);
// Nothing of it changes any more; families are asked no more.
CampaignView close_campaign(Call&, OneCampaign const&);
// 422 for somebody whom the viewer's post does not reach; a community's volunteers are added by the county.
CampaignView add_team(Call&, AddTeam const&);
CampaignView change_team(Call&, ChangeTeam const&);
// 409 while it has visits before it.
CampaignView remove_team(Call&, OneTeam const&);

std::vector<TeamView> teams_of(Call&, CampaignId);
void check_times(WeeklyTimes const&, std::string const& path, Problems&);
void check_place(Place const&, std::string const& path, Problems&);

} // namespace concentric::visits
