#include "modules/directory/roster.hpp"

#include "modules/directory/oneroster.hpp"
#include "modules/directory/person_data.hpp"
#include "modules/directory/posts.hpp"
#include "modules/directory/roster_match.hpp"
#include "modules/directory/roster_undo.hpp"

namespace concentric::directory {

RosterWork::RosterWork(Call& with, imports::Source const& from, imports::Preview& to, Progress& how_far)
    : call(with), source(from), preview(to), progress(how_far), units(with.db, with.county, from.path, with.today()),
      roll(with.db, with.county), details(with)
{
    std::unordered_map<OrganisationId, OrganisationId> schools;
    for (auto const& unit : units.units())
        if (unit.kind == "class")
            if (auto const* const school = units.school_above(unit))
                schools[unit.id] = school->id;
    roll.enter_schools(schools);
}

namespace {

std::unique_ptr<imports::Proposal> match(Call& call, imports::Source const& source, imports::Preview& preview, Progress& progress)
{
    RosterWork work(call, source, preview, progress);
    PeopleMatch people(work);
    for (auto const& table : source.tables) {
        if (table.kind().kind == "organisations")
            match_organisations(work, table);
        else if (table.kind().kind == "staff")
            match_staff(work, people, table);
        else
            match_pupils(work, people, table);
    }
    people.finish();
    work.plan.details = work.details.changes();
    return std::move(work.owned_plan);
}

struct PlaceRow {
    OrganisationId id;
    std::string kind, name, path;
};
BOOST_DESCRIBE_STRUCT(PlaceRow, (), (id, kind, name, path))

void answer_places(Call& call, imports::PlacesAsked const& asked)
{
    for (auto& row : call.db.rows<PlaceRow>("SELECT id, kind, name, path FROM organisations WHERE county = $1 AND id ANY_OF($2)",
             call.county, db::IntegerList{asked.organisations}))
        asked.found->organisations[row.id.value] = {row.id, row.kind, row.name, row.path};
    if (std::find(asked.organisations.begin(), asked.organisations.end(), 0) != asked.organisations.end())
        if (auto const top
            = call.db.row<PlaceRow>("SELECT id, kind, name, path FROM organisations WHERE county = $1 AND path >= $2 AND path < $3 "
                                    "ORDER BY length(path), id LIMIT 1",
                call.county, call.viewer.path, call.viewer.path_end()))
            asked.found->organisations[0] = {top->id, top->kind, top->name, top->path};
    for (auto& [id, name] : names_of(call, asked.people))
        asked.found->people[id] = name;
}

} // namespace

imports::Importer roster_importer()
{
    return {"roster", {"花名册", "Roster"}, Permission::import_roster, roster_sheets(), match, undo_roster, read_roster_file};
}

void set_up(Events& events)
{
    imports::add_importer(roster_importer());
    events.subscribe<imports::PlacesAsked>(answer_places);
    events.subscribe<PersonDataAsked>(add_person_data);
    events.subscribe<PersonErased>(erase_person);
}

} // namespace concentric::directory
