#pragma once

#include "core/call.hpp"

// Whom a viewer's post reaches.
namespace concentric::accounts {

// The post stands at the root of the county's tree, so that nobody needs to be looked for in it. Also the program itself.
bool reaches_whole_county(Viewer const& viewer);
// Somebody who holds a post in term, learns, or has a child at the viewer's organisation or below it; for the whole county anybody
// of it.
bool reaches_person(Call& call, PersonId person);

// Whoever resets a password or the like could log in as that person. So the viewer has to reach the person (else 404), and besides
// every post that the person holds must lie within reach and allow nothing that the viewer's own post does not (else 403).
void require_manageable(Call& call, PersonId person);
// 409 for the viewer's own account.
void require_other(Call const& call, PersonId person);

} // namespace concentric::accounts
