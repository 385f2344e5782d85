#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Packs files into one ZIP for people to download.
namespace concentric::lib {

// Each part is its name and its bytes. Throws std::runtime_error where memory runs out.
std::string write_zip(std::vector<std::pair<std::string, std::string>> const& parts);

} // namespace concentric::lib
