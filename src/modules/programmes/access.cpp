#include "modules/programmes/access.hpp"

#include "modules/directory/lookup.hpp"

namespace concentric::programmes {

std::optional<OwnedClass> class_with(Call& call, ClassId id)
{
    static std::string const sql
        = "SELECT c.*, o.name AS owner_name, o.kind AS owner_kind, o.path AS owner_path FROM training_classes c "
        + directory::joined_organisation("o", "c.county", "c.owner") + " WHERE c.county = $1 AND c.id = $2";
    return call.db.row<OwnedClass>(sql, call.county, id);
}

bool may_manage(Call const& call, OwnedClass const& class_)
{
    return call.viewer.may(Permission::manage_courses) && call.viewer.reaches(class_.owner_path);
}

OwnedClass managed_class(Call& call, ClassId id)
{
    auto class_ = class_with(call, id);
    if (!class_ || !may_manage(call, *class_))
        throw not_found(the_class);
    call.audit_subject = "training_class:" + std::to_string(id.value);
    return std::move(*class_);
}

static bool sends_people(Call const& call, OwnedClass const& class_)
{
    return call.viewer.may(Permission::manage_courses) && class_.state != ClassState::draft
        && call.viewer.path.starts_with(class_.owner_path);
}

OwnedClass visible_class(Call& call, ClassId id)
{
    auto class_ = class_with(call, id);
    if (!class_ || (!may_manage(call, *class_) && !sends_people(call, *class_)))
        throw not_found(the_class);
    call.audit_subject = "training_class:" + std::to_string(id.value);
    return std::move(*class_);
}

std::unordered_map<PersonId, OrganisationId> places_below(
    Call& call, std::string const& path, directory::SubjectKind kind, std::span<std::int64_t const> people)
{
    std::unordered_map<PersonId, OrganisationId> places;
    auto const today = call.today();
    for (auto const& one : directory::memberships(call.db, call.county, kind, people))
        if (one.from_day <= today && today <= one.to_day && one.path.starts_with(path))
            places.try_emplace({one.subject}, one.unit);
    return places;
}

} // namespace concentric::programmes
