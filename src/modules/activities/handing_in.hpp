#pragma once

#include "modules/activities/scans.hpp"

// Taking scans in: one after the other or many requests at once.
namespace concentric::activities {

// What is there already stays as it is. The rows are not settled yet.
void add_scans(Call&, std::vector<ScanRow> const&);

} // namespace concentric::activities
