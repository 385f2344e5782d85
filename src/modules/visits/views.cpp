#include "modules/visits/views.hpp"

#include "lib/workbook.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/directory/merges.hpp"
#include "modules/visits/campaigns.hpp"
#include "modules/visits/edits.hpp"

#include <algorithm>

namespace concentric::visits {
namespace {

using lib::longest_sheet;
constexpr std::int64_t most_named = 2000;
constexpr std::size_t past_duties = 20;

std::string moment(std::optional<Instant> at) { return at ? text_of(*at).substr(0, 16).replace(10, 1, " ") : ""; }

std::string condition_of(Due due)
{
    switch (due) {
    case Due::all: return "";
    case Due::unanswered: return " AND v.state = 'asked'";
    case Due::unplanned: return " AND v.state IN ('wished', 'moved')";
    case Due::planned: return " AND v.state IN ('planned', 'published', 'confirmed')";
    case Due::done: return " AND v.state = 'done'";
    case Due::declined: break;
    }
    return " AND v.state = 'declined'";
}

std::vector<OwnedVisit> listed(Call& call, ListVisits const& input, std::int64_t most)
{
    seen_campaign(call, input.id);
    auto const named = input.q ? directory::people_named(call, *input.q, most_named) : std::vector<std::int64_t>{};
    auto const sql = visit_columns()
        + " WHERE v.county = $1 AND v.campaign = $2 AND o.path >= $3 AND o.path < $4 AND (v.class = $5 OR $5 = 0) AND (v.wish = $6 "
          "OR $6 = '') AND v.id > $7 AND ($8 = FALSE OR v.student ANY_OF($9))"
        + condition_of(input.due.value_or(Due::all)) + " ORDER BY v.id LIMIT $10";
    return call.db.rows<OwnedVisit>(sql, call.county, input.id, call.viewer.path, call.viewer.path_end(),
        input.class_.value_or(OrganisationId{}), input.wish ? name_of(*input.wish) : "", directory::after_id(input.after),
        input.q.has_value(), db::IntegerList{named}, most);
}

struct WorkRow {
    PersonId person;
    std::string name;
    std::int64_t visits = 0, at_home = 0, minutes = 0, proved = 0;
};
BOOST_DESCRIBE_STRUCT(WorkRow, (), (person, name, visits, at_home, minutes, proved))

} // namespace

Words words_of(lib::Unplanned why)
{
    switch (why) {
    case lib::Unplanned::no_place: return {"还不知道去哪里", "nobody knows where to go yet"};
    case lib::Unplanned::no_team: return {"班级没有家访小组", "no team visits this class"};
    case lib::Unplanned::no_time: return {"家庭和老师的时间没有交集", "the family's and the team's times do not meet"};
    case lib::Unplanned::pin_conflict: return {"手动安排的时间走不通", "the time laid by hand cannot be kept"};
    case lib::Unplanned::no_room: break;
    }
    return {"排不下了", "the days are full"};
}

Words words_of(lib::VisitConflict what)
{
    switch (what) {
    case lib::VisitConflict::twice: return {"重复安排", "planned twice"};
    case lib::VisitConflict::wrong_team: return {"不是这个班的小组", "not a team of this class"};
    case lib::VisitConflict::outside_family_time: return {"不在家庭方便的时间", "outside the family's times"};
    case lib::VisitConflict::outside_team_time: return {"不在小组的空闲时间", "outside the team's hours"};
    case lib::VisitConflict::too_many: return {"这一天超过了上限", "more than the day's bound"};
    case lib::VisitConflict::too_late: break;
    }
    return {"路上来不及", "too far to be there in time"};
}

Words words_of(Wish wish)
{
    switch (wish) {
    case Wish::unknown: return {"未答复", "no answer yet"};
    case Wish::home: return {"在家", "at home"};
    case Wish::school: return {"到校", "at school"};
    case Wish::neutral: return {"约定地点", "elsewhere"};
    case Wish::online: return {"线上", "on line"};
    case Wish::not_now: break;
    }
    return {"暂不安排", "not now"};
}

Words words_of(VisitState state)
{
    switch (state) {
    case VisitState::asked: return {"等家长答复", "asked"};
    case VisitState::wished: return {"待安排", "to be planned"};
    case VisitState::planned: return {"已安排", "planned"};
    case VisitState::published: return {"已通知", "told to the family"};
    case VisitState::confirmed: return {"已确认", "confirmed"};
    case VisitState::moved: return {"要求改期", "another time asked for"};
    case VisitState::done: return {"已完成", "made"};
    case VisitState::declined: break;
    }
    return {"婉拒", "declined"};
}

VisitView view_of(Call& call, OwnedVisit const& visit)
{
    VisitView view;
    view.id = visit.id;
    view.campaign = visit.campaign;
    view.student = {visit.student, visit.student_name};
    view.class_ = {{visit.class_.value}, visit.class_name};
    view.state = visit.state;
    view.wish = visit.wish;
    view.reason = visit.reason;
    view.times = reflect::from_json<WeeklyTimes>(visit.times);
    view.priority = visit.priority;
    view.minutes = visit.minutes;
    view.has_place = !visit.place.empty() && reflect::from_json<Place>(visit.place).latitude.has_value();
    if (visit.team)
        view.team = visit.team;
    if (visit.starts_at.milliseconds) {
        view.starts_at = visit.starts_at;
        view.ends_at = Instant{visit.starts_at.milliseconds + visit.minutes * minute};
    }
    view.last_at = visit.last_at;
    view.is_pinned = visit.is_pinned;
    if (auto const why = reflect::value_named<lib::Unplanned>(visit.left_because))
        view.left_because = call.say(words_of(*why));
    view.proof = visit.proof;
    view.version = visit.version;
    return view;
}

WholeVisit view_again(Call& call, VisitId id)
{
    auto const visit = seen_visit(call, id);
    WholeVisit whole;
    static_cast<VisitView&>(whole) = view_of(call, visit);
    whole.is_mine = is_in_team(call, visit.team);
    RecordEdits const edits(call, visit);
    whole.record = edits.record();
    whole.unfinished = edits.unfinished();
    whole.record_conflicts = edits.conflicts(call);
    whole.edits = edits.ids();
    whole.points = points_of(call, visit, visit.student_name);
    return whole;
}

WholeVisit show_visit(Call& call, OneVisit const& input) { return view_again(call, input.id); }

Page<VisitView> list_visits(Call& call, ListVisits const& input)
{
    auto const limit = input.limit.value_or(Limit{50}).value;
    auto rows = listed(call, input, limit + 1);
    Page<VisitView> page;
    if (static_cast<std::int64_t>(rows.size()) > limit) {
        rows.pop_back();
        page.next = std::to_string(rows.back().id.value);
    }
    for (auto const& row : rows)
        page.items.push_back(view_of(call, row));
    return page;
}

Download visits_sheet(Call& call, ListVisits const& input)
{
    bool const zh = call.language == Language::zh;
    lib::WorkbookWriter book;
    book.add_sheet(zh ? "家访名单" : "Visits",
        zh ? std::vector<std::string>{"班级", "学生", "意愿", "状态", "优先级", "时间", "分钟", "上次家访", "没有排上的原因"}
           : std::vector<std::string>{
               "Class", "Pupil", "Wish", "State", "Priority", "Time", "Minutes", "Last visit", "Why not planned"});
    for (auto const& row : listed(call, input, longest_sheet)) {
        auto const view = view_of(call, row);
        book.add_row({view.class_.name, view.student.name, call.say(words_of(view.wish)), call.say(words_of(view.state)),
            view.priority, moment(view.starts_at), view.minutes, moment(view.last_at), view.left_because.value_or("")});
    }
    return {
        book.finish(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", zh ? "家访名单.xlsx" : "visits.xlsx"};
}

Duties list_duties(Call& call, Nothing const&)
{
    auto const own = directory::kept_record(call, call.viewer.person);
    static std::string const of_teams
        = " WHERE v.county = $1 AND v.team IN (SELECT m.team FROM visit_team_members m WHERE m.county = $1 "
          "AND m.person = $2) AND v.state ";
    static std::string const open
        = visit_columns() + of_teams + "IN ('planned', 'published', 'confirmed') ORDER BY v.starts_at LIMIT 200";
    static std::string const past = visit_columns() + of_teams + "= 'done' ORDER BY v.starts_at DESC LIMIT 200";
    Duties duties;
    for (auto const& row : call.db.rows<OwnedVisit>(open, call.county, own))
        duties.items.push_back(view_of(call, row));
    std::size_t shown = 0;
    for (auto const& row : call.db.rows<OwnedVisit>(past, call.county, own)) {
        for (auto& point : points_of(call, row, row.student_name))
            if (point.side == Side::school && !point.done_at)
                duties.points.push_back(std::move(point));
        if (shown++ < past_duties)
            duties.items.push_back(view_of(call, row));
    }
    for (auto& one : duties.items)
        one.is_mine = true;
    return duties;
}

Workload show_workload(Call& call, OneCampaign const& input)
{
    auto const campaign = seen_campaign(call, input.id);
    static std::string const sql = "SELECT m.person, " + directory::person_name_in("m.county", "m.person")
        + " AS name, count(*) AS visits, SUM(CASE WHEN e.form = 'home' THEN 1 ELSE 0 END) AS at_home, CAST(SUM(e.minutes) AS "
          "BIGINT) AS minutes, "
          "SUM(CASE WHEN e.proof <> 'none' THEN 1 ELSE 0 END) AS proved FROM visits e JOIN visit_team_members m ON m.county = "
          "e.county "
          "AND m.team = e.team "
        + directory::joined_organisation("o", "e.county", "e.class")
        + " WHERE e.county = $1 AND e.campaign = $2 AND e.state = 'done' AND o.path >= $3 AND o.path < $4 GROUP BY m.county, "
          "m.person "
          "ORDER BY minutes DESC, m.person";
    Workload load;
    for (auto const& row : call.db.rows<WorkRow>(sql, call.county, campaign.id, call.viewer.path, call.viewer.path_end()))
        load.items.push_back({{row.person, row.name}, row.visits, row.at_home, row.minutes, row.proved});
    return load;
}

Download workload_sheet(Call& call, OneCampaign const& input)
{
    bool const zh = call.language == Language::zh;
    lib::WorkbookWriter book;
    book.add_sheet(zh ? "家访工作量" : "Workload",
        zh ? std::vector<std::string>{"老师", "家访次数", "在家", "小时", "有证明"}
           : std::vector<std::string>{"Teacher", "Visits", "At home", "Hours", "Proved"});
    for (auto const& line : show_workload(call, input).items)
        book.add_row({line.person.name, line.visits, line.at_home, static_cast<double>(line.minutes) / 60.0, line.proved});
    return {book.finish(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        zh ? "家访工作量.xlsx" : "workload.xlsx"};
}

} // namespace concentric::visits
