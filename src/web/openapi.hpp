#pragma once

#include "core/route.hpp"

// The description of the API for those who write programs against it, derived from the routes themselves.
namespace concentric::web {

// An OpenAPI 3.1 document, in an order that does not change from run to run, indented by 2 spaces.
std::string api_document(std::vector<Route const*> const& routes);

// JSON text with line breaks and 2 spaces a level.
std::string indented(std::string_view json);

} // namespace concentric::web
