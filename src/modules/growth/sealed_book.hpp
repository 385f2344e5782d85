#pragma once

#include "modules/growth/book.hpp"

// A growth book as one file that a family takes to a school of another installation: readable with its passphrase alone, and signed
// by the installation that it was written at.
namespace concentric::growth {

// What the signature is over.
struct BookManifest {
    std::string county_name, student_name;
    Instant made_at;
    std::string digest; // SHA-256 of the pages, hexadecimal
};
BOOST_DESCRIBE_STRUCT(BookManifest, (), (county_name, student_name, made_at, digest))

struct OpenedBook {
    BookManifest manifest;
    std::string key_mark; // tells the installation that signed: the beginning of its public key's SHA-256
    std::vector<BookPart> parts; // the pages of that place first, then what it had been brought itself
};

struct BookFile {
    std::string text, passphrase, key_mark;
};
BookFile sealed_book(Call&, GrowthBook const&);
// 422 at /file for what is no such file, was changed or is not signed; at /passphrase for another passphrase.
OpenedBook opened_book(std::string_view file, std::string_view passphrase);

} // namespace concentric::growth
