#include "core/base64.hpp"

#include <sodium.h>

namespace concentric {

static constexpr int variant = sodium_base64_VARIANT_ORIGINAL;

std::string base64(std::string_view bytes)
{
    std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
    sodium_bin2base64(text.data(), text.size(), reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size(), variant);
    text.pop_back(); // the end of a C string
    return text;
}

bool decode_base64(std::string_view text, std::string& out)
{
    std::string bytes(text.size() / 4 * 3, '\0');
    std::size_t length = 0;
    char const* end = nullptr;
    auto const failed = sodium_base642bin(
        reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(), text.size(), nullptr, &length, &end, variant);
    if (text.empty() || failed || end != text.data() + text.size())
        return false;
    bytes.resize(length);
    out = std::move(bytes);
    return true;
}

} // namespace concentric
