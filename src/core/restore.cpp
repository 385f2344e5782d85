#include "core/restore.hpp"

#include "core/archive_tables.hpp"
#include "core/blobs.hpp"
#include "core/migrations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

namespace concentric {
namespace {

constexpr std::size_t most_faults = 100;

// The cells of a row's line, as they were.
class Cells {
public:
    // Gives false where a number is none, or where there are more or fewer cells than columns.
    bool read(std::string_view line, std::vector<ArchiveColumn> const& columns)
    {
        values_.clear();
        texts_.resize(columns.size());
        for (std::size_t i = 0; i < columns.size(); ++i) {
            auto const end = line.find('\t');
            if ((end == line.npos) != (i + 1 == columns.size()) || !read_cell(line.substr(0, end), columns[i], texts_[i]))
                return false;
            line.remove_prefix(end == line.npos ? line.size() : end + 1);
        }
        return true;
    }

    std::vector<db::Value>& values() { return values_; }

private:
    bool read_cell(std::string_view cell, ArchiveColumn const& column, std::string& text)
    {
        if (cell == "\\N") {
            values_.emplace_back(nullptr);
            return column.may_be_null;
        }
        if (column.kind == ArchiveColumn::Kind::text) {
            values_.emplace_back(unmasked(cell, text));
            return true;
        }
        std::int64_t number = 0;
        auto const [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), number);
        if (column.kind == ArchiveColumn::Kind::truth)
            values_.emplace_back(number != 0);
        else
            values_.emplace_back(number);
        return error == std::errc() && end == cell.data() + cell.size();
    }

    static std::string_view unmasked(std::string_view cell, std::string& text)
    {
        if (cell.find('\\') == cell.npos)
            return cell;
        text.clear();
        for (std::size_t i = 0; i < cell.size(); ++i) {
            bool const is_masked = cell[i] == '\\' && i + 1 < cell.size();
            char const c = is_masked ? cell[++i] : cell[i];
            text += !is_masked ? c : c == 't' ? '\t' : c == 'n' ? '\n' : c == 'r' ? '\r' : c;
        }
        return text;
    }

    std::vector<db::Value> values_;
    std::vector<std::string> texts_;
};

// Walks through an archive once; what is done with its parts is said by whoever derives from it.
class ArchiveWalk {
public:
    ArchiveWalk(ArchiveReader& archive, Progress& progress) : archive_(archive), progress_(progress) { }
    virtual ~ArchiveWalk() = default;

    void run()
    {
        archive_.rewind();
        progress_.set(0, archive_.file_size());
        while (auto const line = archive_.line())
            take(*line);
        end_table();
    }

protected:
    virtual void county(ArchivedCounty const&) = 0;
    virtual void table(TableHead const&) = 0;
    virtual void row(std::string_view line) = 0;
    virtual void end_table() = 0;
    virtual void file(FileHead const&, std::string const& bytes) = 0;
    virtual void manifest(ArchiveManifest const&) = 0;

    ArchiveHead const& head() const { return archive_.head(); }

private:
    void take(std::string_view line)
    {
        if (++lines_ % rows_between_reports == 0) {
            progress_.set(archive_.read_bytes(), archive_.file_size());
            progress_.check();
        }
        if (line.empty() || line.front() < 'a')
            return row(line);
        auto const after = [&](std::string_view word) { return line.substr(word.size()); };
        if (line.starts_with(archive_word::county))
            county(reflect::from_json<ArchivedCounty>(after(archive_word::county)));
        end_table();
        if (line.starts_with(archive_word::table))
            table(reflect::from_json<TableHead>(after(archive_word::table)));
        else if (line.starts_with(archive_word::file))
            take_file(reflect::from_json<FileHead>(after(archive_word::file)));
        else if (line.starts_with(archive_word::manifest))
            manifest(reflect::from_json<ArchiveManifest>(after(archive_word::manifest)));
    }

    void take_file(FileHead const& head)
    {
        auto const bytes
            = archive_.bytes(static_cast<std::size_t>(std::clamp<std::int64_t>(head.size, 0, archive_.file_size() * 1100)));
        archive_.bytes(1); // the line break
        file(head, bytes);
    }

    ArchiveReader& archive_;
    Progress& progress_;
    std::int64_t lines_ = 0;
};

// The tables of a schema, from an empty database in memory.
std::map<std::string, ArchiveTable> tables_at(std::int64_t schema)
{
    auto const db = db::open({db::Dialect::sqlite, ":memory:"});
    db::migrate_up_to(*db, schema);
    std::map<std::string, ArchiveTable> tables;
    for (auto& table : archive_tables(*db))
        tables[table.name] = std::move(table);
    return tables;
}

class Check final : public ArchiveWalk {
public:
    Check(ArchiveReader& archive, Progress& progress)
        : ArchiveWalk(archive, progress), hasher_(archive.head().suite), schema_(tables_at(archive.head().schema)),
          county_text_(std::to_string(archive.head().county) + '\t')
    {
    }

    ArchiveReport finish()
    {
        run();
        if (!has_manifest_)
            fault({"归档没有清单，不完整。", "The archive has no manifest; it is not whole."});
        for (auto const& [name, table] : schema_)
            if (!counts_.contains(name))
                fault({fmt::format("缺少数据表 {}。", name), fmt::format("The table {} is missing.", name)});
        return std::move(report_);
    }

private:
    void fault(Words words)
    {
        ++report_.fault_count;
        if (report_.faults.size() < most_faults)
            report_.faults.push_back(std::move(words));
    }

    void county(ArchivedCounty const& county) override
    {
        report_.county = county;
        if (county.county != head().county)
            fault({"归档内外的区县代码不一致。", "The county within the archive is not the one that it names outside."});
    }

    void table(TableHead const& head) override
    {
        current_ = &counts_[head.table];
        current_->table = head.table;
        auto const found = schema_.find(head.table);
        columns_ = found == schema_.end() ? nullptr : &found->second.columns;
        if (!columns_)
            return fault(
                {fmt::format("程序不认识数据表 {}。", head.table), fmt::format("The program knows no table {}.", head.table)});
        if (!std::ranges::equal(*columns_, head.columns, {}, &ArchiveColumn::name)) {
            columns_ = nullptr;
            fault({fmt::format("数据表 {} 的列与该版本不符。", head.table),
                fmt::format("The columns of {} are not those of its schema.", head.table)});
        }
    }

    void row(std::string_view line) override
    {
        if (!current_)
            return fault({"有不属于任何表的数据行。", "There is a row of no table."});
        ++current_->rows;
        hasher_.add(line);
        hasher_.add("\n");
        if (columns_ && (!line.starts_with(county_text_) || !cells_.read(line, *columns_)))
            fault({fmt::format("数据表 {} 第 {} 行看不懂。", current_->table, current_->rows),
                fmt::format("Row {} of the table {} cannot be understood.", current_->rows, current_->table)});
    }

    void end_table() override
    {
        if (current_)
            current_->digest = crypto::to_hex(crypto::view(hasher_.end()));
        current_ = nullptr;
    }

    void file(FileHead const& file, std::string const& bytes) override
    {
        ++files_;
        report_.file_bytes += static_cast<std::int64_t>(bytes.size());
        if (crypto::to_hex(crypto::view(crypto::digest(head().suite, bytes))) != file.digest)
            fault({fmt::format("文件 {} 的校验和不符。", file.address),
                fmt::format("The digest of the file {} is another one.", file.address)});
    }

    void manifest(ArchiveManifest const& said) override
    {
        has_manifest_ = true;
        report_.manifest = said;
        if (said.files != files_)
            fault({fmt::format("清单说有 {} 个文件，实有 {} 个。", said.files, files_),
                fmt::format("The manifest says {} files; there are {}.", said.files, files_)});
        for (auto const& table : said.tables) {
            auto const found = counts_.find(table.table);
            if (found == counts_.end() || found->second.rows != table.rows)
                fault({fmt::format("清单说数据表 {} 有 {} 行，实有 {} 行。", table.table, table.rows,
                           found == counts_.end() ? 0 : found->second.rows),
                    fmt::format("The manifest says {} rows of {}; there are {}.", table.rows, table.table,
                        found == counts_.end() ? 0 : found->second.rows)});
            else if (found->second.digest != table.digest)
                fault({fmt::format("数据表 {} 的校验和不符。", table.table),
                    fmt::format("The digest of the table {} is another one.", table.table)});
        }
    }

    crypto::Hasher hasher_;
    std::map<std::string, ArchiveTable> const schema_;
    std::string const county_text_;
    ArchiveReport report_;
    std::map<std::string, TableCount> counts_;
    TableCount* current_ = nullptr;
    std::vector<ArchiveColumn> const* columns_ = nullptr;
    Cells cells_;
    std::int64_t files_ = 0;
    bool has_manifest_ = false;
};

class Loading final : public ArchiveWalk {
public:
    Loading(ArchiveReader& archive, db::Connection& db, Blobs& blobs, std::vector<SealedColumn> const& columns, Progress& progress)
        : ArchiveWalk(archive, progress), db_(db), blobs_(blobs), sealed_(columns)
    {
        for (auto& table : archive_tables(db))
            tables_[table.name] = std::move(table);
    }

private:
    void county(ArchivedCounty const& county) override { db_.keys().take_over(db_, county.county, county.keys); }

    // What came by itself with the county gives way to what was archived.
    void table(TableHead const& head_of_table) override
    {
        table_ = &tables_.at(head_of_table.table);
        db_.execute(fmt::format("DELETE FROM {} WHERE county = $1", table_->name), head().county);
        std::vector<std::string_view> const names(head_of_table.columns.begin(), head_of_table.columns.end());
        loader_ = db_.loader(table_->name, names);
        anew_.clear();
        for (auto const& column : sealed_)
            if (column.table == table_->name && column.how == reflect::Sealing::indexed_everywhere)
                anew_.push_back(static_cast<std::size_t>(std::ranges::find(names, column.column) - names.begin()));
    }

    void row(std::string_view line) override
    {
        cells_.read(line, table_->columns);
        for (auto const at : anew_)
            seal_anew(std::get<std::string_view>(cells_.values().at(at)), cells_.values()[at]);
        loader_->add(cells_.values());
    }

    void seal_anew(std::string_view text, db::Value& value)
    {
        auto const how = reflect::Sealing::indexed_everywhere;
        renewed_ = db_.keys().seal(head().county, db_.keys().open(text, how), how);
        value = std::string_view(renewed_);
    }

    void end_table() override
    {
        if (loader_)
            loader_->finish();
        loader_ = nullptr;
    }

    void file(FileHead const& file, std::string const& bytes) override { blobs_.put_at(file.address, bytes); }
    void manifest(ArchiveManifest const&) override { }

    db::Connection& db_;
    Blobs& blobs_;
    std::vector<SealedColumn> const& sealed_;
    std::map<std::string, ArchiveTable> tables_;
    ArchiveTable const* table_ = nullptr;
    std::unique_ptr<db::Loader> loader_;
    std::vector<std::size_t> anew_; // columns of the table whose index is one of the whole installation
    Cells cells_;
    std::string renewed_;
};

} // namespace

ArchiveReport check_archive(ArchiveReader& archive, Progress& progress)
{
    if (archive.head().schema > db::migrations().back().number)
        throw ArchiveError({"归档由更新版本的程序制作，请先升级程序。",
            "The archive was made by a newer version of this program; upgrade first."});
    return Check(archive, progress).finish();
}

std::vector<Words> hindrances(db::Connection& db, std::int64_t schema)
{
    std::vector<Words> found;
    auto const tables = tables_with_county(db);
    if (tables.empty())
        return found;
    if (auto const state = schema_number(db); state > schema)
        found.push_back({fmt::format("数据库结构（第 {} 步）比归档（第 {} 步）新：请换用从未启动过的空数据库，恢复后会自动升级。",
                             state, schema),
            fmt::format("The database's schema (step {}) is newer than the archive's (step {}): take a database that was never "
                        "started on; it is "
                        "brought up to date after restoring.",
                state, schema)});
    for (auto const& table : tables) {
        if (table == "data_keys")
            continue;
        auto const rows
            = db.value<std::int64_t>(fmt::format("SELECT count(*) AS value FROM {} WHERE county > 0", table)).value_or(0);
        if (rows > 0)
            found.push_back({fmt::format("数据库不是空的：{} 中有 {} 行。", table, rows),
                fmt::format("The database is not empty: {} has {} rows.", table, rows)});
    }
    return found;
}

void restore_archive(
    ArchiveReader& archive, db::Connection& db, Blobs& blobs, std::vector<SealedColumn> const& columns, Progress& progress)
{
    db::migrate_up_to(db, archive.head().schema);
    db.keys().prepare(db, 0);
    db::Transaction transaction(db);
    Loading(archive, db, blobs, columns, progress).run();
    transaction.commit();
    db::migrate(db);
    db.refresh_statistics();
}

} // namespace concentric
