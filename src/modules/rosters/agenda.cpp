#include "modules/rosters/agenda.hpp"

#include "modules/rosters/access.hpp"

#include <fmt/format.h>

namespace concentric::rosters {

void add_happenings(Call& call, directory::HappeningsAsked const& asked)
{
    static std::string const sql = shift_columns()
        + " WHERE s.county = $1 AND s.person ANY_OF($2) AND s.person <> 0 AND s.starts_at < $4 AND s.ends_at > $3 AND r.state <> "
          "'draft' "
          "ORDER BY s.starts_at, s.id";
    for (auto const& row : call.db.rows<OwnedShift>(sql, call.county, db::IntegerList{asked.people}, asked.from, asked.until)) {
        directory::Happening one;
        one.kind = directory::HappeningKind::duty;
        one.id = fmt::format("duty-{}", row.id.value);
        one.title = fmt::format("{} · {}", row.roster_title, row.post_name);
        one.person = row.person;
        one.from = row.starts_at;
        one.until = row.ends_at;
        one.place = row.place;
        one.link = "/my-duties";
        one.sequence = row.version;
        one.changed_at = row.changed_at;
        asked.items->push_back(std::move(one));
    }
}

} // namespace concentric::rosters
