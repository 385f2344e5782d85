#pragma once

#include "modules/imports/imports.hpp"

// Takes back what a roster import did, except what has been used or changed since.
namespace concentric::directory {

imports::Undone undo_roster(Call&, ImportId, Progress&);

} // namespace concentric::directory
