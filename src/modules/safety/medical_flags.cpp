#include "modules/safety/medical_flags.hpp"

#include "modules/families/rights.hpp"

#include <fmt/format.h>

namespace concentric::safety {
namespace {

FlagAnswer flag_of(Call& call, PersonId student)
{
    auto const row = call.db.row<FlagRow>("SELECT * FROM medical_flags WHERE county = $1 AND student = $2", call.county, student);
    if (!row)
        return {};
    auto const names = directory::names_of(call, {student.value, row->given_by.value});
    auto const name_of = [&](PersonId id) { return directory::name_in(names, id.value); };
    FlagView view;
    static_cast<FlagContent&>(view) = reflect::from_json<FlagContent>(row->words);
    view.student = {student, name_of(student)};
    view.given_by = {row->given_by, name_of(row->given_by)};
    view.changed_at = row->changed_at;
    return {std::move(view)};
}

void require_guardian(Call& call, PersonId child)
{
    call.audit_subject = fmt::format("person:{}", child.value);
    families::require_right(call, child, families::Right::sign);
}

} // namespace

FlagAnswer show_own_flag(Call& call, OneChild const& input)
{
    require_guardian(call, input.id);
    return flag_of(call, input.id);
}

FlagAnswer save_flag(Call& call, SaveFlag const& input)
{
    require_guardian(call, input.id);
    SealedText const words(to_json(static_cast<FlagContent const&>(input)));
    call.db.execute("INSERT INTO medical_flags (county, student, words, given_by, changed_at) VALUES ($1, $2, $3, $4, $5) ON "
                    "CONFLICT (county, student) DO UPDATE SET words = $3, given_by = $4, changed_at = $5",
        call.county, input.id, words, call.viewer.person, call.now);
    return flag_of(call, input.id);
}

FlagAnswer remove_flag(Call& call, OneChild const& input)
{
    require_guardian(call, input.id);
    call.db.execute("DELETE FROM medical_flags WHERE county = $1 AND student = $2", call.county, input.id);
    return {};
}

FlagAnswer show_flag(Call& call, OneChild const& input)
{
    auto const unit = directory::class_of(call.db, call.county, input.id);
    if (!unit || !is_in_charge_today(call, input.id, unit->path))
        throw not_found(the_pupil);
    call.audit_subject = fmt::format("person:{}", input.id.value);
    return flag_of(call, input.id);
}

std::vector<std::int64_t> flagged_among(Call& call, std::vector<std::int64_t> const& students)
{
    return call.db.values<std::int64_t>(
        "SELECT student AS value FROM medical_flags WHERE county = $1 AND student ANY_OF($2) ORDER BY student", call.county,
        db::IntegerList{students});
}

} // namespace concentric::safety
