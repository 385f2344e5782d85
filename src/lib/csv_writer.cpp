#include "lib/workbook.hpp"

#include <fmt/format.h>

namespace concentric::lib {
namespace {

// What Excel, WPS and LibreOffice take for the beginning of a formula.
bool could_act_as_formula(std::string_view text)
{
    return !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
}

void append_field(std::string& csv, std::string_view text)
{
    if (text.find_first_of("\",;\t\r\n") == std::string_view::npos) {
        csv += text;
        return;
    }
    csv += '"';
    for (auto const character : text)
        csv.append(character == '"' ? 2 : 1, character);
    csv += '"';
}

struct AppendValue {
    std::string& csv;

    void operator()(std::monostate) const { }
    void operator()(std::int64_t number) const { fmt::format_to(std::back_inserter(csv), "{}", number); }
    void operator()(double number) const { fmt::format_to(std::back_inserter(csv), "{:.15g}", number); }
    void operator()(Date const& date) const { csv += to_text(date); }

    void operator()(std::string const& text) const { append_field(csv, could_act_as_formula(text) ? "'" + text : text); }
};

} // namespace

void append_csv_row(std::string& csv, std::span<Value const> cells)
{
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0)
            csv += ',';
        std::visit(AppendValue{csv}, cells[i]);
    }
    csv += "\r\n";
}

std::string write_csv(std::span<std::string const> headings, std::span<std::vector<Value> const> rows)
{
    std::string csv(csv_byte_order_mark);
    append_csv_row(csv, std::vector<Value>(headings.begin(), headings.end()));
    for (auto const& row : rows)
        append_csv_row(csv, row);
    return csv;
}

} // namespace concentric::lib
