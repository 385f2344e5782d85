#pragma once

#include "core/row_format.hpp"

// The entries of the ledger as they are sealed.
namespace concentric::ledger {

RowFormat entry_rows();

} // namespace concentric::ledger
