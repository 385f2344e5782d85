#include "modules/activities/join_logs.hpp"

#include "core/jobs.hpp"
#include "lib/dates.hpp"
#include "modules/activities/attendance.hpp"
#include "modules/activities/join_log_people.hpp"

#include <fmt/format.h>

#include <set>

namespace concentric::activities {
namespace {

constexpr std::string_view importer_kind = "join_logs";
enum Column { name, phone, joined, left };

imports::SheetKind log_sheet()
{
    Words const time_hint{
        "如 2026-03-05 19:02；只有时间时按活动当天。", "For example 2026-03-05 19:02; a time alone is of the event's day."};
    return {"join_log", {"入会记录", "Join log"},
        {
            {"name", {"姓名", "Name"}, true,
                {"昵称", "用户昵称", "参会者", "参会人", "参会成员", "成员", "成员姓名", "用户名", "用户名称", "Participant",
                    "Display name", "User name"},
                {"花名册上的姓名，或 王小明妈妈 这样的称呼。", "The name on the roster."}, {"陈兰", "王小明妈妈", "陈兰"}},
            {"phone", {"手机号", "Phone"}, false, {"电话", "手机", "联系电话", "绑定手机号", "Mobile"},
                {"同名的人靠它区分。", "Tells people of one name apart."}, {}},
            {"joined", {"入会时间", "Joined"}, true,
                {"加入时间", "进入时间", "首次入会时间", "开始时间", "Join time", "Joined at", "First join time"}, time_hint,
                {"2026-03-05 19:02", "2026-03-05 18:58", "2026-03-05 19:40"}},
            {"left", {"退会时间", "Left"}, true,
                {"离开时间", "退出时间", "最后退会时间", "离会时间", "结束时间", "Leave time", "Left at", "Last leave time"},
                time_hint, {"2026-03-05 19:30", "2026-03-05 20:30", "2026-03-05 20:30"}},
        }};
}

std::optional<Instant> moment_in(std::string_view text, Day day)
{
    auto date = lib::parse_date(text);
    if (!date || date->minutes_of_day < 0)
        date = lib::parse_date(text_of(day) + " " + std::string(text));
    if (!date || date->minutes_of_day < 0)
        return std::nullopt;
    return Instant{start_of(day_of(date->year, static_cast<unsigned>(date->month), static_cast<unsigned>(date->day))).milliseconds
        + date->minutes_of_day * 60'000LL};
}

std::optional<ActivityId> activity_of(Call& call, ImportId import)
{
    return call.db.value<ActivityId>(
        "SELECT activity AS value FROM activity_logs WHERE county = $1 AND import = $2", call.county, import);
}

using KnownStays = std::set<std::tuple<std::int64_t, std::int64_t, std::int64_t>>; // person, from, until

class LogProposal : public imports::Proposal {
public:
    LogProposal(Call& call, OwnedActivity activity) : activity_(std::move(activity)), people_(call, activity_)
    {
        for (auto const& row : presence_in(call, activity_.id))
            if (row.source == PresenceSource::log)
                known_.insert({row.person.value, row.from_at.milliseconds, row.until_at.milliseconds});
    }

    void match(imports::Table const& table, imports::Preview& preview, Progress& progress)
    {
        for (std::size_t row = 0; row < table.size(); ++row) {
            progress.check();
            preview.add(table, row, found_in(table, row));
            progress.advance();
        }
    }

    void apply(Call& call, imports::Source const& source, Progress&) override
    {
        require_announced(held_activity(call, activity_.id));
        for (auto& row : rows_) {
            row.number = new_id();
            row.brought_by = source.import;
            row.noted_by = call.viewer.person;
            row.noted_at = call.now;
        }
        call.db.load("activity_presence", rows_);
    }

private:
    imports::Finding found_in(imports::Table const& table, std::size_t row)
    {
        imports::Finding finding;
        auto const called = table.at(row, Column::name).text;
        finding.title = called;
        auto const from = time_in(table, row, Column::joined, finding);
        auto const until = time_in(table, row, Column::left, finding);
        auto const match = people_.find(called, table.at(row, Column::phone).text);
        if (match.outcome != MeetingPeople::Outcome::found)
            add_fault(table, row, Column::name, finding,
                match.outcome == MeetingPeople::Outcome::unknown
                    ? imports::Fault{{}, {}, "nobody", "邀请的人里没有这个姓名。", "Nobody of this name is invited.", {}}
                    : imports::Fault{{}, {}, "ambiguous", "有几个人叫这个名字，请填写手机号。",
                        "Several people have this name; give the telephone number.", {}});
        if (from && until && *until <= *from)
            add_fault(table, row, Column::left, finding,
                {{}, {}, "order", "退会时间要晚于入会时间。", "Leaving comes after joining.", {}});
        else if (from && until && (*until <= activity_.starts_at || *from >= activity_.ends_at))
            add_fault(table, row, Column::joined, finding,
                {{}, {}, "outside", "不在活动的时间内。", "This is not during the event.", {}});
        if (finding.is_faulty()) {
            finding.action = imports::Action::fault;
            return finding;
        }
        settle(finding, match, {*from, *until});
        return finding;
    }

    void settle(imports::Finding& finding, MeetingPeople::Match const& match, Stretch time)
    {
        finding.title = match.name;
        finding.detail = {fmt::format("{} 至 {}", clock(time.from), clock(time.until)),
            fmt::format("{} to {}", clock(time.from), clock(time.until))};
        bool const is_new = known_.insert({match.person.value, time.from.milliseconds, time.until.milliseconds}).second;
        finding.action = is_new ? imports::Action::add : imports::Action::leave;
        if (is_new)
            rows_.push_back({activity_.county, activity_.id, match.person, PresenceSource::log, 0, {}, time.from, time.until});
    }

    std::optional<Instant> time_in(imports::Table const& table, std::size_t row, Column column, imports::Finding& finding) const
    {
        auto const time = moment_in(table.at(row, column).text, day_at(activity_.starts_at));
        if (!time)
            add_fault(table, row, column, finding, {{}, {}, "time", "看不懂这个时间。", "This is no time.", {}});
        return time;
    }

    static void add_fault(
        imports::Table const& table, std::size_t row, Column column, imports::Finding& finding, imports::Fault fault)
    {
        fault.column = table.place(row, column);
        fault.field = table.kind().fields[column].field;
        fault.found = std::string(table.at(row, column).text);
        finding.faults.push_back(std::move(fault));
    }

    static std::string clock(Instant at) { return text_of(at).substr(11, 5); }

    OwnedActivity const activity_;
    MeetingPeople const people_;
    KnownStays known_;
    std::vector<PresenceRow> rows_;
};

std::unique_ptr<imports::Proposal> match(Call& call, imports::Source const& source, imports::Preview& preview, Progress& progress)
{
    auto const id = activity_of(call, source.import);
    auto activity = id ? activity_with(call, *id) : std::nullopt;
    if (!activity)
        throw conflict({"入会记录要从活动页面导入。", "Join logs are brought in from the page of their event."});
    std::size_t rows = 0;
    for (auto const& table : source.tables)
        rows += table.size();
    progress.set(0, static_cast<std::int64_t>(rows));
    auto proposal = std::make_unique<LogProposal>(call, std::move(*activity));
    for (auto const& table : source.tables)
        proposal->match(table, preview, progress);
    return proposal;
}

imports::Undone undo(Call& call, ImportId import, Progress&)
{
    if (auto const id = activity_of(call, import))
        require_announced(held_activity(call, *id));
    imports::Undone undone;
    undone.removed = call.db.execute("DELETE FROM activity_presence WHERE county = $1 AND brought_by = $2", call.county, import);
    return undone;
}

} // namespace

JoinLogBrought bring_join_log(Call& call, BringJoinLog const& input)
{
    auto const activity = managed_activity(call, input.id);
    require_announced(activity);
    auto const import = imports::begin_import(call, importer_kind, input.file_name, activity.organiser);
    call.db.execute("INSERT INTO activity_logs (county, import, activity) VALUES ($1, $2, $3)", call.county, import, activity.id);
    mark(call, activity.id);
    return {import};
}

imports::Importer join_log_importer()
{
    return {std::string(importer_kind), {"入会记录", "Join log"}, Permission::append_entries, {log_sheet()}, match, undo};
}

} // namespace concentric::activities
