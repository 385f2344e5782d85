#include "modules/privacy/askable.hpp"

#include "modules/directory/lookup.hpp"

namespace concentric::privacy {
namespace {

constexpr std::int64_t shown_at_most = 20;

// The school that the post stands in or below; else the post's own organisation.
std::string askable_path(Call& call)
{
    if (call.viewer.path.empty())
        return "-";
    auto const school = directory::schools_above(call, {call.viewer.path}).front();
    return school.id ? school.path : call.viewer.path;
}

} // namespace

void require_askable(Call& call, PersonId student)
{
    auto const unit = directory::class_of(call.db, call.county, student);
    if (!unit || !unit->path.starts_with(askable_path(call)))
        throw not_found(directory::the_student);
}

AskablePupils find_askable(Call& call, FindAskable const& input)
{
    AskablePupils found;
    for (auto const& pupil : directory::pupils_named(call, askable_path(call), input.q, shown_at_most))
        found.items.push_back({pupil.id, pupil.name, pupil.class_name});
    return found;
}

} // namespace concentric::privacy
