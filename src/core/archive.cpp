#include "core/archive.hpp"

#include "core/archive_tables.hpp"
#include "core/blobs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <numeric>
#include <set>

namespace concentric {
namespace {

bool is_hexadecimal(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

// Addresses of stored files are 64 hexadecimal digits, in a column of their own or within JSON.
template <class Found> void each_address(std::string_view text, Found const& found)
{
    if (text.size() < 64)
        return;
    std::size_t run = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i < text.size() && is_hexadecimal(text[i])) {
            ++run;
            continue;
        }
        if (run == 64)
            found(text.substr(i - 64, 64));
        run = 0;
    }
}

void append_text(std::string& out, std::string_view text)
{
    for (;;) {
        auto const at = text.find_first_of("\t\n\r\\");
        out += text.substr(0, at);
        if (at == text.npos)
            return;
        out += '\\';
        out += text[at] == '\t' ? 't' : text[at] == '\n' ? 'n' : text[at] == '\r' ? 'r' : '\\';
        text.remove_prefix(at + 1);
    }
}

void append_number(std::string& out, std::int64_t number)
{
    char digits[24];
    auto const end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    out.append(digits, end);
}

class CountyWriter {
public:
    CountyWriter(Call& call, ArchiveWriter& out, crypto::Suite suite, Progress& progress)
        : call_(call), out_(out), suite_(suite), progress_(progress), hasher_(suite)
    {
    }

    Archived write()
    {
        {
            db::Transaction const moment(call_.db, true);
            if (call_.db.dialect() == db::Dialect::postgresql)
                call_.db.script("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"); // all tables as of one moment
            tables_ = archive_tables(call_.db);
            progress_.set(0, count());
            line(archive_word::county, county());
            for (auto const& table : tables_)
                write_table(table);
        }
        for (auto const& address : addresses_)
            write_file(address);
        for (auto const& each : left_out())
            manifest_.left_out.push_back({std::string(each.table), each.why.zh, each.why.en});
        line(archive_word::manifest, manifest_);
        return {manifest_.rows(), manifest_.files, 0};
    }

private:
    template <class T> void line(std::string_view word, T const& value)
    {
        out_.write(word);
        out_.write(to_json(value));
        out_.write("\n");
    }

    std::int64_t count()
    {
        return std::accumulate(tables_.begin(), tables_.end(), std::int64_t{0}, [&](auto sum, auto const& table) {
            return sum
                + call_.db
                      .value<std::int64_t>(
                          fmt::format("SELECT count(*) AS value FROM {} WHERE county = $1", table.name), call_.county)
                      .value_or(0);
        });
    }

    ArchivedCounty county()
    {
        auto name = call_.db.value<std::string>("SELECT name AS value FROM counties WHERE county = $1", call_.county);
        if (!name)
            throw not_found({"区县", "county"});
        return {call_.county, std::move(*name), call_.db.keys().copies(call_.db, call_.county)};
    }

    void write_table(ArchiveTable const& table)
    {
        TableHead head{table.name, {}};
        std::string names;
        for (auto const& column : table.columns) {
            head.columns.push_back(column.name);
            bool const is_text = column.kind == ArchiveColumn::Kind::text;
            auto const nothing = is_text ? "''" : column.kind == ArchiveColumn::Kind::truth ? "FALSE" : "0";
            names += names.empty() ? "" : ", ";
            names += column.may_be_null ? fmt::format("{0} IS NULL, COALESCE({0}, {1})", column.name, nothing) : column.name;
        }
        line(archive_word::table, head);
        TableCount counted{table.name, 0, {}};
        call_.db.scan_all(
            fmt::format("SELECT {} FROM {} WHERE county = $1 ORDER BY {}", names, table.by_key, table.key),
            [&](db::RowView const& row) {
                write_row(table, row);
                if (++counted.rows % rows_between_reports == 0) {
                    progress_.advance(rows_between_reports);
                    progress_.check();
                }
            },
            call_.county);
        progress_.advance(counted.rows % rows_between_reports);
        counted.digest = crypto::to_hex(crypto::view(hasher_.end()));
        manifest_.tables.push_back(std::move(counted));
    }

    void write_row(ArchiveTable const& table, db::RowView const& row)
    {
        row_.clear();
        int at = 0;
        for (auto const& column : table.columns) {
            row_ += row_.empty() ? "" : "\t";
            if (column.may_be_null && row.integer(at++)) {
                row_ += "\\N";
                ++at;
            } else if (column.kind == ArchiveColumn::Kind::text) {
                auto const text = row.text(at++);
                append_text(row_, text);
                each_address(text, [&](std::string_view address) { note(address); });
            } else {
                append_number(row_, row.integer(at++));
            }
        }
        row_ += '\n';
        hasher_.add(row_);
        out_.write(row_);
    }

    void note(std::string_view address)
    {
        if (!addresses_.contains(address) && call_.blobs.has(address))
            addresses_.emplace(address);
    }

    // One that was forgotten meanwhile is gone for the rows' next moment, too.
    void write_file(std::string const& address)
    {
        progress_.check();
        auto const bytes = call_.blobs.get(address);
        if (!bytes)
            return;
        line(archive_word::file,
            FileHead{
                address, static_cast<std::int64_t>(bytes->size()), crypto::to_hex(crypto::view(crypto::digest(suite_, *bytes)))});
        out_.write(*bytes);
        out_.write("\n");
        ++manifest_.files;
    }

    Call& call_;
    ArchiveWriter& out_;
    crypto::Suite suite_;
    Progress& progress_;
    crypto::Hasher hasher_;
    std::vector<ArchiveTable> tables_;
    std::set<std::string, std::less<>> addresses_;
    ArchiveManifest manifest_;
    std::string row_;
};

} // namespace

std::int64_t ArchiveManifest::rows() const
{
    return std::accumulate(
        tables.begin(), tables.end(), std::int64_t{0}, [](auto sum, auto const& table) { return sum + table.rows; });
}

std::int64_t schema_number(db::Connection& db)
{
    return db.value<std::int64_t>("SELECT max(number) AS value FROM migrations").value_or(0);
}

Archived write_archive(
    Call& call, std::filesystem::path const& file, ArchiveHead const& head, crypto::Key const& key, Progress& progress)
{
    ArchiveWriter out(file, head, key);
    auto archived = CountyWriter(call, out, head.suite, progress).write();
    archived.file_size = out.finish();
    return archived;
}

} // namespace concentric
