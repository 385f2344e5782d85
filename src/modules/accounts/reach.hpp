#pragma once

#include "core/call.hpp"

// Whom a viewer's post reaches.
namespace concentric::accounts {

// The post stands at the root of the county's tree, so that nobody needs to be looked for in it. Also the program itself.
bool reaches_whole_county(Viewer const& viewer);
// Somebody who holds a post in term, learns, or has a child at the viewer's organisation or below it; for the whole county anybody
// of it.
bool reaches_person(Call& call, PersonId person);

} // namespace concentric::accounts
