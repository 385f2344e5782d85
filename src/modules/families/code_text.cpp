#include "modules/families/code_text.hpp"

#include "core/crypto.hpp"
#include "lib/text.hpp"

namespace concentric::families {

std::string new_code(std::size_t length) { return crypto::random_text(length, "34679ACDEFGHJKMNPQRTUVWXY"); }

std::string folded_code(std::string_view typed)
{
    std::string code;
    for (char const c : lib::fold_width(typed)) {
        if (c >= 'a' && c <= 'z')
            code += static_cast<char>(c - 'a' + 'A');
        else if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
            code += c;
    }
    return code;
}

} // namespace concentric::families
