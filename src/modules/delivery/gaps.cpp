#include "modules/delivery/gaps.hpp"

#include "lib/each_once.hpp"
#include "lib/workbook.hpp"
#include "modules/delivery/addresses.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/kinship.hpp"
#include "modules/directory/members.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace concentric::delivery {
namespace {

struct MemberRow {
    std::int64_t subject = 0;
    OrganisationId unit;
    bool is_unreached = false;
};
BOOST_DESCRIBE_STRUCT(MemberRow, (), (subject, unit, is_unreached))

// At or below the path, today; somebody of several classes more than once.
std::vector<MemberRow> members(Call& call, directory::SubjectKind kind, std::string const& path)
{
    auto const query = fmt::format("SELECT m.subject, m.unit, {} AS is_unreached FROM ({}) m WHERE m.path >= $2 AND m.path < $3 "
                                   "AND m.from_day <= $4 AND m.to_day >= $4",
        is_beyond_reach("$1", "m.subject"), directory::members_query(kind));
    return call.db.rows<MemberRow>(query, call.county, path, directory::path_end(path), call.today());
}

struct Place {
    std::string name;
    std::vector<std::int64_t> people, unreached;
};

std::int64_t count_once(std::vector<std::int64_t>& people)
{
    return static_cast<std::int64_t>(lib::each_once(std::move(people)).size());
}

// Where the people of each unit count: those of a class at its school, those of an office there.
std::unordered_map<OrganisationId, directory::OrganisationRef> places_of_units(Call& call, std::vector<MemberRow> const& rows)
{
    std::vector<std::int64_t> ids;
    for (auto const& row : rows)
        ids.push_back(row.unit.value);
    auto places = directory::organisations(call.db, call.county, lib::each_once(std::move(ids)));
    std::vector<std::string> paths;
    for (auto const& [id, unit] : places)
        paths.push_back(unit.path);
    auto const schools = directory::schools_above(call, paths);
    auto school = schools.begin();
    for (auto& [id, unit] : places) {
        if (school->id)
            unit = *school;
        ++school;
    }
    return places;
}

struct Pupil {
    PersonId subject;
    std::string name;
    OrganisationId unit;
};
BOOST_DESCRIBE_STRUCT(Pupil, (), (subject, name, unit))

// Pupils of these classes of whose carers none is reached, in the order of the classes and by name.
std::vector<Pupil> unreached_pupils(Call& call, std::span<directory::OrganisationRef const> classes)
{
    std::vector<std::int64_t> ids;
    std::unordered_map<OrganisationId, std::size_t> place;
    for (auto const& unit : classes) {
        place[unit.id] = ids.size();
        ids.push_back(unit.id.value);
    }
    static std::string const query = fmt::format(
        "SELECT m.subject, m.name, m.unit FROM ({}) m WHERE m.unit ANY_OF($2) AND m.from_day <= $3 AND m.to_day >= $3 "
        "AND {}",
        directory::members_query(directory::SubjectKind::student),
        directory::has_no_carer_with("$1", "m.subject", "NOT " + is_beyond_reach("$1", "c.carer")));
    auto pupils = call.db.rows<Pupil>(query, call.county, db::IntegerList{ids}, call.today());
    std::ranges::sort(pupils, {}, [&](Pupil const& pupil) { return std::tuple(place.at(pupil.unit), pupil.name, pupil.subject); });
    return pupils;
}

// Where the page goes on that ended with this pupil; past all classes when they are at school no longer.
std::size_t class_to_go_on_in(Call& call, std::vector<directory::OrganisationRef> const& classes, std::optional<PersonId> after)
{
    if (!after)
        return 0;
    auto const unit = directory::class_of(call.db, call.county, *after);
    auto const found = std::ranges::find(classes, unit ? unit->id : OrganisationId{}, &directory::OrganisationRef::id);
    return static_cast<std::size_t>(found - classes.begin());
}

// Up to `most` pupils after one. Few classes are asked for at first, and then ever more, since as a rule nearly everybody is
// reached.
std::vector<Pupil> unreached_after(Call& call, std::string const& path, std::optional<PersonId> after, std::size_t most)
{
    auto const classes = directory::classes_below(call.db, call.county, path);
    std::vector<Pupil> found;
    auto at = class_to_go_on_in(call, classes, after);
    for (std::size_t step = 8; at < classes.size() && found.size() < most; step *= 2) {
        auto const some = std::span(classes).subspan(at, std::min(step, classes.size() - at));
        auto pupils = unreached_pupils(call, some);
        auto const first = after ? std::exchange(after, std::nullopt) : std::nullopt;
        auto const last_seen = first ? std::ranges::find(pupils, *first, &Pupil::subject) : pupils.end();
        std::ranges::move(last_seen == pupils.end() ? pupils.begin() : last_seen + 1, pupils.end(), std::back_inserter(found));
        at += some.size();
    }
    found.resize(std::min(found.size(), most));
    return found;
}

} // namespace

Gaps list_gaps(Call& call, Nothing const&)
{
    auto rows = members(call, directory::SubjectKind::carer, call.viewer.path);
    std::ranges::move(members(call, directory::SubjectKind::staff, call.viewer.path), std::back_inserter(rows));
    auto const place_of = places_of_units(call, rows);
    std::map<OrganisationId, Place> places;
    Place all;
    for (auto const& row : rows) {
        auto const& where = place_of.at(row.unit);
        auto& place = places[where.id];
        place.name = where.name;
        for (auto* const one : {&place, &all}) {
            one->people.push_back(row.subject);
            if (row.is_unreached)
                one->unreached.push_back(row.subject);
        }
    }
    Gaps gaps;
    for (auto& [id, place] : places)
        gaps.items.push_back({id, place.name, count_once(place.people), count_once(place.unreached)});
    std::ranges::stable_sort(gaps.items, std::greater(), &Gap::unreached);
    gaps.people = count_once(all.people);
    gaps.unreached = count_once(all.unreached);
    return gaps;
}

Page<UnreachedFamily> list_unreached_families(Call& call, AskFamilies const& input)
{
    auto const path = directory::path_of(call, input.organisation).value_or("");
    call.require_reach(path, {"机构", "organisation"});
    auto const limit = static_cast<std::size_t>(input.limit.value_or(Limit{50}).value);
    auto pupils = unreached_after(call, path, input.after, limit + 1);
    Page<UnreachedFamily> page;
    if (pupils.size() > limit) {
        pupils.pop_back();
        page.next = std::to_string(pupils.back().subject.value);
    }
    std::vector<std::int64_t> students, units, people;
    for (auto const& pupil : pupils) {
        students.push_back(pupil.subject.value);
        units.push_back(pupil.unit.value);
    }
    auto const links = directory::carer_links_of(call, students);
    for (auto const& link : links)
        people.push_back(link.carer.value);
    auto const names = directory::names_of(call, people);
    auto const classes = directory::organisations(call.db, call.county, units);
    for (auto const& pupil : pupils) {
        auto& family = page.items.emplace_back(UnreachedFamily{pupil.subject, pupil.name, classes.at(pupil.unit).name, {}});
        for (auto const& link : links)
            if (link.student == pupil.subject)
                family.carers.push_back(directory::name_in(names, link.carer.value));
        std::ranges::sort(family.carers);
    }
    return page;
}

Download export_gaps(Call& call, Nothing const& input)
{
    lib::WorkbookWriter workbook;
    std::array const headings{
        call.say({"单位", "Organisation"}), call.say({"人数", "People"}), call.say({"联系不到", "Not reached"})};
    workbook.add_sheet(call.say({"联系不到的人数", "Not reached"}), headings);
    for (auto const& gap : list_gaps(call, input).items)
        workbook.add_row({gap.name, gap.people, gap.unreached});
    return {workbook.finish(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        call.say({"联系不到的人数.xlsx", "not-reached.xlsx"})};
}

Routes gap_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/delivery-gaps", send_notices, "delivery_gap_list",
            "How many people no channel reaches, by organisation", list_gaps),
        route(Verb::get, "/api/delivery-gaps/{organisation}/families", send_notices, "delivery_gap_family_list",
            "Pupils of an organisation of whose carers no channel reaches even one", list_unreached_families)
            .as_personal_file(),
        route(Verb::get, "/api/delivery-gaps.xlsx", send_notices, "delivery_gap_export", "The same as a file", export_gaps),
    };
}

} // namespace concentric::delivery
