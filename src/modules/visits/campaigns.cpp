#include "modules/visits/campaigns.hpp"

#include "modules/directory/lookup.hpp"
#include "modules/directory/members.hpp"
#include "modules/families/recipients.hpp"
#include "modules/inbox/inbox.hpp"
#include "modules/plan/catalogue.hpp"
#include "modules/plan/periods.hpp"
#include "modules/plan/plans.hpp"
#include "modules/visits/geocoding.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace concentric::visits {
namespace {

constexpr std::int64_t longest_days = 250;

struct Membered {
    std::int64_t subject = 0, unit = 0;
};
BOOST_DESCRIBE_STRUCT(Membered, (), (subject, unit))

// The running period of an obligation of the plan that counts visits at home: its term.
std::optional<plan::Period> period_of_plan(Call& call)
{
    for (auto const& plan : plan::in_force(call))
        for (auto const& rule : plan->plan.requirements)
            for (auto const& part : rule.all)
                if (std::ranges::any_of(part.entries, [](auto const& kind) { return plan::matches(kind, "visit.home"); }))
                    if (auto period = plan::period_at(plan->plan, rule.per, rule.window, call.today()))
                        return period;
    return std::nullopt;
}

std::vector<Membered> members_below(Call& call, directory::SubjectKind kind, std::string const& path, std::string const& more)
{
    return call.db.rows<Membered>(
        fmt::format("SELECT DISTINCT m.subject, m.unit FROM ({}) m WHERE m.kind = 'class' AND m.path >= "
                    "$2 AND m.path < $3 AND m.from_day <= $4 AND m.to_day >= $4{} ORDER BY m.unit, m.subject",
            directory::members_query(kind), more),
        call.county, path, path.substr(0, path.size() - 1) + "0", call.today());
}

// After school and on Saturdays, until somebody says otherwise.
WeeklyTimes usual_hours()
{
    WeeklyTimes hours;
    for (std::int64_t weekday = 1; weekday <= 5; ++weekday)
        hours.push_back({{weekday}, {16 * 60 + 30}, {20 * 60}});
    hours.push_back({{6}, {9 * 60}, {17 * 60}});
    return hours;
}

class Starting {
public:
    Starting(Call& call, StartCampaign const& input) : call_(call), input_(input) { }

    CampaignId run()
    {
        find_school();
        fill();
        call_.db.insert("visit_campaigns", row_);
        add_teams();
        add_visits();
        ask_families();
        return row_.id;
    }

private:
    void find_school()
    {
        auto const found = directory::organisation(call_.db, call_.county, input_.school.value_or(call_.viewer.organisation));
        if (!found || !call_.viewer.reaches(found->path) || (found->kind != "school" && found->kind != "kindergarten"))
            throw invalid("/school", "not_found", {"请选择您管理的学校或幼儿园。", "Choose a school within your reach."});
        school_ = *found;
    }

    void fill()
    {
        auto const period = input_.from && input_.to ? std::nullopt : period_of_plan(call_);
        if (!period && !(input_.from && input_.to))
            throw invalid("/from", "required",
                {"方案没有规定这段时间的家访，请填写起止日期。", "No plan counts visits now: say from when to when."});
        row_.from_day = input_.from ? *input_.from : period->from;
        row_.to_day = input_.to ? *input_.to : period->to;
        if (row_.to_day < call_.today() || days_since_1970(row_.to_day) - days_since_1970(row_.from_day) > longest_days)
            throw invalid(
                "/to", "order", {"结束日期要在今天之后，全程不超过一学期。", "It ends in the future and lasts a term at most."});
        row_.county = call_.county;
        row_.id = new_id_of<CampaignId>();
        row_.school = school_.id;
        row_.title = input_.title;
        row_.minutes = input_.minutes.value_or(Within<10, 180>{40});
        row_.most_a_day = input_.most_a_day.value_or(Within<1, 12>{4});
        row_.metres_per_minute = input_.metres_per_minute.value_or(Within<20, 1000>{250});
        row_.base = Json(to_json(input_.base));
        row_.created_by = call_.viewer.person;
        row_.created_at = call_.now;
        call_.audit_subject = fmt::format("visit_campaign:{}", row_.id.value);
    }

    void add_teams()
    {
        std::vector<MemberRow> members;
        for (auto const& leader :
            members_below(call_, directory::SubjectKind::staff, school_.path, " AND m.role = 'class_teacher'")) {
            if (teams_.empty() || teams_.back().class_.value != leader.unit)
                teams_.push_back({call_.county, new_id_of<TeamId>(), row_.id, {leader.unit}});
            bool const leads = members.empty() || members.back().team != teams_.back().id;
            members.push_back({call_.county, teams_.back().id, {leader.subject}, leads, Json(to_json(usual_hours()))});
        }
        call_.db.load("visit_teams", std::span<TeamRow const>(teams_));
        call_.db.load("visit_team_members", std::span<MemberRow const>(members));
    }

    void add_visits()
    {
        std::vector<VisitRow> visits;
        for (auto const& pupil : members_below(call_, directory::SubjectKind::student, school_.path, "")) {
            if (!students_.insert(pupil.subject).second)
                continue; // of two classes at once
            VisitRow row;
            row.county = call_.county;
            row.id = new_id_of<VisitId>();
            row.campaign = row_.id;
            row.student = {pupil.subject};
            row.class_ = {pupil.unit};
            row.team = team_of(row.class_);
            row.minutes = row_.minutes;
            row.changed_at = call_.now;
            visits.push_back(std::move(row));
        }
        call_.db.load("visits", std::span<VisitRow const>(visits));
    }

    TeamId team_of(OrganisationId unit) const
    {
        auto const found = std::ranges::find(teams_, unit, &TeamRow::class_);
        return found == teams_.end() ? TeamId{} : found->id;
    }

    // One letter for each carer, however many children they have here.
    void ask_families()
    {
        std::vector<std::int64_t> const children(students_.begin(), students_.end());
        std::vector<std::int64_t> people;
        for (auto const& one : families::recipients_of(call_, children))
            if (one.rights.has(families::Right::confirm))
                people.push_back(one.person.value);
        inbox::tell(call_, people,
            {inbox::LetterKind::family,
                {fmt::format("{}：请选择家访方式和时间", row_.title), fmt::format("{}: please choose how and when", row_.title)},
                {"老师想来家访。在家、到校、约定地点或线上都可以，也可以说明原因暂不安排。",
                    "A teacher would like to visit: at home, at school, elsewhere or on line; or say why not now."},
                "/my-visits", false, school_.id});
    }

    Call& call_;
    StartCampaign const& input_;
    directory::OrganisationRef school_;
    CampaignRow row_;
    std::vector<TeamRow> teams_;
    std::set<std::int64_t> students_;
};

CampaignView view_of(Call& call, OwnedCampaign const& row)
{
    CampaignView view;
    view.id = row.id;
    view.school = row.school;
    view.school_name = row.school_name;
    view.title = row.title;
    view.from = row.from_day;
    view.to = row.to_day;
    view.minutes = row.minutes;
    view.most_a_day = row.most_a_day;
    view.metres_per_minute = row.metres_per_minute;
    view.base = reflect::from_json<Place>(row.base);
    view.state = row.state;
    if (row.job)
        view.job = row.job;
    if (row.planned_at.milliseconds)
        view.planned_at = row.planned_at;
    view.metres = row.metres;
    view.asks_geocoder = row.asks_geocoder;
    view.geocoder = geocoder_here();
    // Leaders count the school, a class teacher the class.
    static std::string const counted = "SELECT v.state, count(*) AS count FROM visits v "
        + directory::joined_organisation("o", "v.county", "v.class")
        + " WHERE v.county = $1 AND v.campaign = $2 AND o.path >= $3 AND o.path < $4 GROUP BY v.state ORDER BY v.state";
    view.counts = call.db.rows<StateCount>(counted, call.county, row.id, call.viewer.path, call.viewer.path_end());
    view.may_manage = call.viewer.may(Permission::append_entries) && call.viewer.reaches(row.school_path);
    view.version = row.version;
    return view;
}

CampaignView whole_view(Call& call, OwnedCampaign const& row)
{
    auto view = view_of(call, row);
    view.teams = teams_of(call, row.id);
    call.version = row.version;
    return view;
}

} // namespace

void check_times(WeeklyTimes const& times, std::string const& path, Problems& problems)
{
    if (times.size() > 30)
        problems.push_back({path, "length", {"时间段最多 30 个。", "At most 30 times."}});
    for (std::size_t i = 0; i < times.size(); ++i)
        if (times[i].until_minute <= times[i].from_minute)
            problems.push_back(
                {fmt::format("{}/{}/until_minute", path, i), "order", {"结束时间要晚于开始时间。", "It ends after it begins."}});
}

void check_place(Place const& place, std::string const& path, Problems& problems)
{
    if (place.latitude.has_value() != place.longitude.has_value())
        problems.push_back({path, "both", {"经度和纬度要一起填写。", "Give both latitude and longitude."}});
    if (place.latitude && (*place.latitude < 3 || *place.latitude > 54))
        problems.push_back({path + "/latitude", "range", {"纬度在 3 至 54 度之间。", "Latitudes are from 3 to 54 degrees."}});
    if (place.longitude && (*place.longitude < 73 || *place.longitude > 136))
        problems.push_back({path + "/longitude", "range", {"经度在 73 至 136 度之间。", "Longitudes are from 73 to 136 degrees."}});
}

void check(StartCampaign const& input, Problems& problems)
{
    check_place(input.base, "/base", problems);
    if (!input.base.latitude)
        problems.push_back(
            {"/base/latitude", "required", {"请填写学校的位置，路线从这里出发。", "Say where the school is: routes begin there."}});
    if (input.from && input.to && *input.to < *input.from)
        problems.push_back({"/to", "order", {"结束日期不能早于开始日期。", "It ends after it begins."}});
}

CampaignView start_campaign(Call& call, StartCampaign const& input) { return show_campaign(call, {Starting(call, input).run()}); }

CampaignList list_campaigns(Call& call, Nothing const&)
{
    static std::string const sql = "SELECT c.*, o.name AS school_name, o.path AS school_path FROM visit_campaigns c "
        + directory::joined_organisation("o", "c.county", "c.school")
        + " WHERE c.county = $1 AND ((o.path >= $2 AND o.path < $3) OR substr($2, 1, length(o.path)) = o.path) ORDER BY c.id DESC "
          "LIMIT 200";
    CampaignList list;
    if (!call.viewer.path.empty())
        for (auto const& row : call.db.rows<OwnedCampaign>(sql, call.county, call.viewer.path, call.viewer.path_end()))
            list.items.push_back(view_of(call, row));
    return list;
}

CampaignView show_campaign(Call& call, OneCampaign const& input) { return whole_view(call, seen_campaign(call, input.id)); }

CampaignView close_campaign(Call& call, OneCampaign const& input)
{
    auto row = held_campaign(call, input.id);
    call.require_version(row.version);
    require_open(row);
    call.db.execute(
        "UPDATE visit_campaigns SET state = 'closed', closed_at = $3, version = version + 1 WHERE county = $1 AND id = $2",
        call.county, row.id, call.now);
    return show_campaign(call, input);
}

} // namespace concentric::visits
