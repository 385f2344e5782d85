#pragma once

#include "modules/demo/county.hpp"

// The organisations of the county: subdistricts, communities, stations, schools with grades and classes, offices and resources.
namespace concentric::demo {

// Adds all organisations and lays out which pupils each will have. At least one school; classes have 35 to 50 pupils where the
// numbers allow it.
void grow_tree(County& county, std::size_t schools, std::size_t pupils);

} // namespace concentric::demo
