#pragma once

#include <string>
#include <string_view>

// Finds 张伟 when somebody types zhangwei, zhang wei or zw.
namespace concentric::lib {

// A query or a name in the form in which they are compared: lower case, half width, no blanks and no middle dots.
std::string search_fold(std::string_view text);

// What a search looks through: "张伟 zhangwei zw". The folded name, its pinyin and its initials, parted by spaces. Where a
// surname reads otherwise than the word (单: shan, dan) or ü may be typed as v or u, both readings follow each other.
// Characters without a known reading are in the name only. Cheap enough to call per row; safe on any thread.
std::string search_key(std::string_view name);

} // namespace concentric::lib
