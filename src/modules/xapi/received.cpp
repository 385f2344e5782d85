#include "modules/xapi/received.hpp"

#include "modules/xapi/mentions.hpp"

#include <fmt/format.h>

// A record whose object is another one is found by what that other one says too, and so on from target to target; all conditions
// must be met by one and the same record of them (xAPI 1.0.3, Communication 2.1.3, Filter Conditions for StatementRefs). Targets
// are kept by their ids and followed when somebody asks, since they may come later than those that name them. Only what the same
// log-in sent is followed; a record that was taken back is not given, but those about it are.
namespace concentric::xapi {
namespace {

// Nobody's reading is slowed by an endless chain of records that name each other.
constexpr int most_steps = 100;

std::vector<Found> found_in(std::vector<StatementRow> rows)
{
    std::vector<Found> found;
    for (auto& row : rows)
        found.push_back({row.id.value, std::move(row.statement), row.stored_at});
    return found;
}

std::vector<Found> find_one(Call& call, Sender const& sender, Query const& query)
{
    return found_in(call.db.rows<StatementRow>(
        fmt::format(
            "SELECT * FROM xapi_statements WHERE county = $1 AND credential = $2 AND statement_id = $3 AND outcome {} 'voided'",
            query.is_voided ? "=" : "<>"),
        call.county, sender.id, query.statement_id));
}

// What was sent by the log-in under this name in a statement, and says what was asked for but for the agent.
std::string says(std::string_view record, Query const& query)
{
    auto const activity = fmt::format("({0}.activity = $4 OR $4 = '')", record);
    auto const related = fmt::format("({0}.activity = $4 OR EXISTS (SELECT 1 FROM xapi_mentions m WHERE m.county = $1 AND m.mark = "
                                     "$10 AND m.statement = {0}.id))",
        record);
    return fmt::format(
        "{0}.county = $1 AND {0}.credential = $2 AND ({0}.verb = $3 OR $3 = '') AND {1} AND ({0}.registration = $5 OR "
        "$5 = '')",
        record, query.with_related_activities && !query.activity.empty() ? related : activity + " AND $10 = ''");
}

// The page of those records s of which this is true.
std::string page_of(Query const& query, std::string_view condition)
{
    return fmt::format("SELECT s.* FROM xapi_statements s WHERE s.county = $1 AND s.credential = $2 AND s.outcome <> 'voided' AND "
                       "s.stored_at > $6 "
                       "AND s.stored_at <= $7 AND (s.id {} $8 OR $8 = 0) AND {} ORDER BY s.id {} LIMIT $9",
        query.is_ascending ? ">" : "<", condition, query.is_ascending ? "" : "DESC");
}

// Where an agent or a registration leaves few of many: those few, found by their indices, and from each on to those about it.
std::string from_the_few(Query const& query, bool has_agent)
{
    auto const few = has_agent
        ? fmt::format("t.id IN (SELECT a.id FROM xapi_statements a WHERE a.county = $1 AND a.actor = $11 UNION SELECT "
                      "m.statement FROM xapi_mentions m WHERE m.county = $1 AND m.mark = $11{})",
            query.with_related_agents ? "" : " AND m.is_direct")
        : "t.registration <> ''";
    constexpr auto those_about
        = "UNION SELECT r.id, r.statement_id FROM met JOIN xapi_statements r ON r.county = $1 AND r.target = "
          "met.statement_id AND r.target <> '' AND r.credential = $2";
    return fmt::format(
        "WITH RECURSIVE met(id, statement_id) AS (SELECT t.id, t.statement_id FROM xapi_statements t WHERE {} AND {} "
        "{}) {}",
        says("t", query), few, query.with_those_about ? those_about : "", page_of(query, "s.id IN (SELECT id FROM met)"));
}

// A verb or an activity is that of very many: they are walked in order until the page is full, and from each one that is about
// another down to what it is about.
std::string in_order(Query const& query)
{
    if (!query.with_those_about)
        return page_of(query, says("s", query));
    auto const about = fmt::format(
        "s.target <> '' AND EXISTS (WITH RECURSIVE chain(target, step) AS (SELECT s.target, 1 UNION ALL SELECT t.target, "
        "chain.step + "
        "1 FROM chain JOIN xapi_statements t ON t.county = $1 AND t.statement_id = chain.target AND t.credential = $2 WHERE "
        "t.target "
        "<> '' AND chain.step < {}) SELECT 1 FROM chain JOIN xapi_statements t ON t.statement_id = chain.target AND {})",
        most_steps, says("t", query));
    return page_of(query, fmt::format("(({}) OR ({}))", says("s", query), about));
}

} // namespace

std::vector<Found> find_received(Call& call, Sender const& sender, Query const& query)
{
    if (!query.statement_id.empty())
        return find_one(call, sender, query);
    auto const authority = identity_of(authority_of(sender)); // of every record of this log-in
    bool const is_about_all = query.with_related_agents && query.agent && query.agent->known_by == authority;
    bool const has_agent = query.agent && !is_about_all;
    bool const is_related = query.with_related_activities && !query.activity.empty();
    auto const related = is_related ? digest_of_activity(call, query.activity) : "";
    auto const rows = [&](std::string const& sql, auto const&... more) {
        return found_in(call.db.rows<StatementRow>(sql, call.county, sender.id, query.verb, query.activity, query.registration,
            query.since, query.until, query.from, query.limit + 1, related, more...));
    };
    if (has_agent)
        return rows(from_the_few(query, has_agent), digest_of_actor(call, query.agent->known_by));
    return rows(query.registration.empty() ? in_order(query) : from_the_few(query, has_agent));
}

} // namespace concentric::xapi
