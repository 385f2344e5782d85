#pragma once

#include <string>
#include <string_view>

// What a page shows instead of an identity number, a telephone number or a name that the reader does not need to see whole.
namespace concentric::lib {

// 510164********3121. A number too short for that shows its last character only.
std::string mask_identity_number(std::string_view number);

// 138****5678, also for other numbers of eleven digits and more; shorter ones show their last two digits.
std::string mask_phone(std::string_view number);

// 张三 → 张*, 张小三 → 张*三, 欧阳小三 → 欧**三; a single character is hidden.
std::string mask_name(std::string_view name);

} // namespace concentric::lib
