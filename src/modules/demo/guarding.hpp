#pragma once

#include "modules/demo/county.hpp"

// How children's data are guarded in the demo county: consents with their answers, requests for files in every state, readings that
// a mother finds, and a hold.
namespace concentric::demo {

void add_guarding(db::Connection& db, County& county);

} // namespace concentric::demo
