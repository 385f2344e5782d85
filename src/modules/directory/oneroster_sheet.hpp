#pragma once

#include "lib/workbook.hpp"
#include "modules/directory/oneroster_format.hpp"
#include "modules/directory/tables.hpp"

#include <algorithm>
#include <map>

// The files of a OneRoster package while they are written, and our words in the standard's.
namespace concentric::directory::oneroster {

// The rows of one file while they are written: cells by the name of their column.
class Sheet {
public:
    explicit Sheet(std::string_view name) : name_(name)
    {
        for (std::string_view const column : {"sourcedId", "status", "dateLastModified"})
            add_column(column);
        for (auto const& column : file_named(name).columns)
            add_column(column.name);
        for (auto const column : own_columns(name))
            add_column(column);
        end_row();
    }

    void set(std::string_view column, std::string value) { cells_[columns_.at(column)] = std::move(value); }

    void end_row()
    {
        lib::append_csv_row(csv_, cells_);
        std::ranges::fill(cells_, lib::Value(std::string()));
    }

    std::pair<std::string, std::string> finish() { return {std::string(name_) + ".csv", std::move(csv_)}; }

private:
    void add_column(std::string_view column)
    {
        columns_[column] = cells_.size();
        cells_.emplace_back(std::string(column));
    }

    std::string_view name_;
    std::map<std::string_view, std::size_t> columns_;
    std::vector<lib::Value> cells_;
    std::string csv_;
};

// A person's name in the two parts that the standard wants.
struct Name {
    std::string family, given;
    bool is_whole = true; // family and given name one after the other are the name
};
Name parted(std::string const& name);

// The standard's word for a kind of organisation, for a role, and for what a carer is to a child.
std::string_view type_of(std::string_view kind);
std::string_view role_for(std::string_view role);
std::string_view role_for(Relation relation, bool is_guardian);

} // namespace concentric::directory::oneroster
