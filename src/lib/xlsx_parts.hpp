#pragma once

#include "lib/sheets.hpp"
#include "lib/xlsx_values.hpp"
#include "lib/xml.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

// The parts of a workbook that have to be known before its rows can be read: names, styles, shared texts.
namespace concentric::lib {

struct SheetPart {
    std::string name;
    std::string part;
};

// Every text of a workbook once; cells point to it by number. Kept in one piece, since a file may have millions.
class SharedStrings {
public:
    void append(std::string_view text);

    // Trimmed; empty where there is no such number.
    std::string_view operator[](std::size_t index) const;

private:
    std::string texts_;
    std::vector<std::uint32_t> ends_;
};

struct WorkbookParts {
    std::vector<SheetPart> sheets; // in the order of the tabs, without charts
    SharedStrings strings;
    std::vector<bool> date_styles; // by style number of a cell
    DateSystem dates = DateSystem::from_1900;
};

// Throws SheetError, also where the package is no workbook.
WorkbookParts read_workbook_parts(ZipPackage& package, Limits const& limits);

// Collects the text of the <t> elements of a string, rich or plain, without the phonetic hints that East Asian text carries.
class StringCollector {
public:
    void start(std::string_view name);
    void end(std::string_view name);
    void text(std::string_view piece);

    std::string value;

private:
    bool inside_text_ = false;
    bool inside_phonetic_ = false;
};

} // namespace concentric::lib
