#pragma once

#include "modules/directory/oneroster_format.hpp"
#include "modules/imports/source.hpp"

#include <map>
#include <unordered_map>

// A OneRoster ZIP as it was read: its tables, checked against the standard.
namespace concentric::directory::oneroster {

// The rows of one file, by the standard's columns and our own; others are left aside.
class Rows {
public:
    Rows(File const& file, std::uint16_t number) : file_(&file), number_(number) { }

    File const& file() const { return *file_; }
    std::uint16_t number() const { return number_; } // of the file in the workbook
    std::string name() const { return std::string(file_->name) + ".csv"; }
    std::size_t size() const { return lines_.size(); }
    std::int64_t line(std::size_t row) const { return lines_[row]; } // from 1, as a spreadsheet program shows it
    bool has(std::string_view column) const { return places_.contains(column); }
    // Empty for a column that the file does not have.
    std::string_view at(std::size_t row, std::string_view column) const;
    imports::CellPlace place(std::size_t row, std::string_view column) const;
    // "A"; empty for a column that the file does not have.
    std::string letter(std::string_view column) const;
    // Rows with a fault, and those that are to be deleted, become nothing.
    bool is_good(std::size_t row) const { return is_good_[row]; }
    void spoil(std::size_t row) { is_good_[row] = false; }
    // The good row of this sourcedId.
    std::optional<std::size_t> find(std::string_view sourced_id) const;

    void take_headings(std::vector<std::string> const& headings);
    void take(std::int64_t line, std::span<std::string_view const> cells);
    // After the last row: gives those whose sourcedId was there before.
    std::vector<std::size_t> enter();

private:
    struct Span {
        std::uint32_t at = 0, size = 0;
    };
    File const* file_;
    std::uint16_t number_;
    std::unordered_map<std::string_view, std::size_t> places_; // of known columns in the file
    std::unordered_map<std::string_view, std::size_t> kept_; // and among the kept cells
    std::vector<std::string> headings_;
    std::vector<std::size_t> columns_; // of the file, that are kept
    std::vector<std::int64_t> lines_;
    std::vector<bool> is_good_;
    std::vector<Span> cells_;
    std::string texts_;
    std::unordered_map<std::string_view, std::size_t> rows_;
};

struct Package {
    std::map<std::string_view, Rows> tables; // by the file's name
    bool is_delta = false;
    Rows const* table(std::string_view name) const
    {
        auto const found = tables.find(name);
        return found == tables.end() ? nullptr : &found->second;
    }
};

// Whether the bytes are a ZIP with a manifest.csv.
bool is_package(std::string_view bytes);
// Adds each file to the workbook, and what is wrong with single rows to its faults. Throws lib::SheetError, with everything that is
// wrong, where manifest, files or columns are not those of the standard.
Package read_package(std::string_view bytes, imports::Workbook& workbook);

// The parts of a cell that holds a list, "a,b".
std::vector<std::string_view> list_in(std::string_view cell);

} // namespace concentric::directory::oneroster
