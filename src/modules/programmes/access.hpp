#pragma once

#include "modules/directory/memberships.hpp"
#include "modules/programmes/tables.hpp"

#include <unordered_map>

// Who runs a training class, who sends people to it, and who may come.
namespace concentric::programmes {

// A class with its owner.
struct OwnedClass : ClassRow {
    std::string owner_name, owner_kind, owner_path;
};
BOOST_DESCRIBE_STRUCT(OwnedClass, (ClassRow), (owner_name, owner_kind, owner_path))
std::optional<OwnedClass> class_with(Call&, ClassId);

// By a post with manage_courses at or above the owner.
bool may_manage(Call const&, OwnedClass const&);
// The class, or 404 for whoever may not manage it.
OwnedClass managed_class(Call&, ClassId);
// Also for organisations below the owner, whose leaders send their own people to it and see those only; never a draft. Else 404.
OwnedClass visible_class(Call&, ClassId);

// Where somebody belongs below an organisation on a day: their place of work or, for a class of carers, their child's class.
// Those who belong nowhere there are left out.
std::unordered_map<PersonId, OrganisationId> places_below(
    Call&, std::string const& path, directory::SubjectKind kind, std::span<std::int64_t const> people);

} // namespace concentric::programmes
