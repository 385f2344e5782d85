#include "modules/ledger/stream.hpp"

#include "modules/directory/lookup.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace concentric::ledger {
namespace {

// Names of the catalogue, which this program wrote.
std::string listed(std::vector<std::string> const& kinds) { return fmt::format("'{}'", fmt::join(kinds, "', '")); }

// What is one of two: "AND …" where only those are asked for, "AND NOT …" where they are left out.
std::string condition_of(Share share, std::string_view what)
{
    if (share == Share::included)
        return "";
    return fmt::format("AND {}{} ", share == Share::alone ? "" : "NOT ", what);
}

constexpr std::string_view is_reversal = "e.reverses <> 0";
constexpr std::string_view is_reversed
    = "EXISTS (SELECT 1 FROM entries r WHERE r.county = e.county AND r.reverses = e.id AND r.reverses <> 0)";

std::string statement_for(Passage const& asked)
{
    static std::string const from
        = "SELECT e.* FROM entries e " + directory::joined_organisation("o", "e.county", "e.unit") + " WHERE e.county = $1 ";
    return fmt::format(
        "{}{}AND e.person <> 0 AND o.path >= $2 AND o.path < $3 AND e.id > $4 AND e.id < $5 AND e.recorded_at > $6 AND "
        "e.recorded_at <= $7 AND (e.source = $8 OR e.source LIKE $8 || ':%' OR $8 = '') AND e.kind IN ({}) {}{}{}"
        "ORDER BY e.id {} LIMIT $9",
        from, asked.about ? "AND (e.id = $10 OR (e.reverses = $10 AND e.reverses <> 0)) " : "AND $10 = 0 ", listed(asked.kinds),
        condition_of(asked.reversals, is_reversal), condition_of(asked.reversed, is_reversed),
        asked.people ? "AND e.person ANY_OF($11) " : "", asked.newest_first ? "DESC" : "");
}

} // namespace

std::vector<Entry> entries_in(Call& call, Passage const& asked)
{
    if (asked.kinds.empty() || (asked.people && asked.people->empty()))
        return {};
    auto const sql = statement_for(asked);
    auto const rows = [&](auto const&... more) {
        return call.db.rows<Entry>(sql, call.county, asked.path, asked.path_end, asked.after, asked.before, asked.since,
            asked.until, asked.source, asked.most, asked.about, more...);
    };
    return asked.people ? rows(db::IntegerList{*asked.people}) : rows();
}

std::vector<PersonTotal> totals_in(Call& call, TotalsAsked const& asked)
{
    return call.db.rows<PersonTotal>(
        fmt::format(
            "SELECT e.person, count(*) AS entries, CAST(SUM(e.minutes) AS BIGINT) AS minutes, MAX(e.happened_at) AS last_at "
            "FROM entries e WHERE e.county = $1 AND e.person > $6 AND {} AND e.happened_at >= $4 AND e.happened_at < $5 AND e.kind "
            "IN ({}) AND NOT {} AND NOT {} AND ($8 = '' OR EXISTS (SELECT 1 FROM people p WHERE p.county = e.county AND p.id = "
            "e.person AND p.search LIKE $8 ESCAPE '\\')) GROUP BY e.person ORDER BY e.person LIMIT $7",
            directory::is_below("e.county", "e.unit", "$2", "$3"), listed(asked.kinds), is_reversal, is_reversed),
        call.county, asked.path, asked.path_end, asked.from, asked.until, asked.after, asked.most, asked.name_like);
}

} // namespace concentric::ledger
