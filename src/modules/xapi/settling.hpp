#pragma once

#include "modules/xapi/intake.hpp"

// What becomes of learning records, decided for several at once.
namespace concentric::xapi {

// A record with its row, on the way to an outcome.
struct Pending {
    Statement statement;
    StatementRow row;
};

// Sets outcome, person, rule and entry of each, and appends the entries. The records are of one organisation; those that void
// others must not be among them.
void settle(Call&, OrganisationId organisation, std::string const& path, std::span<Pending> pending);

// Whether a person belongs, today, somewhere below the path: works or learns there, or has a child there.
bool belongs_below(Call&, PersonId, std::string_view path);

} // namespace concentric::xapi
