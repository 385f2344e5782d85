#include "modules/rosters/telling.hpp"

#include "core/recurring.hpp"
#include "modules/inbox/inbox.hpp"

#include <fmt/format.h>

#include <map>

namespace concentric::rosters {
namespace {

constexpr std::string_view reminder_job = "roster_reminders";
constexpr std::int64_t looks_every = 15 * minute;
constexpr std::int64_t evening = 18 * 60 * minute;

inbox::Letter letter_of(Words const& title, Words const& body) { return {inbox::LetterKind::activity, title, body, "/my-duties"}; }

std::string run_reminder_job(Call& call, std::string const&, Progress& progress)
{
    std::int64_t told = 0;
    auto const own = call.county;
    for (auto const county :
        call.db.values<std::int64_t>("SELECT county AS value FROM counties WHERE county > 0 ORDER BY county")) {
        progress.check();
        call.county = county;
        db::Transaction transaction(call.db);
        told += remind_now(call);
        transaction.commit();
    }
    call.county = own;
    db::Transaction transaction(call.db);
    keep_reminding_duties(call);
    transaction.commit();
    return std::to_string(told);
}

} // namespace

void tell_members(Call& call, std::span<std::int64_t const> people, Words const& title, Words const& body)
{
    std::vector<std::int64_t> others(people.begin(), people.end());
    std::erase(others, call.viewer.person.value);
    std::erase(others, 0);
    if (!others.empty())
        inbox::tell(call, others, letter_of(title, body));
}

void tell_member(Call& call, PersonId person, Words const& title, Words const& body)
{
    tell_members(call, std::span(&person.value, 1), title, body);
}

void tell_vouchers(Call& call, RosterId roster, Words const& title, Words const& body)
{
    auto const people = call.db.values<std::int64_t>("SELECT person AS value FROM roster_members WHERE county = $1 AND roster = $2 "
                                                     "AND is_leader = TRUE UNION SELECT created_by FROM rosters WHERE county = $1 "
                                                     "AND id = $2",
        call.county, roster);
    tell_members(call, people, title, body);
}

std::int64_t remind_now(Call& call)
{
    if (call.now.milliseconds - start_of(call.today()).milliseconds < evening)
        return 0;
    auto const tomorrow = plus_days(call.today(), 1);
    static std::string const sql = shift_columns()
        + " WHERE s.county = $1 AND s.reminded_at = 0 AND s.starts_at >= $2 AND s.starts_at < $3 AND s.person <> 0 AND s.state = "
          "'planned' AND r.state = 'published' ORDER BY s.starts_at, s.id";
    auto const shifts = call.db.rows<OwnedShift>(sql, call.county, start_of(tomorrow), start_of(plus_days(tomorrow, 1)));
    std::vector<std::int64_t> ids;
    std::map<std::int64_t, Words> lines;
    for (auto const& shift : shifts) {
        ids.push_back(shift.id.value);
        auto const words = when_and_where(shift);
        auto& line = lines[shift.person.value];
        line = {line.zh + (line.zh.empty() ? "" : "；") + words.zh, line.en + (line.en.empty() ? "" : "; ") + words.en};
    }
    std::vector<inbox::AddressedLetter> letters;
    for (auto const& [person, words] : lines)
        letters.push_back({letter_of({"明天轮到您值勤", "You are on duty tomorrow"}, words), {person}});
    inbox::tell_each(call, letters);
    call.db.execute("UPDATE roster_shifts SET reminded_at = $3 WHERE county = $1 AND id ANY_OF($2)", call.county,
        db::IntegerList{ids}, call.now);
    return static_cast<std::int64_t>(lines.size());
}

void keep_reminding_duties(Call& call) { run_again(call, reminder_job, "{}", {call.now.milliseconds + looks_every}); }

void handle_reminder_job(Jobs& jobs) { jobs.handle(std::string(reminder_job), run_reminder_job, JobLane::quick); }

} // namespace concentric::rosters
