#pragma once

#include "core/jobs.hpp"
#include "modules/service/meter.hpp"
#include "modules/service/rules.hpp"

// Letters to the families of pupils who are short of the plan's hours: once, or again and again until a day. Whoever is done hears
// nothing.
namespace concentric::service {

struct SetReminder {
    std::optional<OrganisationId> unit; // the viewer's organisation when it is left out
    Day due; // until when the hours should be reached: nobody is reminded later
    std::optional<Day> first; // today when it is left out
    std::optional<Within<0, 90>> every_days; // once when it is left out or 0; else at least a week apart
};
BOOST_DESCRIBE_STRUCT(SetReminder, (), (unit, due, first, every_days))
void check(SetReminder const&, Problems&);

struct ReminderView {
    ReminderId id;
    ledger::NamedOrganisation unit;
    Day due;
    std::optional<Day> next; // none: over
    std::int64_t every_days = 0, told = 0;
    std::string set_by;
    Instant set_at;
};
BOOST_DESCRIBE_STRUCT(ReminderView, (), (id, unit, due, next, every_days, told, set_by, set_at))

struct ListReminders {
    std::optional<ReminderId> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListReminders, (), (after, limit))
struct OneReminder {
    ReminderId id;
};
BOOST_DESCRIBE_STRUCT(OneReminder, (), (id))

// One of a unit at a time: another one for it takes its place.
ReminderView set_reminder(Call&, SetReminder const&);
Page<ReminderView> list_reminders(Call&, ListReminders const&);
Nothing remove_reminder(Call&, OneReminder const&);

inline constexpr std::string_view reminder_job = "service.remind";
std::string run_reminder_job(Call&, std::string const&, Progress&);
// Writes the letters that are due in the call's county; gives how many families were written to.
std::int64_t remind_now(Call&);
// At start of a server.
void keep_reminding(Call&);

} // namespace concentric::service
