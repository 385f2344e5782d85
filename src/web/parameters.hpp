#pragma once

#include "core/reflect.hpp"

// What stands behind the '?' of a request.
namespace concentric::web {

using Parameters = std::vector<std::pair<std::string, std::string>>; // as parse_query has them

// 400 that names every parameter that the input has no field for, that comes twice, or that is no text.
void refuse_other_parameters(Parameters const& parameters, reflect::Type const& input);

} // namespace concentric::web
