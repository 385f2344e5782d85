#include "lib/sheets.hpp"

#include "lib/csv_reader.hpp"
#include "lib/document_text.hpp"
#include "lib/encoding.hpp"
#include "lib/sheet_errors.hpp"
#include "lib/text.hpp"
#include "lib/xlsx_reader.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace concentric::lib {
namespace {

using namespace std::string_view_literals;

bool is_ole2(std::string_view bytes) { return bytes.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv); }

// Systems that export a web page or a SpreadsheetML document under the name of a workbook are common.
bool is_markup(std::string_view bytes)
{
    auto start = std::string(trim(bytes.substr(0, 100)));
    std::transform(start.begin(), start.end(), start.begin(), [](unsigned char c) { return std::tolower(c); });
    constexpr std::array<std::string_view, 6> beginnings{"<html", "<!doctype", "<?xml", "<table", "<head", "<meta"};
    return std::any_of(beginnings.begin(), beginnings.end(), [&](auto beginning) { return start.starts_with(beginning); });
}

bool is_binary(std::string_view bytes)
{
    return !has_utf16_mark(bytes) && bytes.substr(0, 4096).find('\0') != std::string_view::npos;
}

} // namespace

void read_sheets(std::string_view bytes, Limits const& limits, std::function<void(Row const&)> const& on_row)
{
    if (bytes.empty())
        throw empty_file();
    if (is_ole2(bytes))
        throw locked_file();
    if (is_zip(bytes))
        return read_xlsx(bytes, limits, on_row);
    if (is_binary(bytes) || is_markup(bytes))
        throw not_a_workbook();
    read_csv(bytes, limits, on_row);
}

} // namespace concentric::lib
