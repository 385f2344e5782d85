#pragma once

#include "core/route.hpp"
#include "modules/directory/posts.hpp"
#include "modules/notices/composing.hpp"

// What notices cost families in minutes: before one is sent, and by issuing office afterwards.
namespace concentric::notices {

struct PreviewNotice {
    std::optional<NoticeAudience> audience;
    std::vector<OrganisationId> organisations; // the viewer's own when it is empty
    std::vector<directory::StageName> stages;
    std::optional<directory::GroupName> pupil_group;
    std::vector<Text<1, 60>> roles;
    std::optional<Minutes> minutes;
};
BOOST_DESCRIBE_STRUCT(PreviewNotice, (), (audience, organisations, stages, pupil_group, roles, minutes))

struct NoticePreview : AudienceSize {
    std::int64_t week_minutes = 0; // that the busiest of these households was asked for this week
    std::int64_t limit = 0;
    std::int64_t over = 0; // with this notice
    std::optional<Instant> quiet_until; // when it would go out, where it is quiet now
};
BOOST_DESCRIBE_STRUCT(NoticePreview, (AudienceSize), (week_minutes, limit, over, quiet_until))

struct ShowBurden {
    std::optional<Day> from, to; // the last four weeks when they are left out
};
BOOST_DESCRIBE_STRUCT(ShowBurden, (), (from, to))

struct OfficeBurden {
    directory::OrganisationBrief office;
    std::int64_t notices = 0, minutes = 0; // sums of what was asked of each household
    std::int64_t household_minutes = 0; // times the households that were asked
    std::int64_t urgent = 0, over_budget = 0, corrected = 0;
};
BOOST_DESCRIBE_STRUCT(OfficeBurden, (), (office, notices, minutes, household_minutes, urgent, over_budget, corrected))

struct WeekBurden {
    Day week; // its Monday
    std::int64_t households = 0, minutes = 0, most = 0; // those asked at all, all their minutes, those of the busiest
};
BOOST_DESCRIBE_STRUCT(WeekBurden, (), (week, households, minutes, most))

struct Burden {
    Day from, to;
    std::int64_t limit = 0;
    std::vector<OfficeBurden> offices; // the heaviest first
    std::vector<WeekBurden> weeks; // of the whole county; only for those who reach it
};
BOOST_DESCRIBE_STRUCT(Burden, (), (from, to, limit, offices, weeks))

NoticePreview preview_notice(Call&, PreviewNotice const&);
Burden show_burden(Call&, ShowBurden const&);

Routes burden_routes();

} // namespace concentric::notices
