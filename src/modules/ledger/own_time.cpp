#include "modules/ledger/own_time.hpp"

#include "core/holding.hpp"

#include <algorithm>

namespace concentric::ledger {
namespace {

using milliseconds::minute;

std::int64_t whole_minutes(std::int64_t milliseconds) { return (milliseconds + minute / 2) / minute; }

std::int64_t owner_of(NewEntry const& fact) { return fact.person ? fact.person : fact.student; }

std::vector<std::int64_t> numbers_of(std::span<EntryId const> entries)
{
    std::vector<std::int64_t> numbers;
    for (auto const id : entries)
        numbers.push_back(id.value);
    return numbers;
}

std::vector<Stretch> times_of(std::vector<OwnTimeRow> const& rows)
{
    std::vector<Stretch> times;
    for (auto const& row : rows)
        times.push_back({row.from_at, row.until_at});
    return united(std::move(times));
}

} // namespace

OwnTime::OwnTime(Call& call, std::span<NewEntry const> facts)
{
    Instant from{std::numeric_limits<std::int64_t>::max()}, until;
    std::vector<std::int64_t> people;
    for (auto const& fact : facts)
        for (auto const& each : fact.during) {
            from = std::min(from, each.from);
            until = std::max(until, each.until);
            people.push_back(owner_of(fact));
        }
    if (people.empty())
        return;
    hold_all(call.db, call.county, Held::own_time, people);
    for (auto& row :
        call.db.rows<OwnTimeRow>("SELECT county, person, until_at, from_at, entry FROM own_times WHERE county = $1 AND "
                                 "person ANY_OF($2) AND until_at > $3 AND from_at < $4",
            call.county, db::IntegerList{people}, from, until))
        taken_[row.person].push_back(row);
}

void OwnTime::cut(NewEntry const& fact, Entry& entry)
{
    auto const owner = owner_of(fact);
    auto const whole = united(fact.during);
    if (owner == 0 || whole.empty())
        return;
    auto& taken = taken_[owner];
    auto const own = without(whole, times_of(taken));
    std::map<EntryId, std::int64_t> shared;
    for (auto const& other : taken)
        for (auto const& each : whole)
            shared[other.entry] += shared_by({other.from_at, other.until_at}, each);
    for (auto const& [other, time] : shared)
        if (whole_minutes(time) > 0)
            shared_.push_back({entry.county, entry.id, other, whole_minutes(time)});
    entry.minutes = (entry.minutes * length_of(own) + length_of(whole) / 2) / length_of(whole);
    for (auto const& each : own) {
        taken.push_back({entry.county, owner, each.until, each.from, entry.id});
        own_.push_back(taken.back());
    }
}

void OwnTime::store(Call& call, std::set<EntryId> const& added)
{
    std::erase_if(own_, [&](auto const& row) { return !added.contains(row.entry); });
    std::erase_if(shared_, [&](auto const& row) { return !added.contains(row.entry); });
    if (!own_.empty())
        call.db.load("own_times", own_);
    if (!shared_.empty())
        call.db.load("shared_times", shared_);
}

void free_time_of(Call& call, std::span<EntryId const> entries)
{
    call.db.execute(
        "DELETE FROM own_times WHERE county = $1 AND entry ANY_OF($2)", call.county, db::IntegerList{numbers_of(entries)});
}

std::map<EntryId, std::vector<Stretch>> own_time_of(Call& call, std::span<EntryId const> entries)
{
    std::map<EntryId, std::vector<Stretch>> times;
    for (auto const& row :
        call.db.rows<OwnTimeRow>("SELECT county, person, until_at, from_at, entry FROM own_times WHERE county = $1 "
                                 "AND entry ANY_OF($2) ORDER BY entry, until_at",
            call.county, db::IntegerList{numbers_of(entries)}))
        times[row.entry].push_back({row.from_at, row.until_at});
    return times;
}

} // namespace concentric::ledger
