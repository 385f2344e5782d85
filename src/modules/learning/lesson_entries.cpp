#include "modules/learning/lesson_entries.hpp"

#include "modules/directory/kinship.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/ledger/recording.hpp"

#include <fmt/format.h>

namespace concentric::learning {
namespace {

struct Sitting {
    Instant from_at, until_at;
};
BOOST_DESCRIBE_STRUCT(Sitting, (), (from_at, until_at))

} // namespace

std::string_view entry_kind(Line line, bool is_compulsory)
{
    if (line != Line::staff)
        return "course.parent";
    return is_compulsory ? "course.required" : "course.elective";
}

static std::int64_t seconds_before(Call& call, Completion const& done)
{
    return call.db
        .value<std::int64_t>("SELECT CAST(COALESCE(SUM(length), 0) AS BIGINT) AS value FROM unit_progress WHERE county = $1 AND "
                             "person = $2 AND course = $3 AND completed_at > 0 AND unit <> $4",
            call.county, done.person, done.course, done.unit)
        .value_or(0);
}

// A parents' course is learnt for a child, in the child's class; a course for staff where one works. Whoever has neither learns at
// the owner's.
static void place(Call& call, OwnedCourse const& course, ledger::NewEntry& fact)
{
    std::vector<std::int64_t> const person{fact.person};
    auto const workplaces = directory::workplaces_of(call.db, call.county, person, call.today());
    auto const workplace = workplaces.find({fact.person});
    auto const children
        = course.line == Line::staff ? std::vector<directory::Child>{} : directory::children_of(call, {fact.person});
    fact.student = ledger::child_of(children, course.owner_path);
    auto const class_ = fact.student ? directory::class_of(call.db, call.county, {fact.student}) : std::nullopt;
    fact.unit = class_ ? class_->id.value : workplace != workplaces.end() ? workplace->second.id.value : course.owner.value;
}

ledger::NewEntry fact_of_course(Call& call, OwnedCourse const& course, std::string_view kind, PersonId person)
{
    ledger::NewEntry fact;
    fact.kind = kind;
    fact.happened_at = call.now;
    fact.person = fact.recorded_by = person.value;
    place(call, course, fact);
    return fact;
}

// When somebody sat over a lesson; nothing of it is asked for again.
static std::vector<ledger::Stretch> take_sittings(Call& call, Completion const& done)
{
    std::vector<ledger::Stretch> sittings;
    for (auto const& each : call.db.rows<Sitting>(
             "SELECT from_at, until_at FROM learner_sittings WHERE county = $1 AND person = $2 AND unit = $3 UNION SELECT since AS "
             "from_at, used_until AS until_at FROM learner_clocks WHERE county = $1 AND person = $2 AND unit = $3",
             call.county, done.person, done.unit))
        sittings.push_back({each.from_at, each.until_at});
    call.db.execute(
        "DELETE FROM learner_sittings WHERE county = $1 AND person = $2 AND unit = $3", call.county, done.person, done.unit);
    return sittings;
}

void note_lesson(Call& call, Completion const& done)
{
    auto const course = course_with(call, done.course).value();
    auto fact = fact_of_course(call, course, entry_kind(course.line, course.is_compulsory), done.person);
    fact.minutes = minutes_gained(seconds_before(call, done), done.seconds);
    fact.during = take_sittings(call, done);
    fact.source = fmt::format("learning:unit:{}", done.unit.value);
    fact.data = fmt::format(R"({{"course":"{}","unit":"{}"}})", done.course.value, done.unit.value);
    ledger::append(call, {&fact, 1});
}

} // namespace concentric::learning
