#include "modules/visits/agenda.hpp"

#include "modules/directory/lookup.hpp"
#include "modules/visits/tables.hpp"

#include <fmt/format.h>

namespace concentric::visits {
namespace {

struct AgendaRow {
    VisitId id;
    std::string student_name;
    Wish wish = Wish::unknown;
    VisitState state = VisitState::asked;
    Instant starts_at, changed_at;
    std::int64_t minutes = 0, version = 0;
    PersonId person;
};
BOOST_DESCRIBE_STRUCT(AgendaRow, (), (id, student_name, wish, state, starts_at, changed_at, minutes, version, person))

std::string statement_for(std::string_view person, std::string_view from, std::string_view condition)
{
    return fmt::format("SELECT v.id, {} AS student_name, v.wish, v.state, v.starts_at, v.changed_at, v.minutes, v.version, {} AS "
                       "person FROM {} WHERE v.county = $1 AND v.starts_at < $4 AND v.starts_at > 0 AND v.starts_at + v.minutes * "
                       "60000 > $3 AND {} ORDER BY v.starts_at, v.id",
        directory::person_name_in("v.county", "v.student"), person, from, condition);
}

directory::Happening happening_of(Call const& call, AgendaRow const& row, bool is_team)
{
    directory::Happening one;
    one.kind = directory::HappeningKind::visit;
    one.id = fmt::format("visit-{}", row.id.value);
    one.title = call.say(row.wish == Wish::online ? Words{"线上家访", "Home visit on line"} : Words{"家访", "Home visit"});
    one.about = row.student_name;
    one.person = row.person;
    one.from = row.starts_at;
    one.until = {row.starts_at.milliseconds + row.minutes * minute};
    one.link = is_team ? fmt::format("/visits/{}", row.id.value) : "/my-visits";
    one.sequence = row.version;
    one.changed_at = row.changed_at;
    one.is_confidential = true;
    return one;
}

} // namespace

// A family sees what it was told, its team also what is only planned.
void add_happenings(Call& call, directory::HappeningsAsked const& asked)
{
    static std::string const of_team
        = statement_for("m.person", "visit_team_members m JOIN visits v ON v.county = m.county AND v.team = m.team",
            "m.county = $1 AND m.person ANY_OF($2) AND v.state IN ('planned', 'published', 'confirmed', 'done')");
    static std::string const of_family
        = statement_for("v.student", "visits v", "v.student ANY_OF($2) AND v.state IN ('published', 'confirmed', 'done')");
    for (bool const is_team : {true, false})
        for (auto const& row : call.db.rows<AgendaRow>(
                 is_team ? of_team : of_family, call.county, db::IntegerList{asked.people}, asked.from, asked.until))
            asked.items->push_back(happening_of(call, row, is_team));
}

} // namespace concentric::visits
