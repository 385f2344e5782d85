#include "modules/recognition/signed_code.hpp"

#include "core/verifying_keys.hpp"

#include <fmt/format.h>

#include <charconv>

namespace concentric::recognition {
namespace {

constexpr std::string_view first_line = "concentric certificate 1\n"; // signed, not written: no other text of ours begins so

std::string lines_of(Stated const& stated)
{
    return fmt::format(
        "{}\n{}\n{}\n{}\n{}\n{}", stated.key, stated.county, stated.number, stated.issued_on.number, stated.name, stated.title);
}

template <class T> bool read_number(std::string_view text, T& number)
{
    auto const end = text.data() + text.size();
    return std::from_chars(text.data(), end, number) == std::from_chars_result{end, std::errc{}};
}

std::optional<Stated> stated_in(std::string_view lines)
{
    std::array<std::string_view, 6> parts;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        auto const end = lines.find('\n');
        if ((end == std::string_view::npos) != (i + 1 == parts.size()))
            return std::nullopt;
        parts[i] = lines.substr(0, end);
        lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 1);
    }
    Stated stated{0, 0, std::string(parts[2]), {}, std::string(parts[4]), std::string(parts[5])};
    if (!read_number(parts[0], stated.key) || !read_number(parts[1], stated.county)
        || !read_number(parts[3], stated.issued_on.number))
        return std::nullopt;
    return stated;
}

} // namespace

std::string signed_code(Call& call, Stated stated)
{
    auto const signing = call.db.keys().signing_key();
    stated.key = signing.version;
    auto const lines = lines_of(stated);
    std::string code;
    crypto::append_base64url(code, lines);
    code += '.';
    crypto::append_base64url(code, signing.key.sign(std::string(first_line) + lines));
    return code;
}

std::optional<Stated> read_code(Call& call, std::string_view code)
{
    auto const dot = code.find('.');
    std::string lines, signature, key;
    if (dot == std::string_view::npos || !crypto::decode_base64url(code.substr(0, dot), lines)
        || !crypto::decode_base64url(code.substr(dot + 1), signature))
        return std::nullopt;
    auto stated = stated_in(lines);
    if (!stated)
        return std::nullopt;
    for (auto const& known : verifying_keys(call.db))
        if (known.version == stated->key && crypto::decode_base64url(known.public_key, key)
            && crypto::verify_signature(known.suite, key, std::string(first_line) + lines, signature))
            return stated;
    return std::nullopt;
}

} // namespace concentric::recognition
