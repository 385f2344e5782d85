#pragma once

#include <span>
#include <string_view>

// What places and institutions of a county that does not exist are called.
namespace concentric::demo {

inline constexpr std::string_view county_name = "四川天府新区（演示）";

// Words that a name begins with: 青禾, 白鹭 …
std::span<std::string_view const> place_words();
std::span<std::string_view const> subdistrict_words();
std::span<std::string_view const> community_words();

struct ResourceName {
    std::string_view kind; // museum, hospital …
    std::string_view name;
};
// In the order in which a county gets them.
std::span<ResourceName const> resource_names();

} // namespace concentric::demo
