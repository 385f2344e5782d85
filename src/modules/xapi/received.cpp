#include "modules/xapi/received.hpp"

#include "core/id_time.hpp"
#include "modules/xapi/mentions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

// A record whose object is another one is found by what that other one says too, and so on from target to target; all conditions
// must be met by one and the same record of them (xAPI 1.0.3, Communication 2.1.3, Filter Conditions for StatementRefs). Targets
// are kept by their ids and followed when somebody asks, since they may come later than those that name them. Only what the same
// log-in sent is followed; a record that was taken back is not given, but those about it are.
//
// Where few records meet the conditions, the way goes from them up to those about them; where many do, the page is soon full, and
// the log-in's records are taken in order, down from those about others to what they are about. Neither walks a county.
namespace concentric::xapi {
namespace {

constexpr std::size_t few = 5000;
constexpr int most_steps = 100; // an endless chain of records that name each other slows nobody's reading
constexpr std::int64_t id_tolerance = 10 * 60'000; // between the servers that gave a record its id and its time
constexpr std::int64_t last_id = std::numeric_limits<std::int64_t>::max();

// What records must say, as the first parameters of every statement here.
struct Conditions {
    bool has_verb = false, has_activity = false, has_registration = false, has_agent = false, has_related_activity = false;
    std::string agent, related_activity; // digests
    std::string_view of_mention; // which mentions of the agent are meant

    bool are_none() const { return !has_verb && !has_activity && !has_registration && !has_agent; }
};

Conditions conditions_of(Call& call, Sender const& sender, Query const& query)
{
    Conditions made;
    auto const authority = identity_of(authority_of(sender)); // of every record of this log-in
    made.has_agent = query.agent && !(query.with_related_agents && query.agent->known_by == authority);
    if (made.has_agent)
        made.agent = digest_of_actor(call, query.agent->known_by);
    made.of_mention = query.with_related_agents ? "" : " AND m.is_direct";
    made.has_verb = !query.verb.empty();
    made.has_activity = !query.activity.empty();
    made.has_registration = !query.registration.empty();
    made.has_related_activity = made.has_activity && query.with_related_activities;
    if (made.has_related_activity)
        made.related_activity = digest_of_activity(call, query.activity);
    return made;
}

std::string mentions(std::string_view record, int mark, std::string_view which)
{
    return fmt::format("EXISTS (SELECT 1 FROM xapi_mentions m WHERE m.county = $1 AND m.mark = ${} AND m.statement = {}.id{})",
        mark, record, which);
}

// That the record under this name in a statement is the log-in's and says what was asked for.
std::string says(std::string_view record, Conditions const& asked)
{
    auto const given = [&](bool is_given, std::string_view column, int parameter) {
        return is_given ? fmt::format("{0}.{1} = ${2} AND {0}.{1} <> ''", record, column, parameter)
                        : fmt::format("${} = ''", parameter);
    };
    auto const activity = asked.has_related_activity ? fmt::format("({}.activity = $4 OR {})", record, mentions(record, 7, ""))
                                                     : given(asked.has_activity, "activity", 4) + " AND $7 = ''";
    auto const agent
        = asked.has_agent ? fmt::format("({}.actor = $6 OR {})", record, mentions(record, 6, asked.of_mention)) : "$6 = ''";
    return fmt::format("{0}.county = $1 AND {0}.credential = $2 AND {1} AND {2} AND {3} AND {4}", record,
        given(asked.has_verb, "verb", 3), activity, given(asked.has_registration, "registration", 5), agent);
}

// The same by the index that leaves least to look at.
std::string says_quickly(Conditions const& asked)
{
    constexpr auto one_of = " AND t.id IN (SELECT a.id FROM xapi_statements a WHERE a.county = $1 AND {} UNION SELECT m.statement "
                            "FROM xapi_mentions m WHERE m.county = $1 AND m.mark = ${}{})";
    auto const all = says("t", asked);
    if (asked.has_agent)
        return all + fmt::format(one_of, "a.actor = $6", 6, asked.of_mention);
    if (asked.has_related_activity && !asked.has_registration)
        return all + fmt::format(one_of, "a.credential = $2 AND a.activity = $4 AND a.activity <> ''", 7, "");
    return all;
}

// Records s are about one that says what was asked for. (The targets are looked up one by one: a join makes SQLite look at all
// records first.)
std::string are_about(Conditions const& asked)
{
    return fmt::format(
        "s.target <> '' AND EXISTS (WITH RECURSIVE chain(target, step) AS (SELECT s.target, 1 UNION ALL SELECT (SELECT t.target "
        "FROM "
        "xapi_statements t WHERE t.county = $1 AND t.statement_id = chain.target AND t.credential = $2), chain.step + 1 FROM chain "
        "WHERE chain.target <> '' AND chain.step < {}) SELECT 1 FROM chain WHERE EXISTS (SELECT 1 FROM xapi_statements t WHERE "
        "t.statement_id = chain.target AND {}))",
        most_steps, says("t", asked));
}

std::vector<Found> found_in(std::vector<StatementRow> rows)
{
    std::vector<Found> found;
    for (auto& row : rows)
        found.push_back({row.id.value, std::move(row.statement), row.stored_at});
    return found;
}

class Search {
public:
    Search(Call& call, Sender const& sender, Query const& query)
        : call_(call), sender_(sender), query_(query), asked_(conditions_of(call, sender, query))
    {
        bool const has_end = query.until.milliseconds < call.now.milliseconds;
        after_ = first_id_at({query.since.milliseconds - id_tolerance});
        before_ = has_end ? first_id_at({query.until.milliseconds + id_tolerance}) : last_id;
        if (query.from)
            (query.is_ascending ? after_ : before_) = query.from;
    }

    std::vector<Found> found() const
    {
        if (asked_.are_none())
            return page(says("s", asked_));
        auto const ids = the_few();
        return ids ? page(says("s", {}) + " AND s.id ANY_OF($13)", db::IntegerList{*ids}) : found_among_many();
    }

private:
    // All that say it themselves and all that are about them; nothing where these are many.
    std::optional<std::vector<std::int64_t>> the_few() const
    {
        auto latest = matching();
        std::set<std::int64_t> known(latest.begin(), latest.end());
        for (int step = 0; step < most_steps && query_.with_those_about && !latest.empty() && known.size() <= few; ++step) {
            latest = about(latest);
            std::erase_if(latest, [&](auto id) { return !known.insert(id).second; });
        }
        return known.size() <= few ? std::optional(std::vector(known.begin(), known.end())) : std::nullopt;
    }

    // Some of those that say it themselves; all, where they are few.
    std::vector<std::int64_t> matching() const
    {
        return call_.db.values<std::int64_t>(
            fmt::format("SELECT t.id AS value FROM xapi_statements t WHERE {} LIMIT {}", says_quickly(asked_), few + 1),
            call_.county, sender_.id, query_.verb, query_.activity, query_.registration, asked_.agent, asked_.related_activity);
    }

    std::vector<std::int64_t> about(std::vector<std::int64_t> const& ids) const
    {
        return call_.db.values<std::int64_t>(
            fmt::format("SELECT r.id AS value FROM xapi_statements t JOIN xapi_statements r ON r.county = t.county AND r.target = "
                        "t.statement_id AND r.target <> '' AND r.credential = $2 WHERE t.county = $1 AND t.id ANY_OF($3) LIMIT {}",
                few + 1),
            call_.county, sender_.id, db::IntegerList{ids});
    }

    // Each of the two has the order by an index of its own, which a condition with OR has not.
    std::vector<Found> found_among_many() const
    {
        auto all = page(says("s", asked_));
        if (!query_.with_those_about)
            return all;
        std::ranges::move(page(are_about(asked_)), std::back_inserter(all));
        auto const place = [&](Found const& each) { return query_.is_ascending ? each.place : -each.place; };
        std::ranges::sort(all, {}, place);
        auto const twice = std::ranges::unique(all, {}, &Found::place);
        all.erase(twice.begin(), twice.end());
        all.resize(std::min(all.size(), static_cast<std::size_t>(query_.limit) + 1));
        return all;
    }

    // Those of which the condition is true.
    template <class... More> std::vector<Found> page(std::string const& condition, More const&... more) const
    {
        auto const sql
            = fmt::format("SELECT s.* FROM xapi_statements s WHERE s.county = $1 AND s.credential = $2 AND {} AND s.outcome "
                          "<> 'voided' AND s.stored_at > $8 AND s.stored_at <= $9 AND s.id > $10 AND s.id < $11 ORDER BY "
                          "s.id {} LIMIT $12",
                condition, query_.is_ascending ? "" : "DESC");
        bool const is_by_list = sizeof...(More) > 0;
        auto const text = [&](std::string const& value) { return is_by_list ? std::string() : value; };
        return found_in(call_.db.rows<StatementRow>(sql, call_.county, sender_.id, text(query_.verb), text(query_.activity),
            text(query_.registration), text(asked_.agent), text(asked_.related_activity), query_.since, query_.until, after_,
            before_, query_.limit + 1, more...));
    }

    Call& call_;
    Sender const& sender_;
    Query const& query_;
    Conditions const asked_;
    std::int64_t after_ = 0, before_ = 0; // ids, both excluded
};

} // namespace

std::vector<Found> find_received(Call& call, Sender const& sender, Query const& query)
{
    if (query.statement_id.empty())
        return Search(call, sender, query).found();
    return found_in(call.db.rows<StatementRow>(
        fmt::format(
            "SELECT * FROM xapi_statements WHERE county = $1 AND credential = $2 AND statement_id = $3 AND outcome {} 'voided'",
            query.is_voided ? "=" : "<>"),
        call.county, sender.id, query.statement_id));
}

} // namespace concentric::xapi
