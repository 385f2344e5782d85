#pragma once

#include "core/route.hpp"

// Where other programs keep documents with us: the state, activity profile and agent profile resources of xAPI 1.0.3.
namespace concentric::xapi {

Routes document_routes();

} // namespace concentric::xapi
