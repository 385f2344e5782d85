#pragma once

#include "core/route.hpp"
#include "modules/imports/source.hpp"

// OneRoster 1.2: rosters from and for other systems, as a ZIP of CSV files. See docs/oneroster.md.
namespace concentric::directory {

// The sheets of a roster, from whichever file somebody brought: a OneRoster ZIP is told by its manifest.csv, all else is a
// workbook. Throws lib::SheetError.
imports::Workbook read_roster_file(std::string_view bytes, Day today);

struct ExportOneRoster {
    std::optional<OrganisationId> organisation; // none: the highest one that the viewer's post reaches
};
BOOST_DESCRIBE_STRUCT(ExportOneRoster, (), (organisation))

// An organisation and all below it. People only for who may read all their files, numbers only for who may read numbers.
Download export_oneroster(Call& call, ExportOneRoster const& input);

} // namespace concentric::directory
