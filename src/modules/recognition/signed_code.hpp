#pragma once

#include "modules/recognition/tables.hpp"

// What the QR code of a certificate holds: what it certifies, signed, so that it can be checked without asking anybody.
namespace concentric::recognition {

// What the signature covers. Lines, because a name may hold any other character.
struct Stated {
    std::int64_t key = 0; // version of the installation's signing key
    std::int64_t county = 0;
    std::string number;
    Day issued_on;
    std::string name, title;
};

// "…base64url of the lines….…base64url of the signature…". What is signed is the line "concentric certificate 1" and the lines
// after it, with the installation's newest key: `stated.key` is set to it.
std::string signed_code(Call&, Stated stated);

// What a code states, if this installation has signed it; nothing for anything else.
std::optional<Stated> read_code(Call&, std::string_view code);

} // namespace concentric::recognition
