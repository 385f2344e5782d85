#pragma once

#include <optional>
#include <string>
#include <string_view>

// What a grade or class is called when the school year turns: 三年级（2）班 becomes 四年级（2）班, 2023级2班 keeps its name.
namespace concentric::directory {

// The name in the school year after `school_year`, or nothing where the name does not speak of a year at school and so goes on.
// `stage` is that of the class, `level` its year at that stage in `school_year`, from 1.
std::optional<std::string> name_next_year(std::string_view name, std::string_view stage, int level);

} // namespace concentric::directory
