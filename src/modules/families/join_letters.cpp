#include "modules/families/join_letters.hpp"

#include "modules/directory/holders.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/inbox/inbox.hpp"

#include <fmt/format.h>

namespace concentric::families {
namespace {

// Those who may decide, as near to the class as there are any: its class teachers, else somebody of the school.
std::vector<std::int64_t> deciders(Call& call, directory::OrganisationRef const& unit)
{
    auto const school = directory::schools_above(call, {unit.path}).front();
    return directory::nearest_holders(call, unit.path, school.path, Permission::approve_families, call.today());
}

// Requests of two families at a time must not each count without the other, so the class is held first.
std::int64_t waiting_in(Call& call, OrganisationId class_)
{
    call.db.hold({class_.value});
    return call.db
        .value<std::int64_t>("SELECT count(*) AS value FROM join_requests WHERE county = $1 AND class = $2 AND state = 'waiting'",
            call.county, class_)
        .value_or(0);
}

inbox::Letter letter_of(directory::OrganisationRef const& unit, std::int64_t waiting)
{
    Words const title{fmt::format("{}：{} 人申请加入，等您审核", unit.name, waiting),
        fmt::format("{}: {} {} for you to let them in", unit.name, waiting, waiting == 1 ? "person waits" : "people wait")};
    return {inbox::LetterKind::join_request, title, {}, fmt::format("/families?organisation={}", unit.id.value)};
}

} // namespace

void tell_of_waiting(Call& call, OrganisationId class_)
{
    auto const waiting = waiting_in(call, class_);
    auto const unit = directory::organisation(call.db, call.county, class_).value();
    inbox::tell_merged(call, deciders(call, unit), letter_of(unit, waiting));
}

void note_fewer_waiting(Call& call, std::set<OrganisationId> const& classes)
{
    for (auto const class_ : classes) {
        auto const waiting = waiting_in(call, class_);
        auto const unit = directory::organisation(call.db, call.county, class_).value();
        auto const letter = letter_of(unit, waiting);
        if (waiting > 0)
            inbox::reword_unread(call, deciders(call, unit), letter);
        else
            inbox::mark_read_about(call, deciders(call, unit), letter.kind, letter.link);
    }
}

} // namespace concentric::families
