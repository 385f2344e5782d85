#include "modules/imports/recognition.hpp"

#include "lib/compare_names.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::imports {
namespace {

constexpr std::size_t rows_to_look_at = 20; // titles and notes stand above the headings, never so many
constexpr double alike = 0.8;

// All ways to write the headings of one kind of sheet, in their canonical form.
struct Dictionary {
    explicit Dictionary(SheetKind const& of) : kind(of)
    {
        for (std::size_t i = 0; i < of.fields.size(); ++i) {
            auto const& field = of.fields[i];
            add(field.name.zh, i);
            add(field.name.en, i);
            add(field.field, i);
            for (auto const& heading : field.headings)
                add(heading, i);
        }
    }
    void add(std::string_view heading, std::size_t field) { words.emplace_back(lib::canonical_heading(heading), field); }

    // How much of the headings is known word for word: one for each field, two for a required one.
    double known_share(std::vector<std::string> const& headings) const
    {
        double score = 0;
        std::vector<bool> found(kind.fields.size());
        for (auto const& heading : headings)
            for (auto const& [word, field] : words)
                if (!found[field] && word == heading) {
                    found[field] = true;
                    score += kind.fields[field].required ? 2 : 1;
                }
        return score;
    }

    bool knows(std::string_view heading) const
    {
        return std::any_of(words.begin(), words.end(), [&](auto const& known) { return known.first == heading; });
    }

    SheetKind const& kind;
    std::vector<std::pair<std::string, std::size_t>> words;
};

// What stands above a column: its own words, and before them those of the group that it belongs to.
struct Heading {
    std::string group, own;
    std::string whole() const { return group.empty() ? own : group + ' ' + own; }
};

// A merged cell has its words in its first column only, so a group goes on until the next one begins; above a column without words
// in the lower row stands its own heading.
std::vector<Heading> grouped_headings(Workbook const& workbook, Workbook::Row const& upper, Workbook::Row const& lower)
{
    std::vector<Heading> headings;
    std::string_view group;
    for (std::size_t column = 0; column < std::max(upper.cells, lower.cells); ++column) {
        auto const above = workbook.cell(upper, column).text, own = workbook.cell(lower, column).text;
        if (!above.empty() || own.empty())
            group = own.empty() ? std::string_view() : above;
        headings.push_back({std::string(group), std::string(own.empty() ? above : own)});
    }
    return headings;
}

std::vector<Heading> headings_of(Workbook const& workbook, Workbook::Sheet const& sheet, std::size_t lowest, std::int64_t rows)
{
    if (rows == 2 && lowest > 0)
        return grouped_headings(workbook, sheet.rows[lowest - 1], sheet.rows[lowest]);
    std::vector<Heading> headings;
    for (std::size_t column = 0; column < sheet.rows[lowest].cells; ++column)
        headings.push_back({"", std::string(workbook.cell(sheet.rows[lowest], column).text)});
    return headings;
}

// "学生信息" above "姓名" says nothing that matters, "成员1" does.
std::vector<std::string> canonical(Dictionary const& dictionary, std::vector<Heading> const& headings)
{
    std::vector<std::string> words;
    for (auto const& heading : headings) {
        auto whole = lib::canonical_heading(heading.whole()), own = lib::canonical_heading(heading.own);
        words.push_back(dictionary.knows(own) && !dictionary.knows(whole) ? std::move(own) : std::move(whole));
    }
    return words;
}

struct Match {
    double likeness = 0;
    std::size_t column = 0, field = 0;
};

// Every field to the column that is most like it, best matches first; equal ones from the left.
std::vector<std::size_t> columns_of_fields(Dictionary const& dictionary, std::vector<std::string> const& headings)
{
    std::vector<Match> matches;
    for (std::size_t column = 0; column < headings.size(); ++column)
        for (auto const& [word, field] : dictionary.words) {
            double const likeness = word == headings[column] ? 1 : lib::heading_similarity(word, headings[column]);
            if (!headings[column].empty() && likeness >= alike)
                matches.push_back({likeness, column, field});
        }
    std::stable_sort(matches.begin(), matches.end(), [](Match const& a, Match const& b) { return a.likeness > b.likeness; });
    std::vector<std::size_t> columns(dictionary.kind.fields.size(), Table::none);
    std::vector<bool> used(headings.size());
    for (auto const& match : matches) {
        if (columns[match.field] != Table::none || used[match.column])
            continue;
        columns[match.field] = match.column;
        used[match.column] = true;
    }
    return columns;
}

void describe(Workbook const& workbook, Workbook::Sheet const& sheet, SheetMapping& mapping)
{
    auto const header
        = std::find_if(sheet.rows.begin(), sheet.rows.end(), [&](auto const& row) { return row.number >= mapping.header_row; });
    mapping.columns.clear();
    mapping.rows = 0;
    if (header == sheet.rows.end())
        return;
    mapping.rows = sheet.rows.end() - header - 1;
    auto const headings = headings_of(workbook, sheet, static_cast<std::size_t>(header - sheet.rows.begin()), mapping.heading_rows);
    std::size_t width = headings.size();
    for (auto row = header; row != sheet.rows.end() && row != header + 5; ++row)
        width = std::max(width, row->cells);
    for (std::size_t column = 0; column < width; ++column) {
        std::string_view sample;
        for (auto row = header + 1; sample.empty() && row != sheet.rows.end() && row < header + 10; ++row)
            sample = workbook.cell(*row, column).text;
        mapping.columns.push_back(
            {column_name(column), column < headings.size() ? headings[column].whole() : "", {}, std::string(sample)});
    }
}

SheetMapping recognise_sheet(Workbook const& workbook, std::size_t index, std::vector<Dictionary> const& dictionaries)
{
    auto const& sheet = workbook.sheets()[index];
    SheetMapping mapping{static_cast<std::int64_t>(index), sheet.name, std::string(ignored)};
    double best = 2; // two headings with nothing required are no table of ours
    std::vector<std::string> headings;
    Dictionary const* chosen = nullptr;
    auto const look = [&](std::size_t row, std::int64_t rows) {
        auto const found = headings_of(workbook, sheet, row, rows);
        for (auto const& dictionary : dictionaries) {
            auto words = canonical(dictionary, found);
            auto const score = dictionary.known_share(words);
            if (score <= best)
                continue;
            best = score;
            headings = std::move(words);
            chosen = &dictionary;
            mapping.header_row = sheet.rows[row].number;
            mapping.heading_rows = rows;
        }
    };
    for (std::size_t row = 0; row < std::min(rows_to_look_at, sheet.rows.size()); ++row) {
        look(row, 1);
        if (row > 0)
            look(row, 2); // only where it tells more than either row alone
    }
    describe(workbook, sheet, mapping);
    if (!chosen)
        return mapping;
    mapping.kind = chosen->kind.kind;
    auto const columns = columns_of_fields(*chosen, headings);
    for (std::size_t field = 0; field < columns.size(); ++field)
        if (columns[field] != Table::none)
            mapping.columns[columns[field]].field = chosen->kind.fields[field].field;
    return mapping;
}

SheetKind const* kind_named(Importer const& importer, std::string_view kind)
{
    auto const found
        = std::find_if(importer.sheets.begin(), importer.sheets.end(), [&](SheetKind const& known) { return known.kind == kind; });
    return found == importer.sheets.end() ? nullptr : &*found;
}

bool has_field(SheetKind const& kind, std::string_view field)
{
    return std::any_of(kind.fields.begin(), kind.fields.end(), [&](Field const& known) { return known.field == field; });
}

void check_choice(SheetKind const& kind, SheetChoice const& choice, std::string const& at, Problems& problems)
{
    std::vector<std::string_view> taken;
    for (std::size_t i = 0; i < choice.columns.size(); ++i) {
        auto const& field = choice.columns[i].field;
        if (!field || field->empty())
            continue;
        auto const path = fmt::format("{}/columns/{}/field", at, i);
        if (!has_field(kind, *field))
            problems.push_back({path, "unknown", {"没有这个字段。", "There is no such field."}});
        else if (std::find(taken.begin(), taken.end(), *field) != taken.end())
            problems.push_back({path, "double", {"这个字段已经对应另一列。", "Another column has this field already."}});
        taken.push_back(*field);
    }
}

SheetMapping* sheet_at(std::vector<SheetMapping>& sheets, std::int64_t index)
{
    auto const found = std::find_if(sheets.begin(), sheets.end(), [&](SheetMapping const& sheet) { return sheet.index == index; });
    return found == sheets.end() ? nullptr : &*found;
}

} // namespace

std::vector<SheetMapping> recognise(Workbook const& workbook, Importer const& importer)
{
    std::vector<Dictionary> const dictionaries(importer.sheets.begin(), importer.sheets.end());
    std::vector<SheetMapping> sheets;
    for (std::size_t i = 0; i < workbook.sheets().size(); ++i)
        if (!workbook.sheets()[i].rows.empty())
            sheets.push_back(recognise_sheet(workbook, i, dictionaries));
    return sheets;
}

void check_choices(Importer const& importer, std::vector<SheetMapping> const& sheets, std::vector<SheetChoice> const& choices)
{
    Problems problems;
    auto known = sheets;
    for (std::size_t i = 0; i < choices.size(); ++i) {
        auto const at = fmt::format("/sheets/{}", i);
        auto const* const kind = kind_named(importer, choices[i].kind);
        if (!sheet_at(known, choices[i].index))
            problems.push_back({at + "/index", "unknown", {"没有这张表。", "There is no such sheet."}});
        if (kind)
            check_choice(*kind, choices[i], at, problems);
        else if (choices[i].kind != ignored)
            problems.push_back({at + "/kind", "unknown", {"没有这种表。", "There is no such kind of sheet."}});
    }
    if (!problems.empty())
        throw invalid(std::move(problems));
}

std::vector<SheetMapping> with_choices(
    Workbook const& workbook, std::vector<SheetMapping> sheets, std::vector<SheetChoice> const& choices)
{
    for (auto const& choice : choices) {
        auto* const sheet = sheet_at(sheets, choice.index);
        if (!sheet)
            continue;
        sheet->kind = choice.kind;
        if (choice.header_row)
            sheet->header_row = choice.header_row->value;
        if (choice.heading_rows)
            sheet->heading_rows = choice.heading_rows->value;
        describe(workbook, workbook.sheets()[static_cast<std::size_t>(sheet->index)], *sheet);
        for (auto const& chosen : choice.columns)
            for (auto& column : sheet->columns)
                if (column.column == chosen.column && chosen.field && !chosen.field->empty())
                    column.field = *chosen.field;
    }
    return sheets;
}

bool is_complete(Importer const& importer, std::vector<SheetMapping> const& sheets)
{
    bool is_used = false;
    for (auto const& sheet : sheets) {
        auto const* const kind = kind_named(importer, sheet.kind);
        if (!kind)
            continue;
        is_used = true;
        for (auto const& field : kind->fields)
            if (field.required && std::none_of(sheet.columns.begin(), sheet.columns.end(), [&](auto const& column) {
                    return column.field == field.field;
                }))
                return false;
    }
    return is_used;
}

std::vector<Table> tables_of(Workbook const& workbook, Importer const& importer, std::vector<SheetMapping> const& sheets)
{
    std::vector<Table> tables;
    for (auto const& kind : importer.sheets)
        for (auto const& sheet : sheets) {
            if (sheet.kind != kind.kind)
                continue;
            std::vector<std::size_t> columns(kind.fields.size(), Table::none);
            for (std::size_t column = 0; column < sheet.columns.size(); ++column)
                for (std::size_t field = 0; field < kind.fields.size(); ++field)
                    if (sheet.columns[column].field == kind.fields[field].field)
                        columns[field] = column;
            tables.emplace_back(workbook, static_cast<std::size_t>(sheet.index), kind, sheet.header_row, std::move(columns));
        }
    return tables;
}

} // namespace concentric::imports
