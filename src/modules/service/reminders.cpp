#include "modules/service/reminders.hpp"

#include "core/recurring.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/families/recipients.hpp"
#include "modules/inbox/inbox.hpp"

#include <fmt/format.h>

#include <map>

namespace concentric::service {
namespace {

using milliseconds::hour;
constexpr std::int64_t looks_every = hour;
constexpr std::int64_t earliest = 9, latest = 20; // hours of the day at which families are written to
constexpr std::int64_t least_days = 7;

struct ShownReminder : ReminderRow {
    std::string unit_name, unit_kind;
    std::optional<std::string> setter_name;
};
BOOST_DESCRIBE_STRUCT(ShownReminder, (ReminderRow), (unit_name, unit_kind, setter_name))

std::string const& shown_reminders()
{
    static std::string const sql = "SELECT r.*, o.name AS unit_name, o.kind AS unit_kind, "
        + directory::person_name_in("r.county", "r.set_by") + " AS setter_name FROM service_reminders r "
        + directory::joined_organisation("o", "r.county", "r.unit") + " WHERE r.county = $1 AND o.path >= $2 AND o.path < $3 ";
    return sql;
}

ReminderView view_of(ShownReminder const& row)
{
    ReminderView view{row.id, {row.unit, row.unit_kind, row.unit_name}, row.due_day, {}, row.every_days, row.told,
        row.setter_name.value_or(""), row.set_at};
    if (row.next_day.number)
        view.next = row.next_day;
    return view;
}

ShownReminder found_reminder(Call& call, ReminderId id)
{
    static std::string const sql = shown_reminders() + "AND r.id = $4";
    auto row = call.db.row<ShownReminder>(sql, call.county, call.viewer.path, call.viewer.path_end(), id);
    if (!row)
        throw not_found(the_reminder);
    call.audit_subject = fmt::format("organisation:{}", row->unit.value);
    return std::move(*row);
}

inbox::Letter letter_of(std::string const& name, std::int64_t missing, Day due)
{
    auto const hours = static_cast<double>(missing) / 60;
    return {inbox::LetterKind::activity,
        {fmt::format("{}的社区服务还差 {:.3g} 小时", name, hours), fmt::format("{}: {:.3g} hours of service missing", name, hours)},
        {fmt::format("请在 {} 前完成。可以在“社区服务”里看有哪些服务活动、哪些时长会计入。", text_of(due)),
            fmt::format("Please complete them before {}. \"Service\" shows what is offered and what counts.", text_of(due))},
        "/my-service"};
}

// One letter for each child, to everybody who may confirm for it. Gives the number of children.
std::int64_t write_letters(Call& call, ReminderRow const& reminder, std::vector<Short> const& shorts)
{
    std::map<std::int64_t, std::vector<std::int64_t>> people;
    std::vector<std::int64_t> children;
    for (auto const& one : shorts)
        children.push_back(one.student.value);
    for (auto const& one : families::recipients_of(call, children))
        if (one.rights.has(families::Right::confirm))
            people[one.child.value].push_back(one.person.value);
    auto const names = directory::names_of(call, children);
    std::vector<inbox::AddressedLetter> letters;
    for (auto const& one : shorts)
        if (auto const found = people.find(one.student.value); found != people.end())
            letters.push_back({letter_of(names.at(one.student.value), one.missing, reminder.due_day), found->second});
    inbox::tell_each(call, letters);
    return static_cast<std::int64_t>(letters.size());
}

std::int64_t remind(Call& call, ReminderRow const& reminder)
{
    db::Transaction transaction(call.db);
    // Of two servers that look at the same moment, one finds it done.
    if (call.db.execute("UPDATE service_reminders SET next_day = $4 WHERE county = $1 AND id = $2 AND next_day = $3", call.county,
            reminder.id, reminder.next_day, next_after(reminder, call.today()))
        == 0)
        return 0;
    auto const unit = directory::organisation(call.db, call.county, reminder.unit);
    auto const told
        = unit && call.today() <= reminder.due_day ? write_letters(call, reminder, short_in(call, *unit)) : std::int64_t{0};
    call.db.execute("UPDATE service_reminders SET told = told + $3 WHERE county = $1 AND id = $2", call.county, reminder.id, told);
    transaction.commit();
    return told;
}

bool is_daytime(Instant now)
{
    auto const of_day = (now.milliseconds - start_of(day_at(now)).milliseconds) / hour;
    return earliest <= of_day && of_day < latest;
}

} // namespace

void check(SetReminder const& input, Problems& problems)
{
    if (input.every_days && *input.every_days != 0 && *input.every_days < least_days)
        problems.push_back({"/every_days", "range", {"重复提醒至少间隔 7 天。", "Reminders come at least seven days apart."}});
    if (input.first && input.due < *input.first)
        problems.push_back(
            {"/first", "order", {"首次提醒不能晚于完成日期。", "The first reminder cannot come after the last day."}});
}

ReminderView set_reminder(Call& call, SetReminder const& input)
{
    auto const unit = directory::organisation(call.db, call.county, input.unit.value_or(call.viewer.organisation));
    if (!unit || !call.viewer.reaches(unit->path))
        throw invalid(
            "/unit", "not_found", {"找不到这个单位，或不在您的管理范围内。", "There is no such organisation within your reach."});
    if (input.due < call.today())
        throw invalid("/due", "past", {"完成日期已经过去。", "That day has passed."});
    call.db.hold({unit->id.value});
    call.db.execute("DELETE FROM service_reminders WHERE county = $1 AND unit = $2", call.county, unit->id);
    ReminderRow const row{call.county, new_id_of<ReminderId>(), unit->id, input.due,
        std::max(input.first.value_or(call.today()), call.today()), input.every_days ? input.every_days->value : 0, 0,
        call.viewer.person, call.now};
    call.db.insert("service_reminders", row);
    return view_of(found_reminder(call, row.id));
}

Page<ReminderView> list_reminders(Call& call, ListReminders const& input)
{
    static std::string const sql = shown_reminders() + "AND (r.id < $4 OR $4 = 0) ORDER BY r.id DESC LIMIT $5";
    auto const limit = input.limit.value_or(Limit{50}).value;
    auto rows = call.db.rows<ShownReminder>(
        sql, call.county, call.viewer.path, call.viewer.path_end(), input.after.value_or(ReminderId{}), limit + 1);
    Page<ReminderView> page;
    if (static_cast<std::int64_t>(rows.size()) > limit) {
        rows.pop_back();
        page.next = std::to_string(rows.back().id.value);
    }
    for (auto const& row : rows)
        page.items.push_back(view_of(row));
    return page;
}

Nothing remove_reminder(Call& call, OneReminder const& input)
{
    found_reminder(call, input.id);
    call.db.execute("DELETE FROM service_reminders WHERE county = $1 AND id = $2", call.county, input.id);
    return {};
}

std::int64_t remind_now(Call& call)
{
    std::int64_t told = 0;
    for (auto const& reminder : call.db.rows<ReminderRow>(
             "SELECT * FROM service_reminders WHERE county = $1 AND next_day > 0 AND next_day <= $2 ORDER BY id", call.county,
             call.today()))
        told += remind(call, reminder);
    return told;
}

std::string run_reminder_job(Call& call, std::string const&, Progress& progress)
{
    std::int64_t told = 0;
    auto const own = call.county;
    if (is_daytime(call.now))
        for (auto const county :
            call.db.values<std::int64_t>("SELECT county AS value FROM counties WHERE county > 0 ORDER BY county")) {
            progress.check();
            call.county = county;
            told += remind_now(call);
        }
    call.county = own;
    db::Transaction transaction(call.db);
    keep_reminding(call);
    transaction.commit();
    return std::to_string(told);
}

void keep_reminding(Call& call) { run_again(call, reminder_job, "{}", {call.now.milliseconds + looks_every}); }

} // namespace concentric::service
