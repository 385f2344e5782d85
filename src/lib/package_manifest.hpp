#pragma once

#include "lib/teaching_package.hpp"

#include <map>

// What stands in the imsmanifest.xml of a teaching package (IMS Content Packaging with ADL's additions).
namespace concentric::lib {

struct ManifestItem {
    std::string identifier, resource, parameters, title, mastery_score, launch_data;
    std::int64_t depth = 0;
};
struct ManifestResource {
    std::string href; // with all bases before it
    bool is_reporting = false;
};
struct ManifestOrganisation {
    std::string identifier, title;
    std::vector<ManifestItem> items;
};
struct Manifest {
    std::string version; // "1.2", "2004"; empty: it says neither
    std::string chosen; // the organisation that is meant when there are several
    std::vector<ManifestOrganisation> organisations;
    std::map<std::string, ManifestResource> resources;
};

// Throws SheetError where it is not well-formed or declares a document type.
Manifest read_manifest(ZipPackage& package);

} // namespace concentric::lib
