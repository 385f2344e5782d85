#include "modules/forms/turnout.hpp"

#include "lib/each_once.hpp"
#include "modules/directory/counted_pupils.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/members.hpp"
#include "modules/directory/natural_order.hpp"

#include <algorithm>

namespace concentric::forms {
namespace {

// Up to so many are asked for one by one; of more, all of the form or county are read as they lie.
constexpr std::size_t few = 2000;

struct TurnRow {
    std::int64_t subject = 0, household = 0;
};
BOOST_DESCRIBE_STRUCT(TurnRow, (), (subject, household))

std::vector<directory::CountedPupil> pupils_in(Call& call, std::vector<PathRange> const& ranges)
{
    std::vector<directory::CountedPupil> pupils;
    for (auto const& range : ranges)
        std::ranges::copy(directory::counted_pupils(call, range.path, call.today()), std::back_inserter(pupils));
    return pupils;
}

std::unordered_map<std::int64_t, std::int64_t> families_of(Call& call, std::vector<directory::CountedPupil> const& pupils)
{
    std::vector<std::int64_t> students;
    if (pupils.size() <= few)
        for (auto const& pupil : pupils)
            students.push_back(pupil.student);
    std::unordered_map<std::int64_t, std::int64_t> families;
    families.reserve(pupils.size());
    for (auto const& kin : students.empty() ? directory::all_families_of_students(call.db, call.county)
                                            : directory::families_of_students(call.db, call.county, students))
        families.emplace(kin.person, kin.family);
    return families;
}

std::vector<Seat> seats_of_children(std::vector<directory::CountedPupil> const& pupils)
{
    std::vector<Seat> seats;
    for (auto const& pupil : pupils)
        seats.push_back({pupil.unit, {pupil.student, 0}});
    return seats;
}

std::vector<Seat> seats_of_homes(Call& call, std::vector<directory::CountedPupil> const& pupils)
{
    auto const families = families_of(call, pupils);
    auto const others = directory::households_beside_first(call);
    std::vector<Seat> seats;
    seats.reserve(pupils.size());
    for (auto const& pupil : pupils) {
        auto const family = families.find(pupil.student);
        auto const subject = subject_of(pupil.student, family == families.end() ? 0 : family->second);
        auto const homes = std::ranges::equal_range(others, PersonId{pupil.student}, {}, &directory::HouseholdOfPupil::student);
        if (homes.empty())
            seats.push_back({pupil.unit, {subject, 1}});
        for (auto const& home : homes)
            seats.push_back({pupil.unit, {subject, home.household}});
    }
    return seats;
}

std::vector<Seat> seats_of_staff(Call& call, FormRow const& form, std::vector<PathRange> const& ranges)
{
    std::vector<Seat> seats;
    for (auto const& one : asked_in(call, form, ranges))
        seats.push_back({one.unit, one.turn});
    return seats;
}

std::string taken_sql(FormRow const& form)
{
    return form.purpose == FormPurpose::commitment
        ? "SELECT student AS subject, CAST(0 AS BIGINT) AS household FROM form_signatures WHERE county = $1 AND form = $2"
        : "SELECT subject, household FROM form_answers WHERE county = $1 AND form = $2";
}

std::vector<TurnRow> rows_taken(Call& call, FormRow const& form, std::vector<Turn> const& turns)
{
    if (turns.size() > few)
        return call.db.rows<TurnRow>(taken_sql(form), call.county, form.id);
    std::vector<std::int64_t> subjects;
    for (auto const& turn : turns)
        subjects.push_back(turn.subject);
    auto const* const subject = form.purpose == FormPurpose::commitment ? "student" : "subject";
    return call.db.rows<TurnRow>(
        taken_sql(form) + " AND " + subject + " ANY_OF($3)", call.county, form.id, db::IntegerList{subjects});
}

// The organisation directly below the path in which each unit lies; units that stand at the path itself are left out.
std::unordered_map<OrganisationId, OrganisationId> units_below(Call& call, std::string_view path, std::vector<Seat> const& seats)
{
    std::vector<std::int64_t> ids;
    for (auto const& seat : seats)
        if (ids.empty() || ids.back() != seat.unit.value)
            ids.push_back(seat.unit.value);
    ids = lib::each_once(std::move(ids));
    std::unordered_map<OrganisationId, OrganisationId> below;
    for (auto const& [id, unit] : directory::organisations(call.db, call.county, ids))
        if (unit.path.size() > path.size())
            below[id] = {directory::ids_in(unit.path.substr(path.size() - 1)).front()};
    return below;
}

} // namespace

std::vector<Seat> seats_in(Call& call, FormRow const& form, std::vector<PathRange> const& ranges)
{
    if (form.audience == FormAudience::staff)
        return seats_of_staff(call, form, ranges);
    auto const pupils = pupils_in(call, ranges);
    return form.audience == FormAudience::families ? seats_of_homes(call, pupils) : seats_of_children(pupils);
}

std::vector<Turn> turns_at(std::vector<Seat> const& seats)
{
    std::vector<Turn> turns;
    turns.reserve(seats.size());
    for (auto const& seat : seats)
        turns.push_back(seat.turn);
    return lib::each_once(std::move(turns));
}

std::vector<Turn> taken_of(Call& call, FormRow const& form, std::vector<Turn> const& turns)
{
    std::vector<Turn> answered, taken;
    for (auto const& row : rows_taken(call, form, turns))
        answered.push_back({row.subject, row.household});
    std::ranges::sort(answered);
    std::ranges::set_intersection(turns, answered, std::back_inserter(taken));
    return taken;
}

std::vector<UnitTurnout> turnout_below(
    Call& call, std::string_view path, std::vector<Seat> const& seats, std::vector<Turn> const& taken)
{
    auto const below = units_below(call, path, seats);
    std::vector<Seat> once;
    for (auto const& seat : seats)
        if (auto const unit = below.find(seat.unit); unit != below.end())
            once.push_back({unit->second, seat.turn});
    once = lib::each_once(std::move(once));
    std::vector<std::int64_t> ids;
    for (auto const& seat : once)
        if (ids.empty() || ids.back() != seat.unit.value)
            ids.push_back(seat.unit.value);
    auto const units = directory::organisations(call.db, call.county, ids);
    std::vector<UnitTurnout> turnout;
    for (auto const& seat : once) {
        if (turnout.empty() || turnout.back().unit.id != seat.unit)
            turnout.push_back({units.at(seat.unit)});
        ++turnout.back().asked;
        turnout.back().answered += std::ranges::binary_search(taken, seat.turn);
    }
    std::ranges::sort(turnout, {}, [](auto const& one) { return directory::natural_key(one.unit.name); });
    return turnout;
}

} // namespace concentric::forms
