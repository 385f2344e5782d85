#pragma once

#include "core/route.hpp"
#include "core/sealed.hpp"

// How families come in, who may do what for a child, and how their data is kept right.
namespace concentric::families {

Routes routes();
void subscribe(Events& events);
std::vector<SealedColumn> sealed_columns();

} // namespace concentric::families
