#pragma once

#include "modules/imports/imports.hpp"

// What schools did before the platform came (历史台账): brought in from the tables that they kept, shown row by row first, undone
// by reversing.
namespace concentric::ledger {

// "history": each row becomes one entry. A row is known by its facts, so that the same file brought in again adds nothing; after an
// undo it can be brought in anew. Rows that are equal within a file are so many entries.
imports::Importer history_importer();

} // namespace concentric::ledger
