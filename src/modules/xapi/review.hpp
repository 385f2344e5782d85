#pragma once

#include "core/route.hpp"

// What officials do about learning records: the rules, who the accounts are that nobody knew, and what became of each record.
namespace concentric::xapi {

Routes rule_routes();
Routes review_routes();

} // namespace concentric::xapi
