#pragma once

#include "modules/plan/plans.hpp"

#include <span>

// How many minutes a credit hour (学时) has.
namespace concentric::plan {

// As the first plan in force that runs on that day says; 45 where none does.
std::int64_t credit_hour_minutes(std::span<std::shared_ptr<InForce const> const> plans, Day on);

} // namespace concentric::plan
