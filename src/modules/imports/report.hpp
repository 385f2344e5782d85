#pragma once

#include "modules/imports/store.hpp"

// The files that an import gives back: its report, and the template to fill in.
namespace concentric::imports {

// Counts, every fault by sheet, row and column, what becomes of each row, and what had to stay when it was undone.
Download make_report(Call&, Importer const&, ImportRow const&);

// One sheet of headings and examples for each kind, and a page that explains the columns.
Download make_template(Call&, Importer const&);

} // namespace concentric::imports
