#include "core/row_format.hpp"

namespace concentric {

template <class N> static void append_big_endian(std::string& out, N number)
{
    char bytes[sizeof number];
    for (std::size_t i = sizeof number; i-- > 0; number = static_cast<N>(number >> 8))
        bytes[i] = static_cast<char>(number & 0xFF);
    out.append(bytes, sizeof bytes);
}

std::string RowFormat::names() const
{
    std::string all;
    for (auto const& column : columns)
        all += (all.empty() ? "" : ", ") + std::string(column.name);
    return all;
}

void RowFormat::write(std::string& out, db::RowView const& row) const
{
    out += table;
    out += '\0';
    int number = 0;
    for (auto const& column : columns) {
        if (column.is_text) {
            auto const text = row.text(number);
            append_big_endian(out, static_cast<std::uint32_t>(text.size()));
            out += text;
        } else {
            append_big_endian(out, static_cast<std::uint64_t>(row.integer(number)));
        }
        ++number;
    }
}

} // namespace concentric
