#include "modules/programmes/sessions.hpp"

#include "modules/programmes/attendance.hpp"
#include "modules/programmes/board.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::programmes {
namespace {

constexpr std::int64_t shortest = 10 * 60'000, longest = 12 * 60 * 60'000;
constexpr std::int64_t most_sessions = 200;

struct Present {
    SessionOfClassId session;
    std::int64_t people = 0;
};
BOOST_DESCRIBE_STRUCT(Present, (), (session, people))

std::unordered_map<SessionOfClassId, std::int64_t> present_by_session(Call& call, ClassId id)
{
    std::unordered_map<SessionOfClassId, std::int64_t> counts;
    for (auto const& one : call.db.rows<Present>(
             "SELECT session, count(*) AS people FROM training_attendance WHERE county = $1 AND class = $2 GROUP BY session",
             call.county, id))
        counts[one.session] = one.people;
    return counts;
}

std::vector<ClassSession> sessions_shown(Call& call, OwnedClass const& class_)
{
    auto const counts = present_by_session(call, class_.id);
    auto const teams = team_by_person(call, class_.id);
    auto const members = members_below(call, class_.id, class_.owner_path);
    std::vector<ClassSession> sessions;
    for (auto& row : sessions_of(call, class_.id)) {
        auto& shown = sessions.emplace_back(ClassSession{row.id, row.kind, row.title, row.place, row.starts_at, row.ends_at});
        if (row.team)
            shown.team = row.team;
        shown.tutors = reflect::from_json<std::vector<TutorId>>(row.tutors);
        shown.expected = std::ranges::count_if(members, [&](auto const& member) {
            auto const team = teams.find(member.person);
            return concerns(row, team == teams.end() ? TeamId{} : team->second);
        });
        if (auto const found = counts.find(row.id); found != counts.end())
            shown.present = found->second;
    }
    return sessions;
}

Timetable timetable_of(Call& call, LedClass const& class_)
{
    Timetable view{
        class_.title, class_.form, class_.is_managed, sessions_shown(call, class_), {}, tutors_shown(call, class_.id), {}};
    for (auto& team : teams_of(call, class_.id))
        view.teams.push_back({team.id, std::move(team.name)});
    if (class_.product)
        view.product = class_.product;
    return view;
}

void require_known(Call& call, ClassId id, SessionContent const& content)
{
    Problems problems;
    auto const teams = teams_of(call, id);
    if (content.team && std::ranges::find(teams, *content.team, &TeamRow::id) == teams.end())
        problems.push_back({"/team", "not_found", {"没有这个小组。", "There is no such group."}});
    auto const tutors = tutors_of(call, id);
    for (std::size_t i = 0; i < content.tutors.size(); ++i)
        if (std::ranges::find(tutors, content.tutors[i], &TutorRow::id) == tutors.end())
            problems.push_back({fmt::format("/tutors/{}", i), "not_found", {"没有这位导师。", "There is no such tutor."}});
    if (!problems.empty())
        throw invalid(std::move(problems));
}

void fill(SessionRow& row, SessionContent const& content)
{
    row.kind = content.kind;
    row.title = content.title;
    row.place = content.place.value_or("");
    row.starts_at = content.starts_at;
    row.ends_at = content.ends_at;
    row.team = content.team.value_or(TeamId{});
    row.tutors = Json(to_json(content.tutors));
}

bool has_attendance(Call& call, SessionOfClassId id)
{
    return call.db
        .value<std::int64_t>(
            "SELECT 1 AS value FROM training_attendance WHERE county = $1 AND session = $2 LIMIT 1", call.county, id)
        .has_value();
}

// What everybody has still to attend has changed.
void refresh_everybody(Call& call, OwnedClass const& class_)
{
    std::vector<std::int64_t> people;
    for (auto const& member : members_below(call, class_.id, class_.owner_path))
        people.push_back(member.person.value);
    refresh(call, class_, people);
}

LedClass class_to_change(Call& call, ClassId id)
{
    LedClass class_{managed_class(call, id), true};
    call.db.hold({id.value});
    return class_;
}

} // namespace

void check(SessionContent const& input, Problems& problems)
{
    auto const length = input.ends_at.milliseconds - input.starts_at.milliseconds;
    if (length < shortest || length > longest)
        problems.push_back({"/ends_at", "range", {"一节课为 10 分钟到 12 小时。", "A session lasts 10 minutes to 12 hours."}});
    else if (day_at(input.starts_at) != day_at(input.ends_at))
        problems.push_back({"/ends_at", "order", {"一节课不能跨到第二天。", "A session ends on the day on which it begins."}});
}

std::vector<SessionRow> sessions_of(Call& call, ClassId id)
{
    return call.db.rows<SessionRow>(
        "SELECT * FROM training_sessions WHERE county = $1 AND class = $2 ORDER BY starts_at, id", call.county, id);
}

SessionRow session_with(Call& call, ClassId class_, SessionOfClassId id)
{
    auto row = call.db.row<SessionRow>(
        "SELECT * FROM training_sessions WHERE county = $1 AND class = $2 AND id = $3", call.county, class_, id);
    if (!row)
        throw not_found(the_session);
    return std::move(*row);
}

Timetable show_timetable(Call& call, OneLedClass const& input) { return timetable_of(call, led_class(call, input.id)); }

Timetable create_session(Call& call, CreateSession const& input)
{
    auto const class_ = class_to_change(call, input.id);
    require_known(call, class_.id, input);
    if (static_cast<std::int64_t>(sessions_of(call, class_.id).size()) >= most_sessions)
        throw conflict({"一个班最多 200 节课。", "A class has at most 200 sessions."});
    SessionRow row{call.county, class_.id, new_id_of<SessionOfClassId>()};
    fill(row, input);
    call.db.insert("training_sessions", row);
    refresh_everybody(call, class_);
    return timetable_of(call, class_);
}

Timetable save_session(Call& call, SaveSession const& input)
{
    auto const class_ = class_to_change(call, input.id);
    auto const known = session_with(call, class_.id, input.session);
    require_known(call, class_.id, input);
    auto row = known;
    fill(row, input);
    bool const is_moved = row.starts_at != known.starts_at || row.ends_at != known.ends_at || row.team != known.team;
    if (is_moved && has_attendance(call, row.id))
        throw conflict({"已有人签到，时间和小组不能再改；请先撤销签到。",
            "Somebody was there: time and group stay. Take attendance back first."});
    call.db.execute(
        "UPDATE training_sessions SET team = $4, kind = $5, title = $6, place = $7, starts_at = $8, ends_at = $9, tutors "
        "= $10 WHERE county = $1 AND class = $2 AND id = $3",
        call.county, class_.id, row.id, row.team, row.kind, row.title, row.place, row.starts_at, row.ends_at, row.tutors);
    refresh_everybody(call, class_);
    return timetable_of(call, class_);
}

Timetable remove_session(Call& call, OneSession const& input)
{
    auto const class_ = class_to_change(call, input.id);
    auto const row = session_with(call, class_.id, input.session);
    if (has_attendance(call, row.id))
        throw conflict({"已有人签到，不能删除；请先撤销签到。", "Somebody was there: take attendance back first."});
    call.db.execute("DELETE FROM training_sessions WHERE county = $1 AND class = $2 AND id = $3", call.county, class_.id, row.id);
    refresh_everybody(call, class_);
    return timetable_of(call, class_);
}

Routes session_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/training-classes/{id}/sessions", signed_in, "training_session_list",
            "The classroom days of a training class", show_timetable),
        route(Verb::post, "/api/training-classes/{id}/sessions", manage_courses, "training_session_create",
            "Puts a session into the programme of a classroom day", create_session),
        route(Verb::put, "/api/training-classes/{id}/sessions/{session}", manage_courses, "training_session_save",
            "Changes a session of a classroom day", save_session),
        route(Verb::del, "/api/training-classes/{id}/sessions/{session}", manage_courses, "training_session_remove",
            "Takes a session out of a classroom day", remove_session),
    };
}

} // namespace concentric::programmes
