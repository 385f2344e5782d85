#pragma once

#include "core/call.hpp"

// Whoever may change something may see what there is to change: permissions that bring others along, in every role that has them.
namespace concentric::directory {

struct Entailed {
    Permission permission; // who has this one
    Permission also; // has this one too
};
BOOST_DESCRIBE_STRUCT(Entailed, (), (permission, also))

std::vector<Entailed> const& entailed();
// These and all that they bring along.
Permissions with_entailed(Permissions);

} // namespace concentric::directory
