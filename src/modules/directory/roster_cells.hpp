#pragma once

#include "modules/directory/tables.hpp"
#include "modules/imports/imports.hpp"

// Reads the cells of a roster's row and says what is wrong with them.
namespace concentric::directory {

struct Identity {
    std::string kind, number; // both empty for none
    std::optional<Day> birth_day;
    Sex sex = Sex::unknown;
};

class RowReader {
public:
    RowReader(imports::Table const& table, std::size_t row, imports::Finding& finding) : table_(table), row_(row), finding_(finding)
    {
    }

    std::string text(std::size_t field) const { return std::string(table_.at(row_, field).text); }
    bool has(std::size_t field) const { return !table_.at(row_, field).text.empty(); }

    // A fault leaves the whole row out; a warning only says that a cell was not taken.
    void fault(std::size_t field, std::string code, Words words) { note(field, std::move(code), std::move(words), false); }
    void warn(std::size_t field, std::string code, Words words) { note(field, std::move(code), std::move(words), true); }

    std::string name(std::size_t field);
    Sex sex(std::size_t field);
    std::optional<Day> day(std::size_t field);
    // What is wrong with a pupil's number leaves the row out; with a carer's, the number only.
    enum class Strictness { fault, warning };
    Identity identity(std::size_t kind_field, std::size_t number_field, Strictness);
    std::string phone(std::size_t field);
    std::string student_number(std::size_t field);
    // Whether the pupil is of the group; nothing for an empty cell, or one that says neither.
    std::optional<bool> flag(std::size_t field, std::string_view group);

    std::int64_t number() const { return table_.number(row_); }
    imports::Finding& finding() { return finding_; }

private:
    void note(std::size_t field, std::string code, Words words, bool is_warning);
    void note(std::size_t field, std::string code, Words words, Strictness strictness)
    {
        note(field, std::move(code), std::move(words), strictness == Strictness::warning);
    }
    Identity citizen(std::size_t field, std::string_view written, Strictness strictness);

    imports::Table const& table_;
    std::size_t row_;
    imports::Finding& finding_;
};

// As it may be shown: identity numbers and telephones masked, all else as it is.
std::string shown(std::string_view field, std::string_view value);

} // namespace concentric::directory
