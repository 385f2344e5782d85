#include "modules/safety/alarms.hpp"

#include "modules/inbox/inbox.hpp"

#include <fmt/format.h>

namespace concentric::safety {
namespace {

constexpr std::int64_t counts_after = 24 * 60 * minute; // that a count may come after the end

struct OwnedAlarm : AlarmRow {
    std::string school_name, school_path;
    std::optional<std::string> raiser_name, own_answer;
    std::int64_t called = 0, safe = 0, needs_help = 0;
};
BOOST_DESCRIBE_STRUCT(OwnedAlarm, (AlarmRow), (school_name, school_path, raiser_name, own_answer, called, safe, needs_help))

struct NamedAnswer : AnswerRow {
    std::optional<std::string> name;
};
BOOST_DESCRIBE_STRUCT(NamedAnswer, (AnswerRow), (name))

std::string const& alarm_columns()
{
    static std::string const answers = "FROM alarm_answers x WHERE x.county = a.county AND x.alarm = a.id";
    static std::string const sql = "SELECT a.*, o.name AS school_name, o.path AS school_path, "
        + directory::person_name_in("a.county", "a.raised_by") + " AS raiser_name, (SELECT x.answer " + answers
        + " AND x.person = $2) AS own_answer, (SELECT count(*) " + answers + ") AS called, (SELECT count(*) " + answers
        + " AND x.answer = 'safe') AS safe, (SELECT count(*) " + answers
        + " AND x.answer = 'needs_help') AS needs_help FROM alarms a "
        + directory::joined_organisation("o", "a.county", "a.school");
    return sql;
}

bool may_see(Call const& call, OwnedAlarm const& alarm) { return alarm.own_answer || is_of_staff(call, alarm.school_path); }

OwnedAlarm alarm_with(Call& call, AlarmId id)
{
    static std::string const sql = alarm_columns() + " WHERE a.county = $1 AND a.id = $3";
    auto found = call.db.row<OwnedAlarm>(sql, call.county, call.viewer.person, id);
    if (!found || !may_see(call, *found))
        throw not_found(the_alarm);
    call.audit_subject = fmt::format("alarm:{}", id.value);
    return std::move(*found);
}

bool may_end(Call const& call, OwnedAlarm const& alarm)
{
    return !alarm.ended_at.milliseconds && (alarm.raised_by == call.viewer.person || manages(call, alarm.school_path));
}

AlarmView view_of(Call const& call, OwnedAlarm const& row)
{
    AlarmView view;
    view.id = row.id;
    view.school = {row.school, row.school_name};
    view.kind = row.kind;
    view.title = call.say(words_of(row.kind));
    view.words = row.words;
    view.raised_by = {row.raised_by, row.raiser_name.value_or("")};
    view.raised_at = row.raised_at;
    if (row.ended_at.milliseconds)
        view.ended_at = row.ended_at;
    view.called = row.called;
    view.safe = row.safe;
    view.needs_help = row.needs_help;
    if (row.own_answer)
        view.own_answer = *row.own_answer == "safe" ? Answer::safe
            : *row.own_answer == "needs_help"       ? Answer::needs_help
                                                    : Answer::none;
    view.may_end = may_end(call, row);
    return view;
}

Occasion occasion_of(Call const& call, OwnedAlarm const& alarm)
{
    bool const runs = alarm.raised_by == call.viewer.person || manages(call, alarm.school_path);
    return {false, alarm.id.value, alarm.school_path, alarm.raised_at, runs};
}

// Nobody is counted any more.
bool is_long_over(Call const& call, OwnedAlarm const& alarm)
{
    auto const ended = alarm.ended_at.milliseconds;
    return ended && call.now.milliseconds - ended > counts_after;
}

bool may_write(Call const& call, OwnedAlarm const& alarm)
{
    return manages(call, alarm.school_path) && call.viewer.may(Permission::send_notices);
}

AlarmBoard board_of(Call& call, AlarmId id)
{
    static std::string const sql = "SELECT x.*, " + directory::person_name_in("x.county", "x.person")
        + " AS name FROM alarm_answers x WHERE x.county = $1 AND x.alarm = $2 ORDER BY CASE x.answer WHEN 'needs_help' THEN 0 WHEN "
          "'none' THEN 1 ELSE 2 END, x.person";
    AlarmBoard board;
    auto const alarm = alarm_with(call, id);
    static_cast<AlarmView&>(board) = view_of(call, alarm);
    auto const occasion = occasion_of(call, alarm);
    static_cast<HeadCount&>(board) = count_heads(call, occasion);
    for (auto& line : board.classes)
        line.may_count = line.may_count && !is_long_over(call, alarm);
    board.may_lead = occasion.may_run && !alarm.ended_at.milliseconds;
    board.may_write = may_write(call, alarm);
    if (board.may_write)
        board.letters = letters_of(call, id.value);
    for (auto const& row : call.db.rows<NamedAnswer>(sql, call.county, id)) {
        AlarmAnswer answer{{row.person, row.name.value_or("")}, row.answer, {}};
        if (row.answered_at.milliseconds)
            answer.answered_at = row.answered_at;
        board.answers.push_back(std::move(answer));
    }
    return board;
}

// For whoever works there, not only for its leaders.
directory::OrganisationRef school_of_staff(Call& call, std::optional<OrganisationId> id)
{
    auto const own = own_schools(call);
    auto const chosen = id ? *id : own.size() == 1 ? own.front().id : OrganisationId{};
    auto found = directory::organisation(call.db, call.county, chosen);
    if (!found || (found->kind != "school" && found->kind != "kindergarten") || !is_of_staff(call, found->path))
        throw invalid("/school", "not_found", {"请选择您所在的学校或幼儿园。", "Choose the school where you work."});
    return std::move(*found);
}

void tell(Call& call, AlarmRow const& alarm, std::vector<std::int64_t> const& people, Words const& what)
{
    auto const kind = words_of(alarm.kind);
    inbox::tell(call, people,
        {inbox::LetterKind::notice, {fmt::format("{}：{}", what.zh, kind.zh), fmt::format("{}: {}", what.en, kind.en)},
            {alarm.words, alarm.words}, fmt::format("/safety/alarms/{}", alarm.id.value), true, alarm.school});
}

} // namespace

void check(ConfirmAlarm const& input, Problems& problems)
{
    if (input.answer == Answer::none)
        problems.push_back({"/answer", "required", {"请选择安全或需要帮助。", "Say whether you are safe or need help."}});
}

Page<AlarmView> list_alarms(Call& call, ListAlarms const& input)
{
    static std::string const sql = alarm_columns()
        + " WHERE a.county = $1 AND ((o.path >= $3 AND o.path < $4) OR EXISTS (SELECT 1 FROM alarm_answers y WHERE y.county = "
          "a.county AND y.alarm = a.id AND y.person = $2)) AND (a.id < $5 OR $5 = 0) ORDER BY a.id DESC LIMIT $6";
    auto const limit = input.limit.value_or(Limit{20}).value;
    auto const own = own_schools(call);
    auto const path = own.size() == 1 ? own.front().path : own.empty() ? std::string("/-/") : call.viewer.path;
    Page<AlarmView> page;
    for (auto const& row : call.db.rows<OwnedAlarm>(sql, call.county, call.viewer.person, path,
             path.substr(0, path.size() - 1) + "0", input.after.value_or(AlarmId{}), limit + 1)) {
        if (static_cast<std::int64_t>(page.items.size()) == limit) {
            page.next = std::to_string(page.items.back().id.value);
            break;
        }
        page.items.push_back(view_of(call, row));
    }
    return page;
}

AlarmBoard show_alarm(Call& call, OneAlarm const& input) { return board_of(call, input.id); }

AlarmBoard raise_alarm(Call& call, RaiseAlarm const& input)
{
    auto const school = school_of_staff(call, input.school);
    call.db.hold({school.id.value});
    if (call.db.value<bool>(
            "SELECT TRUE AS value FROM alarms WHERE county = $1 AND school = $2 AND kind = $3 AND ended_at = 0 LIMIT 1",
            call.county, school.id, input.kind))
        throw conflict({"同类警报正在进行中。", "An alarm of this kind is going on already."});
    AlarmRow const row{call.county, new_id_of<AlarmId>(), school.id, input.kind, SealedText(std::string(input.words)),
        call.viewer.person, call.now, {}, {}};
    call.db.insert("alarms", row);
    std::vector<AlarmClassRow> classes;
    for (auto const& unit : directory::classes_of_school(call, school.path))
        if (unit.kind == "class")
            classes.push_back({call.county, row.id, unit.id, {}, {}, {}, {}});
    call.db.load("alarm_classes", classes);
    auto people = staff_of(call, school.path);
    std::vector<AnswerRow> answers;
    for (auto const person : people) {
        bool const is_own = person == call.viewer.person.value;
        answers.push_back({call.county, row.id, {person}, is_own ? Answer::safe : Answer::none, is_own ? call.now : Instant{}});
    }
    call.db.load("alarm_answers", answers);
    std::erase(people, call.viewer.person.value);
    tell(call, row, people, {"真实警报，请立即确认", "REAL ALARM, confirm at once"});
    tell_staff(call, school.path);
    return board_of(call, row.id);
}

AlarmBoard confirm_alarm(Call& call, ConfirmAlarm const& input)
{
    auto const alarm = alarm_with(call, input.id);
    if (!alarm.own_answer)
        throw forbidden();
    if (alarm.ended_at.milliseconds)
        throw conflict({"警报已经解除。", "The alarm is over."});
    call.db.execute("UPDATE alarm_answers SET answer = $4, answered_at = $5 WHERE county = $1 AND alarm = $2 AND person = $3 AND "
                    "answer <> $4",
        call.county, alarm.id, call.viewer.person, input.answer, call.now);
    tell_staff(call, alarm.school_path);
    return board_of(call, alarm.id);
}

AlarmBoard end_alarm(Call& call, OneAlarm const& input)
{
    auto const alarm = alarm_with(call, input.id);
    if (!may_end(call, alarm))
        throw alarm.ended_at.milliseconds ? conflict({"警报已经解除。", "The alarm is over."}) : forbidden();
    call.db.execute("UPDATE alarms SET ended_at = $3, ended_by = $4 WHERE county = $1 AND id = $2", call.county, alarm.id, call.now,
        call.viewer.person);
    auto people = call.db.values<std::int64_t>(
        "SELECT person AS value FROM alarm_answers WHERE county = $1 AND alarm = $2 ORDER BY person", call.county, alarm.id);
    std::erase(people, call.viewer.person.value);
    tell(call, alarm, people, {"警报解除", "All clear"});
    tell_staff(call, alarm.school_path);
    return board_of(call, alarm.id);
}

namespace {

struct CountedAlarm {
    OwnedAlarm alarm;
    Occasion occasion;
    CountedClass row;
};

CountedAlarm counted(Call& call, AlarmId id, OrganisationId class_)
{
    CountedAlarm found{alarm_with(call, id), {}, {}};
    found.occasion = occasion_of(call, found.alarm);
    found.row = class_with(call, found.occasion, class_);
    if (!may_count(call, found.occasion, found.row))
        throw not_found(the_class);
    return found;
}

AlarmRoll roll_of(Call& call, CountedAlarm const& found)
{
    AlarmRoll roll{
        view_of(call, found.alarm), {{found.row.class_.value}, found.row.class_name}, roll_of(call, found.occasion, found.row), {}};
    if (found.row.arrived_at.milliseconds)
        roll.arrived_at = found.row.arrived_at;
    return roll;
}

} // namespace

void check(ReportAlarmClass const& input, Problems& problems) { check(static_cast<ClassReport const&>(input), problems); }

AlarmRoll show_alarm_roll(Call& call, OneAlarmClass const& input) { return roll_of(call, counted(call, input.id, input.class_)); }

AlarmRoll report_alarm_class(Call& call, ReportAlarmClass const& input)
{
    call.db.hold({input.id.value, input.class_.value});
    auto found = counted(call, input.id, input.class_);
    if (is_long_over(call, found.alarm))
        throw conflict({"警报早已解除，不能再点名。", "The alarm was over long ago: nobody is counted any more."});
    take_report(call, found.occasion, found.row, input);
    return roll_of(call, found);
}

AlarmBoard lead_alarm_class(Call& call, LeadAlarmClass const& input)
{
    call.db.hold({input.id.value});
    auto const alarm = alarm_with(call, input.id);
    auto const occasion = occasion_of(call, alarm);
    if (!occasion.may_run)
        throw not_found(the_alarm);
    class_with(call, occasion, input.class_);
    if (input.leader)
        require_staff(call, alarm.school_path, *input.leader, "/leader");
    call.db.execute("UPDATE alarm_classes SET leader = $4 WHERE county = $1 AND alarm = $2 AND class = $3", call.county, alarm.id,
        input.class_, input.leader.value_or(PersonId{}));
    tell_staff(call, alarm.school_path);
    return board_of(call, alarm.id);
}

AlarmBoard write_of_alarm(Call& call, WriteOfAlarm const& input)
{
    auto const alarm = alarm_with(call, input.id);
    if (!may_write(call, alarm))
        throw not_found(the_alarm);
    bool const is_over = alarm.ended_at.milliseconds != 0;
    write_letter(
        call, {alarm.id.value, alarm.school, is_over, true}, real_title(words_of(alarm.kind), is_over), real_body(input.words));
    return board_of(call, alarm.id);
}

} // namespace concentric::safety
