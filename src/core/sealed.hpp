#pragma once

#include "core/db.hpp"

// Texts that nobody can read who only has the database or a copy of it: a row's field of one of these types is sealed on the way in
// and opened on the way out, and is an ordinary text everywhere else.
namespace concentric {

// JSON, notes and whatever may hold somebody's number.
struct SealedText : std::string {
    using std::string::string;
    using std::string::operator=;
    SealedText() = default;
    SealedText(std::string text) : std::string(std::move(text)) { }
    static constexpr reflect::Sealing sealing = reflect::Sealing::sealed;
};

struct SealedJson : Json {
    using Json::Json;
    static constexpr reflect::Sealing sealing = reflect::Sealing::sealed;
};

// A telephone, identity or pupil number. In the database an index stands before it: equal numbers of a county have equal ones, and
// nobody without the key can tell the number. A unique index of the table, and every search, goes by that:
//     substr(phone, 1, 28) = $2                                         with whole(number)
//     substr(phone, 1, 28) >= $2 AND substr(phone, 1, 28) < $3          with ending(digits), after_ending(digits)
// each together with `phone <> ''`, which the table's index says too.
struct SealedNumber : std::string {
    using std::string::string;
    using std::string::operator=;
    SealedNumber() = default;
    SealedNumber(std::string text) : std::string(std::move(text)) { }
    static constexpr reflect::Sealing sealing = reflect::Sealing::indexed;
};

// A number by which people are looked up before their county is known: its index is the same in all counties of the installation.
struct SealedLogInNumber : std::string {
    using std::string::string;
    using std::string::operator=;
    SealedLogInNumber() = default;
    SealedLogInNumber(std::string text) : std::string(std::move(text)) { }
    static constexpr reflect::Sealing sealing = reflect::Sealing::indexed_everywhere;
};

// For parameters of statements; the texts must outlive the statement.
inline db::Sealed sealed(std::string_view text) { return {text}; }
inline db::Index whole(std::string_view number) { return {number}; }
inline db::Index ending(std::string_view last_four) { return {last_four, db::Index::Part::ending}; }
inline db::Index after_ending(std::string_view last_four) { return {last_four, db::Index::Part::after_ending}; }
inline db::Index whole_everywhere(std::string_view number)
{
    return {number, db::Index::Part::whole, reflect::Sealing::indexed_everywhere};
}

// A column that holds sealed texts, so that a new key can be brought to it: the table's key besides the county is one number or
// two.
struct SealedColumn {
    std::string_view table, key, column;
    reflect::Sealing how = reflect::Sealing::sealed;
};

} // namespace concentric
