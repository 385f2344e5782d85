#pragma once

#include <string>
#include <utility>
#include <vector>

// The demo county's own teaching package: a short reading and a small exercise, in SCORM 1.2.
namespace concentric::demo {

std::vector<std::pair<std::string, std::string>> package_files();

} // namespace concentric::demo
