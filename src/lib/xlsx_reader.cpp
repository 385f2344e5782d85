#include "lib/xlsx_reader.hpp"

#include "lib/row_buffer.hpp"
#include "lib/sheet_errors.hpp"
#include "lib/xlsx_parts.hpp"

#include <charconv>

namespace concentric::lib {
namespace {

enum class CellType { number, shared, boolean, date, text };

CellType cell_type(std::string_view type)
{
    if (type.empty() || type == "n")
        return CellType::number;
    if (type == "s")
        return CellType::shared;
    if (type == "b")
        return CellType::boolean;
    return type == "d" ? CellType::date : CellType::text; // inlineStr, str, e
}

std::size_t to_index(std::string_view digits, std::size_t otherwise)
{
    std::size_t index = otherwise;
    std::from_chars(digits.data(), digits.data() + digits.size(), index);
    return index;
}

// "C7" → 2. Letters beyond Excel's last column XFD stay beyond every limit.
std::size_t column_of(std::string_view reference, std::size_t otherwise)
{
    std::size_t column = 0, letters = 0;
    for (; letters < reference.size() && letters < 4 && reference[letters] >= 'A' && reference[letters] <= 'Z'; ++letters)
        column = column * 26 + static_cast<std::size_t>(reference[letters] - 'A' + 1);
    return letters == 0 ? otherwise : column - 1;
}

class RowReader : public XmlListener {
public:
    RowReader(WorkbookParts const& parts, Budget& budget, RowBuffer& rows) : parts_(parts), budget_(budget), rows_(rows) { }

    void start(std::string_view name, XmlAttributes attributes) override
    {
        if (name == "c")
            begin_cell(attributes);
        else if (name == "v")
            inside_value_ = true;
        else if (name == "row")
            begin_row(attributes);
        else
            string_.start(name);
    }

    void end(std::string_view name) override
    {
        if (name == "c")
            end_cell();
        else if (name == "v")
            inside_value_ = false;
        else if (name == "row")
            rows_.end_row(row_);
        else
            string_.end(name);
    }

    void text(std::string_view piece) override
    {
        if (inside_value_)
            string_.value += piece;
        else
            string_.text(piece);
    }

private:
    // Row and cell numbers may be left out: then they follow the one before.
    void begin_row(XmlAttributes attributes)
    {
        row_ = to_index(attributes["r"], row_ + 1);
        column_ = 0;
    }

    void begin_cell(XmlAttributes attributes)
    {
        column_ = column_of(attributes["r"], column_);
        type_ = cell_type(attributes["t"]);
        style_ = to_index(attributes["s"], 0);
        string_.value.clear();
    }

    void end_cell()
    {
        if (!string_.value.empty())
            put_value();
        ++column_;
    }

    void put_value()
    {
        switch (type_) {
        case CellType::number: return put_number();
        case CellType::shared: return put_shared();
        case CellType::boolean: return rows_.put(column_, string_.value == "1" ? "TRUE" : "FALSE", Cell::Kind::boolean);
        case CellType::date: return rows_.put(column_, date_of_iso(string_.value), Cell::Kind::date);
        case CellType::text: unescape(string_.value); return rows_.put(column_, string_.value);
        }
    }

    // A short file can point to one long text millions of times.
    void put_shared()
    {
        auto const text = parts_.strings[to_index(string_.value, static_cast<std::size_t>(-1))];
        budget_.spend(text.size());
        rows_.put(column_, text);
    }

    void put_number()
    {
        if (auto const date = date_value())
            rows_.put(column_, *date, Cell::Kind::date);
        else if (auto const number = number_text(string_.value))
            rows_.put(column_, number->text, Cell::Kind::number, number->digits_lost);
        else
            rows_.put(column_, string_.value);
    }

    std::optional<std::string> date_value() const
    {
        if (style_ >= parts_.date_styles.size() || !parts_.date_styles[style_])
            return std::nullopt;
        auto const serial = to_number(string_.value);
        return serial ? date_of_serial(*serial, parts_.dates) : std::nullopt;
    }

    WorkbookParts const& parts_;
    Budget& budget_;
    RowBuffer& rows_;
    std::size_t row_ = 0, column_ = 0, style_ = 0;
    CellType type_ = CellType::number;
    bool inside_value_ = false;
    StringCollector string_; // also holds what a <v> element says
};

} // namespace

void read_xlsx(std::string_view bytes, Limits const& limits, std::function<void(Row const&)> const& on_row)
{
    Budget budget(limits.bytes);
    ZipPackage package(bytes, budget);
    auto const parts = read_workbook_parts(package, limits);
    RowBuffer rows(limits, on_row);
    for (std::size_t sheet = 0; sheet < parts.sheets.size(); ++sheet) {
        rows.begin_sheet(sheet, parts.sheets[sheet].name);
        RowReader reader(parts, budget, rows);
        parse_part(package, parts.sheets[sheet].part, reader);
    }
}

} // namespace concentric::lib
