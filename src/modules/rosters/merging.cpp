#include "modules/rosters/merging.hpp"

#include "modules/rosters/access.hpp"
#include "modules/rosters/telling.hpp"

#include <set>

namespace concentric::rosters {
namespace {

// Nobody stands in two places at a time.
void leave_doubled_turns(Call& call, directory::PeopleMerged const& merged)
{
    static std::string const sql = shift_columns()
        + " WHERE s.county = $1 AND s.person = $3 AND s.state = 'planned' AND s.starts_at > $4 AND EXISTS (SELECT 1 FROM "
          "roster_shifts k WHERE k.county = s.county AND k.person = $2 AND k.starts_at < s.ends_at AND k.ends_at > s.starts_at) "
          "ORDER BY s.starts_at, s.id";
    std::set<std::int64_t> told;
    for (auto shift : call.db.rows<OwnedShift>(sql, call.county, merged.kept, merged.merged, call.now)) {
        shift.person = {};
        shift.is_pinned = false;
        store(call, shift);
        note(call, shift, ChangeKind::given_back, merged.merged, 0, "");
        if (shift.roster_state == RosterState::published && told.insert(shift.roster.value).second)
            tell_vouchers(call, shift.roster, {"有值勤空出来了，请补人。", "There are gaps to be filled."}, when_and_where(shift));
    }
    call.version.reset();
}

// What one record asked of the other has no sense any more.
void end_questions_to_oneself(Call& call, directory::PeopleMerged const& merged)
{
    call.db.execute("UPDATE roster_swaps SET state = 'withdrawn', answered_at = $4 WHERE county = $1 AND state = 'open' AND "
                    "((asked_by = $2 AND asked = $3) OR (asked_by = $3 AND asked = $2))",
        call.county, merged.kept, merged.merged, call.now);
}

void move_memberships(Call& call, directory::PeopleMerged const& merged)
{
    call.db.execute(
        "UPDATE roster_members SET is_leader = TRUE WHERE county = $1 AND person = $2 AND roster IN (SELECT roster FROM "
        "roster_members WHERE county = $1 AND person = $3 AND is_leader = TRUE)",
        call.county, merged.kept, merged.merged);
    call.db.execute("DELETE FROM roster_members WHERE county = $1 AND person = $3 AND roster IN (SELECT roster FROM roster_members "
                    "WHERE county = $1 AND person = $2)",
        call.county, merged.kept, merged.merged);
    call.db.execute(
        "UPDATE roster_members SET person = $2 WHERE county = $1 AND person = $3", call.county, merged.kept, merged.merged);
}

} // namespace

void people_merged(Call& call, directory::PeopleMerged const& merged)
{
    leave_doubled_turns(call, merged);
    end_questions_to_oneself(call, merged);
    move_memberships(call, merged);
    for (auto const* column : {"roster_shifts SET person", "roster_shifts SET entered_by", "roster_shifts SET signed_by",
             "roster_swaps SET asked_by", "roster_swaps SET asked", "roster_swaps SET answered_by",
             "roster_changes SET before_person", "roster_changes SET after_person", "roster_changes SET changed_by",
             "rosters SET created_by", "volunteer_notes SET person", "volunteer_corrections SET person"}) {
        std::string const text = column;
        call.db.execute("UPDATE " + text + " = $2 WHERE county = $1 AND " + text.substr(text.rfind(' ') + 1) + " = $3", call.county,
            merged.kept, merged.merged);
    }
}

} // namespace concentric::rosters
