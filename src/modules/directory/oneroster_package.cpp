#include "modules/directory/oneroster_package.hpp"

#include "lib/csv_reader.hpp"
#include "lib/text.hpp"
#include "lib/zip_package.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace concentric::directory::oneroster {
namespace {

constexpr std::size_t most_bytes = 512U << 20;
constexpr lib::Limits limits{512U << 20, 2'000'000, 400, 1};
constexpr std::string_view id = "sourcedId", status = "status", modified = "dateLastModified";

class PackageReader {
public:
    PackageReader(std::string_view bytes, imports::Workbook& workbook)
        : budget_(most_bytes), zip_(bytes, budget_), workbook_(workbook)
    {
    }

    Package read()
    {
        read_manifest();
        refuse_if_wrong();
        for (auto const& file : files())
            read_file(file);
        refuse_if_wrong();
        return std::move(package_);
    }

private:
    void wrong(std::string zh, std::string en) { wrong_.emplace_back(std::move(zh), std::move(en)); }

    void refuse_if_wrong() const
    {
        if (wrong_.empty())
            return;
        std::string zh = "不符合 OneRoster 1.2：", en = "Not OneRoster 1.2: ";
        for (auto const& [said_zh, said_en] : wrong_) {
            zh += said_zh;
            en += said_en + " ";
        }
        en.pop_back();
        throw lib::SheetError(lib::SheetError::Fault::damaged, zh, en);
    }

    void warn(std::string file, std::string kind, std::int64_t row, std::string column, std::string code, Words words,
        std::string found = {})
    {
        workbook_.faults.push_back(
            {std::move(file), std::move(kind), row, std::move(column), std::move(code), std::move(words), std::move(found), true});
    }

    std::string unpacked(std::string const& part)
    {
        std::string text;
        zip_.read(part, [&](std::string_view piece) { text += piece; });
        return text;
    }

    // ---- The manifest. ----

    void read_manifest()
    {
        lib::read_csv(unpacked("manifest.csv"), limits, [&](lib::Row const& row) {
            if (row.cells.size() >= 2)
                manifest_[row.cells[0].text] = row.cells[1].text;
        });
        version("manifest.version", manifest_version);
        version("oneroster.version", standard_version);
        for (auto const name : manifest_files())
            read_mode(std::string(name));
    }

    void version(std::string const& property, std::string_view wanted)
    {
        auto const& said = manifest_[property];
        if (said != wanted)
            wrong(fmt::format("manifest.csv 中 {} 应为 {}，实为“{}”。", property, wanted, said),
                fmt::format("{} in manifest.csv has to be {}, not \"{}\".", property, wanted, said));
    }

    void read_mode(std::string const& name)
    {
        auto const mode = manifest_["file." + name];
        bool const is_here = zip_.has(name + ".csv");
        if (mode == "bulk" || mode == "delta") {
            if (!is_here)
                wrong(fmt::format("manifest.csv 说有 {}.csv，ZIP 中没有。", name),
                    fmt::format("manifest.csv speaks of {}.csv, which is not in the ZIP.", name));
            package_.is_delta |= mode == "delta";
        } else if (mode.empty()) {
            warn("manifest.csv", "organisations", 0, "", "missing_property",
                {"清单没有说明每一个文件。", "The manifest does not speak of every file."}, "file." + name);
        } else if (mode != "absent") {
            wrong(fmt::format("manifest.csv 中 file.{} 应为 absent、bulk 或 delta，实为“{}”。", name, mode),
                fmt::format("file.{} in manifest.csv has to be absent, bulk or delta, not \"{}\".", name, mode));
        }
    }

    bool is_told(std::string_view name)
    {
        auto const& mode = manifest_[fmt::format("file.{}", name)];
        return mode == "bulk" || mode == "delta";
    }

    // ---- The files. ----

    void read_file(File const& file)
    {
        if (!is_told(file.name)) {
            if (file.is_needed)
                wrong(fmt::format("缺少 {}.csv。", file.name), fmt::format("{}.csv is missing.", file.name));
            return;
        }
        auto const name = std::string(file.name) + ".csv";
        auto& rows = package_.tables.emplace(file.name, Rows(file, workbook_.add_file(name))).first->second;
        bool is_first = true;
        std::vector<std::string_view> cells;
        lib::read_csv(unpacked(name), limits, [&](lib::Row const& row) {
            cells.clear();
            for (auto const& cell : row.cells)
                cells.push_back(cell.text);
            if (is_first)
                read_headings(rows, cells);
            else
                rows.take(static_cast<std::int64_t>(row.number), cells);
            is_first = false;
        });
        if (is_first)
            wrong(fmt::format("{} 是空的。", name), fmt::format("{} is empty.", name));
        check_rows(rows);
    }

    void read_headings(Rows& rows, std::vector<std::string_view> const& headings)
    {
        auto const name = rows.name();
        rows.take_headings({headings.begin(), headings.end()});
        auto const require = [&](std::string_view column) {
            if (!rows.has(column))
                wrong(fmt::format("{} 缺少必需的列 {}。", name, column),
                    fmt::format("{} lacks the required column {}.", name, column));
        };
        require(id);
        for (auto const& column : rows.file().columns) {
            if (column.is_required)
                require(column.name);
            else if (!rows.has(column.name))
                warn(name, std::string(rows.file().kind), 1, "", "missing_column",
                    {"标准规定的列不在文件中。", "A column of the standard is not in the file."}, std::string(column.name));
        }
    }

    void check_rows(Rows& rows)
    {
        bool const is_delta = manifest_[fmt::format("file.{}", rows.file().name)] == "delta";
        for (auto const row : rows.enter())
            fault(rows, row, id, "duplicate", {"sourcedId 在文件中重复。", "The sourcedId is in the file twice."});
        for (std::size_t row = 0; row < rows.size(); ++row) {
            if (rows.at(row, id).empty())
                fault(rows, row, id, "missing", {"必需的列为空。", "A required column is empty."});
            check_status(rows, row, is_delta);
            for (auto const& column : rows.file().columns)
                check_cell(rows, row, column);
        }
    }

    void check_status(Rows& rows, std::size_t row, bool is_delta)
    {
        auto const said = rows.at(row, status);
        if (is_delta && said == "tobedeleted") {
            rows.spoil(row);
            note(rows, row, status, "to_be_deleted",
                {"标记为删除：未作改动，如已离开请在系统中办理。",
                    "Marked to be deleted: nothing was changed; if they have left, say so here."},
                true);
        } else if (is_delta && said != "active") {
            fault(rows, row, status, "unknown_choice",
                {"增量文件中应为 active 或 tobedeleted。", "In a delta file it has to be active or tobedeleted."});
        } else if (!is_delta && !(said.empty() && rows.at(row, modified).empty())) {
            note(rows, row, said.empty() ? modified : status, "not_blank",
                {"全量文件中应为空，未采用。", "In a bulk file it has to be empty; not taken."}, true);
        }
    }

    void check_cell(Rows& rows, std::size_t row, Column const& column)
    {
        auto const said = rows.at(row, column.name);
        if (said.empty()) {
            if (column.is_required)
                fault(rows, row, column.name, "missing", {"必需的列为空。", "A required column is empty."});
            return;
        }
        if (column.choices.empty() || said.starts_with("ext:"))
            return;
        bool const is_known = fmt::format("|{}|", column.choices).find(fmt::format("|{}|", said)) != std::string::npos;
        if (!is_known)
            fault(rows, row, column.name, "unknown_choice", {"不是标准规定的值。", "Not one of the standard's values."});
    }

    void note(Rows const& rows, std::size_t row, std::string_view column, std::string code, Words words, bool is_warning)
    {
        workbook_.faults.push_back({rows.name(), std::string(rows.file().kind), rows.line(row), rows.letter(column),
            std::move(code), std::move(words), std::string(rows.at(row, column)), is_warning});
    }

    void fault(Rows& rows, std::size_t row, std::string_view column, std::string code, Words words)
    {
        rows.spoil(row);
        note(rows, row, column, std::move(code), std::move(words), false);
    }

    lib::Budget budget_;
    lib::ZipPackage zip_;
    imports::Workbook& workbook_;
    Package package_;
    std::map<std::string, std::string> manifest_;
    std::vector<std::pair<std::string, std::string>> wrong_;
};

} // namespace

// ---- Rows. ----

void Rows::take_headings(std::vector<std::string> const& headings)
{
    headings_ = headings;
    auto const keep = [&](std::string_view name) {
        auto const found = std::ranges::find(headings_, name);
        if (found == headings_.end())
            return;
        places_[name] = static_cast<std::size_t>(found - headings_.begin());
        kept_[name] = columns_.size();
        columns_.push_back(places_[name]);
    };
    for (auto const name : {id, status, modified})
        keep(name);
    for (auto const& column : file_->columns)
        keep(column.name);
    for (auto const name : own_columns(file_->name))
        keep(name);
}

void Rows::take(std::int64_t line, std::span<std::string_view const> cells)
{
    lines_.push_back(line);
    is_good_.push_back(true);
    for (auto const column : columns_) {
        auto const text = column < cells.size() ? cells[column] : std::string_view();
        cells_.push_back({static_cast<std::uint32_t>(texts_.size()), static_cast<std::uint32_t>(text.size())});
        texts_ += text;
    }
}

std::vector<std::size_t> Rows::enter()
{
    std::vector<std::size_t> doubles;
    for (std::size_t row = 0; row < size(); ++row)
        if (auto const key = at(row, id); !key.empty() && !rows_.try_emplace(key, row).second)
            doubles.push_back(row);
    return doubles;
}

std::string_view Rows::at(std::size_t row, std::string_view column) const
{
    auto const found = kept_.find(column);
    if (found == kept_.end())
        return {};
    auto const& span = cells_[row * columns_.size() + found->second];
    return std::string_view(texts_).substr(span.at, span.size);
}

imports::CellPlace Rows::place(std::size_t row, std::string_view column) const
{
    auto const found = places_.find(column);
    if (found == places_.end())
        return {};
    return {number_, static_cast<std::uint16_t>(found->second), static_cast<std::uint32_t>(lines_[row])};
}

std::string Rows::letter(std::string_view column) const
{
    auto const found = places_.find(column);
    return found == places_.end() ? std::string() : imports::column_name(found->second);
}

std::optional<std::size_t> Rows::find(std::string_view sourced_id) const
{
    auto const found = rows_.find(sourced_id);
    return found == rows_.end() || !is_good_[found->second] ? std::nullopt : std::optional(found->second);
}

// ---- The whole. ----

bool is_package(std::string_view bytes)
{
    if (!bytes.starts_with("PK"))
        return false;
    lib::Budget budget(most_bytes);
    return lib::ZipPackage(bytes, budget).has("manifest.csv");
}

Package read_package(std::string_view bytes, imports::Workbook& workbook) { return PackageReader(bytes, workbook).read(); }

std::vector<std::string_view> list_in(std::string_view cell)
{
    std::vector<std::string_view> parts;
    while (!cell.empty()) {
        auto const end = std::min(cell.find(','), cell.size());
        if (auto const part = lib::trim(cell.substr(0, end)); !part.empty())
            parts.push_back(part);
        cell.remove_prefix(std::min(end + 1, cell.size()));
    }
    return parts;
}

} // namespace concentric::directory::oneroster
