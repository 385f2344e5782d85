#include "modules/delivery/queue.hpp"

#include <fmt/format.h>

#include <map>
#include <set>

namespace concentric::delivery {
namespace {

using milliseconds::day;
constexpr std::int64_t settled_after = minute; // what is told in a transaction that commits late is for the next digest
constexpr std::int64_t most_attempts = 3; // by one way
constexpr std::int64_t listed_for = 30 * day; // that nobody could be reached
constexpr std::int64_t figures_kept_days = 400;

std::int64_t minutes_of_day(Instant now) { return (now.milliseconds - start_of(day_at(now)).milliseconds) / minute; }

struct LastDigest {
    Day day;
    Instant until;
};
BOOST_DESCRIBE_STRUCT(LastDigest, (), (day, until))

struct Settled {
    inbox::LetterId letter;
    PersonId person;
};
BOOST_DESCRIBE_STRUCT(Settled, (), (letter, person))

bool is_digest_time(Call& call, std::optional<LastDigest> const& last)
{
    return minutes_of_day(call.now) >= settings().delivery_digest_time.minutes() && is_daytime(call.now)
        && (!last || last->day < call.today());
}

} // namespace

bool is_daytime(Instant now)
{
    auto const minutes = minutes_of_day(now);
    return minutes >= 7 * 60 && minutes < 21 * 60;
}

void letter_delivered(Call& call, inbox::LetterDelivered const& told)
{
    if (!told.is_urgent || !any_is_set_up())
        return;
    call.db.execute("INSERT INTO deliveries (county, letter, person, step, attempts, sent, due_at, since, is_over) "
                    "SELECT $1, $2, i.person, 0, 0, 0, $4, $5, FALSE FROM inbox_items i "
                    "WHERE i.county = $1 AND i.person ANY_OF($3) AND i.letter = $2 AND i.read_at = 0 ON CONFLICT DO NOTHING",
        call.county, told.letter, db::IntegerList{told.people},
        call.now.milliseconds + settings().delivery_urgent_minutes.value * minute, call.now);
}

void queue_digests(Call& call)
{
    auto const last = call.db.row<LastDigest>("SELECT day, until FROM delivery_digests WHERE county = $1", call.county);
    if (!is_digest_time(call, last))
        return;
    auto const since = last ? last->until : Instant{call.now.milliseconds - day};
    auto const until = Instant{call.now.milliseconds - settled_after};
    db::Transaction transaction(call.db);
    call.db.execute("INSERT INTO deliveries (county, letter, person, step, attempts, sent, due_at, since, is_over) "
                    "SELECT $1, 0, i.person, 0, 0, 0, $2, $3, FALSE FROM " CONCENTRIC_INBOX_ITEMS
                    " WHERE i.county = $1 AND " CONCENTRIC_INBOX_UNREAD
                    " AND i.at > $3 AND i.at <= $4 AND NOT l.is_urgent GROUP BY i.person ON CONFLICT DO NOTHING",
        call.county, call.now, since, until);
    call.db.execute("INSERT INTO delivery_digests (county, day, until) VALUES ($1, $2, $3) "
                    "ON CONFLICT (county) DO UPDATE SET day = excluded.day, until = excluded.until",
        call.county, call.today(), until);
    call.db.execute(
        "DELETE FROM delivery_figures WHERE county = $1 AND day < $2", call.county, plus_days(call.today(), -figures_kept_days));
    call.db.execute(
        "DELETE FROM deliveries WHERE county = $1 AND is_over AND since < $2", call.county, call.now.milliseconds - listed_for);
    transaction.commit();
}

std::vector<Due> due_now(Call& call, std::int64_t most)
{
    auto due
        = call.db.rows<Due>("SELECT letter, person, step, attempts, sent, since FROM deliveries WHERE county = $1 AND NOT is_over "
                            "AND letter <> 0 AND due_at <= $2 ORDER BY due_at LIMIT $3",
            call.county, call.now, most);
    auto const left = most - static_cast<std::int64_t>(due.size());
    if (left > 0 && is_daytime(call.now))
        for (auto const& each :
            call.db.rows<Due>("SELECT letter, person, step, attempts, sent, since FROM deliveries WHERE county = $1 "
                              "AND NOT is_over AND letter = 0 AND due_at <= $2 ORDER BY due_at LIMIT $3",
                call.county, call.now, left))
            due.push_back(each);
    return due;
}

void drop_settled(Call& call, std::vector<Due>& due)
{
    std::vector<std::int64_t> people;
    for (auto const& each : due)
        people.push_back(each.person.value);
    std::set<std::pair<inbox::LetterId, PersonId>> settled;
    for (auto const statement :
        {"DELETE FROM deliveries WHERE county = $1 AND person ANY_OF($2) AND NOT is_over AND letter <> 0 AND NOT EXISTS (SELECT 1 "
         "FROM " CONCENTRIC_INBOX_ITEMS " WHERE i.county = $1 AND i.person = deliveries.person AND i.letter = deliveries.letter "
         "AND " CONCENTRIC_INBOX_UNREAD ") RETURNING letter, person",
            "DELETE FROM deliveries WHERE county = $1 AND person ANY_OF($2) AND NOT is_over AND letter = 0 AND NOT EXISTS (SELECT "
            "1 FROM " CONCENTRIC_INBOX_ITEMS " WHERE i.county = $1 AND i.person = deliveries.person AND i.at > deliveries.since "
            "AND NOT l.is_urgent AND " CONCENTRIC_INBOX_UNREAD ") RETURNING letter, person"})
        for (auto const& gone : call.db.rows<Settled>(statement, call.county, db::IntegerList{people}))
            settled.insert({gone.letter, gone.person});
    std::erase_if(due, [&](Due const& each) { return settled.contains({each.letter, each.person}); });
}

std::optional<Next> next_after(Due const& due, Channel channel, Verdict verdict, Instant now)
{
    auto const here = static_cast<std::int64_t>(place_of(channel));
    bool const is_digest = !due.letter;
    if (verdict == Verdict::sent && is_digest)
        return std::nullopt;
    if (verdict == Verdict::sent)
        return Next{here + 1, 0, due.sent + 1, {now.milliseconds + settings().delivery_next_minutes.value * minute}};
    if (verdict == Verdict::later && due.attempts + 1 < most_attempts)
        return Next{here, due.attempts + 1, due.sent, {now.milliseconds + (minute << 2 * due.attempts)}};
    return Next{here + 1, 0, due.sent, now};
}

void record(Call& call, std::span<Result const> results)
{
    db::Batch changed, finished, over;
    std::map<std::array<std::string, 3>, std::int64_t> counted;
    for (auto const& [due, channel, outcome] : results) {
        std::string const channel_name(channel ? name_of(*channel) : "none");
        ++counted[{channel_name, channel ? std::string(name_of(outcome.verdict)) : "refused", outcome.reason}];
        auto const next = channel ? next_after(due, *channel, outcome.verdict, call.now) : std::nullopt;
        if (next)
            changed.add(call.county, due.letter, due.person, next->step, next->attempts, next->sent, next->due_at);
        else if (due.letter && !channel)
            over.add(call.county, due.letter, due.person);
        else
            finished.add(call.county, due.letter, due.person);
    }
    db::Batch figures;
    auto const today = call.today();
    for (auto const& [key, number] : counted)
        figures.add(call.county, today, key[0], key[1], key[2], number);
    db::Transaction transaction(call.db);
    changed.run(call.db,
        "UPDATE deliveries SET step = $4, attempts = $5, sent = $6, due_at = $7 WHERE county = $1 AND letter = $2 AND "
        "person = $3");
    over.run(call.db, "UPDATE deliveries SET is_over = TRUE WHERE county = $1 AND letter = $2 AND person = $3");
    finished.run(call.db, "DELETE FROM deliveries WHERE county = $1 AND letter = $2 AND person = $3");
    figures.run(call.db,
        "INSERT INTO delivery_figures (county, day, channel, verdict, reason, number) VALUES ($1, $2, $3, $4, $5, $6) "
        "ON CONFLICT (county, day, channel, verdict, reason) DO UPDATE SET number = delivery_figures.number + "
        "excluded.number");
    transaction.commit();
}

} // namespace concentric::delivery
