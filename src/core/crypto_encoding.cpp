#include "core/crypto_internal.hpp"

#include <sodium.h>

namespace concentric::crypto {

static constexpr std::string_view base64url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

void append_base64url(std::string& out, std::string_view bytes)
{
    auto at = out.size();
    out.resize(at + (bytes.size() * 4 + 2) / 3);
    std::size_t i = 0;
    auto const byte = [&](std::size_t n) { return static_cast<unsigned>(static_cast<unsigned char>(bytes[n])); };
    for (; i + 3 <= bytes.size(); i += 3) {
        auto const group = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
        for (int shift = 18; shift >= 0; shift -= 6)
            out[at++] = base64url[group >> shift & 63];
    }
    if (i == bytes.size())
        return;
    bool const two = i + 2 == bytes.size();
    auto const group = byte(i) << 16 | (two ? byte(i + 1) << 8 : 0);
    out[at++] = base64url[group >> 18 & 63];
    out[at++] = base64url[group >> 12 & 63];
    if (two)
        out[at++] = base64url[group >> 6 & 63];
}

bool decode_base64url(std::string_view text, std::string& out)
{
    static constexpr auto values = [] {
        std::array<signed char, 256> table{};
        table.fill(-1);
        for (std::size_t i = 0; i < base64url.size(); ++i)
            table[static_cast<unsigned char>(base64url[i])] = static_cast<signed char>(i);
        return table;
    }();
    if (text.size() % 4 == 1)
        return false;
    out.clear();
    out.reserve(text.size() * 3 / 4);
    unsigned group = 0;
    int bits = 0;
    for (char const c : text) {
        auto const value = values[static_cast<unsigned char>(c)];
        if (value < 0)
            return false;
        group = group << 6 | static_cast<unsigned>(value);
        if ((bits += 6) >= 8) {
            bits -= 8;
            out += static_cast<char>(group >> bits & 0xFF);
        }
    }
    return (group & ((1U << bits) - 1)) == 0; // one way to write each value
}

std::string to_hex(std::string_view bytes)
{
    std::string text(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), bytes_of(bytes), bytes.size());
    text.pop_back();
    return text;
}

} // namespace concentric::crypto
