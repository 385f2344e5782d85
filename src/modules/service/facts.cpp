#include "modules/service/facts.hpp"

#include "modules/activities/served.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/plan/catalogue.hpp"

#include <charconv>
#include <map>
#include <unordered_set>

namespace concentric::service {
namespace {

// "activities:17:1" is of event 17; 0 for what came from elsewhere.
activities::ActivityId event_in(std::string_view source)
{
    constexpr std::string_view start = "activities:";
    activities::ActivityId id;
    if (source.starts_with(start))
        std::from_chars(source.data() + start.size(), source.data() + source.size(), id.value);
    return id;
}

using ByEvent = std::map<activities::ActivityId, std::vector<activities::Served>>;

ByEvent times_of(Call& call, PersonId student, Day from, Day to)
{
    ByEvent events;
    for (auto& row : activities::served_by(call, {student.value}, {start_of(from), start_of(plus_days(to, 1))}))
        events[row.activity].push_back(std::move(row));
    return events;
}

void fill_event(ServedFact& fact, std::vector<activities::Served> const& rows)
{
    fact.title = rows.front().title;
    fact.base_name = rows.front().organiser_name;
    fact.from_at = rows.front().from_at;
    fact.until_at = rows.front().until_at;
    fact.is_by_hand = true;
    for (auto const& row : rows) {
        fact.until_at = std::max(*fact.until_at, row.until_at);
        fact.is_by_hand = fact.is_by_hand && row.source == activities::PresenceSource::list;
    }
}

std::string name_of_kind(Call& call, std::string_view name)
{
    auto const* const kind = plan::find_kind(name);
    return kind ? call.say({kind->zh, kind->en}) : std::string(name);
}

} // namespace

std::vector<ServedFact> facts_of(Call& call, PersonId student, Day from, Day to)
{
    auto const entries = ledger::entries_about(call.db, call.county, student.value);
    std::unordered_set<std::int64_t> taken_back;
    for (auto const& entry : entries)
        taken_back.insert(entry.reverses);
    auto const events = times_of(call, student, from, to);
    std::vector<ServedFact> facts;
    for (auto const& entry : entries) {
        auto const day = day_at(entry.happened_at);
        if (!entry.kind.starts_with("service.") || entry.student != student.value || entry.reverses || day < from || to < day
            || taken_back.contains(entry.id.value))
            continue;
        ServedFact fact;
        fact.entry = entry.id;
        fact.on = day;
        fact.kind = entry.kind;
        fact.kind_name = name_of_kind(call, entry.kind);
        fact.minutes = entry.minutes;
        if (auto const found = events.find(event_in(entry.source)); found != events.end())
            fill_event(fact, found->second);
        if (auto const base = entry.resource ? directory::organisation(call.db, call.county, {entry.resource}) : std::nullopt)
            fact.base_name = base->name;
        facts.push_back(std::move(fact));
    }
    return facts;
}

std::int64_t minutes_of(std::vector<ServedFact> const& facts)
{
    std::int64_t sum = 0;
    for (auto const& fact : facts)
        sum += fact.minutes;
    return sum;
}

} // namespace concentric::service
