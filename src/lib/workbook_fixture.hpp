#pragma once

#include "lib/sheets.hpp"

#include <zip.h>

#include <map>
#include <string>
#include <vector>

// Workbooks made by hand for tests, part by part, so that they can also be wrong in every way.
namespace concentric::lib::testing {

struct ReadRow {
    std::size_t sheet;
    std::string sheet_name;
    std::size_t number;
    std::vector<Cell> cells;
};

inline std::vector<ReadRow> read_all(std::string_view bytes, Limits const& limits = {})
{
    std::vector<ReadRow> rows;
    read_sheets(bytes, limits, [&](Row const& row) {
        rows.push_back({row.sheet, std::string(row.sheet_name), row.number, {row.cells.begin(), row.cells.end()}});
    });
    return rows;
}

inline std::vector<std::string> texts(ReadRow const& row)
{
    std::vector<std::string> result;
    for (auto const& cell : row.cells)
        result.push_back(cell.text);
    return result;
}

inline std::vector<std::vector<std::string>> all_texts(std::string_view bytes)
{
    std::vector<std::vector<std::string>> result;
    for (auto const& row : read_all(bytes))
        result.push_back(texts(row));
    return result;
}

// The fault that reading ends with; fails the test by an exception where it ends well.
inline SheetError error_of(std::string_view bytes, Limits const& limits = {})
{
    try {
        read_all(bytes, limits);
    } catch (SheetError const& error) {
        return error;
    }
    throw std::logic_error("the table was read without complaint");
}

using Parts = std::map<std::string, std::string>;

inline std::string zip_of(Parts const& parts, char const* password = nullptr)
{
    auto* const source = zip_source_buffer_create(nullptr, 0, 0, nullptr);
    zip_source_keep(source);
    auto* const archive = zip_open_from_source(source, ZIP_TRUNCATE, nullptr);
    for (auto const& [name, content] : parts) {
        auto const index
            = zip_file_add(archive, name.c_str(), zip_source_buffer(archive, content.data(), content.size(), 0), ZIP_FL_ENC_UTF_8);
        zip_set_file_compression(archive, static_cast<zip_uint64_t>(index), ZIP_CM_DEFLATE, 1);
        if (password)
            zip_file_set_encryption(archive, static_cast<zip_uint64_t>(index), ZIP_EM_AES_256, password);
    }
    zip_close(archive);
    zip_source_open(source);
    zip_source_seek(source, 0, SEEK_END);
    std::string bytes(static_cast<std::size_t>(zip_source_tell(source)), '\0');
    zip_source_seek(source, 0, SEEK_SET);
    zip_source_read(source, bytes.data(), bytes.size());
    zip_source_close(source);
    zip_source_free(source);
    return bytes;
}

// A workbook of one sheet named 学生; parts can be replaced and added before it is packed.
inline Parts workbook_parts(std::string const& sheet_rows)
{
    std::string const relationships = "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>";
    std::string const type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    return {
        {"_rels/.rels",
            relationships + "<Relationship Id='rId1' Type='" + type + "officeDocument' Target='xl/workbook.xml'/></Relationships>"},
        {"xl/workbook.xml",
            "<workbook xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'><sheets>"
            "<sheet name='学生' sheetId='1' r:id='rId1'/></sheets></workbook>"},
        {"xl/_rels/workbook.xml.rels",
            relationships + "<Relationship Id='rId1' Type='" + type + "worksheet' Target='worksheets/sheet1.xml'/>"
                + "<Relationship Id='rId2' Type='" + type + "styles' Target='styles.xml'/>" + "<Relationship Id='rId3' Type='"
                + type + "sharedStrings' Target='/xl/sharedStrings.xml'/></Relationships>"},
        {"xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>"},
        {"xl/sharedStrings.xml", "<sst/>"},
        {"xl/worksheets/sheet1.xml", "<worksheet><sheetData>" + sheet_rows + "</sheetData></worksheet>"},
    };
}

inline std::string workbook_of(std::string const& sheet_rows) { return zip_of(workbook_parts(sheet_rows)); }

} // namespace concentric::lib::testing
