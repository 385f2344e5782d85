#pragma once

#include "modules/directory/posts.hpp"
#include "modules/instructors/tables.hpp"

// How the county runs the scheme: the three groups with their terms, how long certificates count, who looks at the menu.
namespace concentric::instructors {

struct TeamView {
    Team team = Team::expert;
    Within<1, 10> term_years{3};
    Within<0, 365> review_days{60};
    std::int64_t members = 0, due = 0, applications = 0; // in term; to be reviewed; waiting for a decision
};
BOOST_DESCRIBE_STRUCT(TeamView, (), (team, term_years, review_days, members, due, applications))

struct SchemeView {
    std::int64_t certificate_years = 0, notice_hours = 0;
    bool publishes_at_once = false;
    std::vector<TeamView> teams; // all three
    std::int64_t items_waiting = 0, bookings_open = 0; // for an official's look; not carried out yet
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(
    SchemeView, (), (certificate_years, notice_hours, publishes_at_once, teams, items_waiting, bookings_open, version))

struct TeamTerms {
    Team team = Team::expert;
    Within<1, 10> term_years{3};
    Within<0, 365> review_days{60};
};
BOOST_DESCRIBE_STRUCT(TeamTerms, (), (team, term_years, review_days))
struct ChangeScheme {
    Within<0, 20> certificate_years; // 0: they do not expire
    Within<0, 720> notice_hours;
    bool publishes_at_once = false;
    std::vector<TeamTerms> teams;
};
BOOST_DESCRIBE_STRUCT(ChangeScheme, (), (certificate_years, notice_hours, publishes_at_once, teams))

SchemeRow scheme_of(Call&);
std::vector<TeamRow> teams_of(Call&); // all three, in their order
OrganisationId county_unit(Call&);

// The scheme is the whole county's: a post with manage_instructors in the county itself or one of its departments.
bool may_manage(Call&);
void require_manager(Call&); // 404 for others

SchemeView show_scheme(Call&, Nothing const&);
SchemeView change_scheme(Call&, ChangeScheme const&);

} // namespace concentric::instructors
