#pragma once

#include "core/db.hpp"

// How the rows of a table are written down, byte for byte, so that a seal over them means the same everywhere and for ever.
namespace concentric {

struct RowFormat {
    struct Column {
        std::string_view name;
        bool is_text = false; // else a whole number or a truth value
    };
    std::string_view table;
    std::vector<Column> columns; // all of the table's; the first is county, the second id

    // The columns as they are named in a statement.
    std::string names() const;
    // Appends one row: the table's name and a zero; then each number as 8 bytes, the highest first, and each text as the length of
    // its UTF-8 in 4 such bytes and the UTF-8.
    void write(std::string& out, db::RowView const& row) const;
};

} // namespace concentric
