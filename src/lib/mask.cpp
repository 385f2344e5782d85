#include "lib/mask.hpp"

#include "lib/text.hpp"

namespace concentric::lib {

static std::string keep_ends(std::string_view text, std::size_t first, std::size_t last)
{
    auto const length = count_characters(text);
    auto const hide_all = first + last >= length;
    std::string masked;
    for (std::size_t at = 0, position = 0; at < text.size(); ++position) {
        auto const character = next_character(text, at);
        append_character(masked, hide_all || (position >= first && position + last < length) ? U'*' : character);
    }
    return masked;
}

std::string mask_identity_number(std::string_view number)
{
    return count_characters(number) >= 15 ? keep_ends(number, 6, 4) : keep_ends(number, 0, 1);
}

std::string mask_phone(std::string_view number)
{
    return count_characters(number) >= 11 ? keep_ends(number, 3, 4) : keep_ends(number, 0, 2);
}

std::string mask_name(std::string_view name)
{
    switch (count_characters(name)) {
    case 0: return {};
    case 1: return "*";
    case 2: return keep_ends(name, 1, 0);
    default: return keep_ends(name, 1, 1);
    }
}

} // namespace concentric::lib
