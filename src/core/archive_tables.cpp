#include "core/archive_tables.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric {
namespace {

struct ColumnRow {
    std::string name, type;
    bool may_be_null = false;
    std::int64_t place_in_key = 0; // 0: not part of it
};
BOOST_DESCRIBE_STRUCT(ColumnRow, (), (name, type, may_be_null, place_in_key))

constexpr std::string_view tables_of_sqlite
    = "SELECT m.name AS value FROM sqlite_master m WHERE m.type = 'table' "
      "AND EXISTS (SELECT 1 FROM pragma_table_info(m.name) c WHERE c.name = 'county') ORDER BY m.name";
constexpr std::string_view tables_of_postgresql
    = "SELECT c.relname::text AS value FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'county' "
      "WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace ORDER BY c.relname COLLATE \"C\"";

constexpr std::string_view columns_of_sqlite = "SELECT name, lower(type) AS type, \"notnull\" = 0 AND pk = 0 AS may_be_null, pk AS "
                                               "place_in_key FROM pragma_table_info($1) ORDER BY cid";
constexpr std::string_view columns_of_postgresql
    = "SELECT a.attname::text AS name, format_type(a.atttypid, NULL)::text AS type, NOT a.attnotnull AS may_be_null, "
      "COALESCE(array_position(i.indkey::smallint[], a.attnum), -1)::bigint + 1 AS place_in_key FROM pg_attribute a "
      "LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary "
      "WHERE a.attrelid = ($1)::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum";

// SQLite takes any index that begins with the county, and then sorts all rows in memory.
constexpr std::string_view index_of_sqlite
    = "SELECT ' INDEXED BY ' || name AS value FROM pragma_index_list($1) WHERE origin = 'pk'";

bool is_sqlite(db::Connection const& db) { return db.dialect() == db::Dialect::sqlite; }

ArchiveColumn column_of(std::string const& table, ColumnRow const& row)
{
    using Kind = ArchiveColumn::Kind;
    static constexpr std::pair<std::string_view, Kind> known[]{
        {"integer", Kind::number}, {"bigint", Kind::number}, {"boolean", Kind::truth}, {"text", Kind::text}};
    auto const* const found = std::ranges::find(known, row.type, &std::pair<std::string_view, Kind>::first);
    if (found == std::end(known))
        throw std::logic_error(fmt::format("archives do not know the type {} of {}.{}", row.type, table, row.name));
    return {row.name, found->second, row.may_be_null};
}

ArchiveTable table_named(db::Connection& db, std::string name)
{
    auto const rows = db.rows<ColumnRow>(is_sqlite(db) ? columns_of_sqlite : columns_of_postgresql, name);
    ArchiveTable table;
    for (auto const& row : rows)
        table.columns.push_back(column_of(name, row));
    auto in_key = rows;
    std::erase_if(in_key, [](auto const& row) { return row.place_in_key == 0; });
    std::ranges::sort(in_key, {}, &ColumnRow::place_in_key);
    for (auto const& row : in_key)
        table.key += (table.key.empty() ? "" : ", ") + row.name;
    table.by_key = name + (is_sqlite(db) ? db.value<std::string>(index_of_sqlite, name).value_or("") : "");
    table.name = std::move(name);
    return table;
}

} // namespace

std::span<LeftOut const> left_out()
{
    static LeftOut const all[]{
        {"access_stamps",
            {"随区县自动生成，只在内存缓存失效时使用。",
                "Made with the county; it only tells servers when to look rights up anew."}},
        {"activity_place_counts",
            {"由报名记录自动合计，恢复时随报名一起重新生成。",
                "Counted from the sign-ups by themselves, and so again when those are put back."}},
        {"answers", {"重复请求的应答，一天后即无用。", "Answers for requests that are repeated, of no use after a day."}},
        {"archives", {"归档文件留在原服务器的磁盘上。", "The files that it lists stay on the disk of the server that made them."}},
        {"data_keys",
            {"密钥单独写在归档的开头，恢复时用新的主密钥重新包裹。",
                "Keys stand at the archive's beginning and are wrapped anew with the new master key."}},
        {"deliveries", {"正在送达的提醒只由原服务器发出。", "Reminders under way are sent by the old server alone."}},
        {"email_codes", {"邮箱验证码，几分钟后失效。", "Codes sent by mail, void after minutes."}},
        {"log_in_tickets", {"进行到一半的登录，几分钟后失效。", "Log-ins half way, void after minutes."}},
        {"phone_codes", {"短信验证码，几分钟后失效。", "Codes sent by phone, void after minutes."}},
        {"sessions", {"在原服务器上的登录；恢复后请重新登录。", "Log-ins at the old server; everybody logs in anew."}},
    };
    return all;
}

std::vector<std::string> tables_with_county(db::Connection& db)
{
    return db.values<std::string>(is_sqlite(db) ? tables_of_sqlite : tables_of_postgresql);
}

std::vector<ArchiveTable> archive_tables(db::Connection& db)
{
    std::vector<ArchiveTable> all;
    for (auto& name : tables_with_county(db))
        if (std::ranges::find(left_out(), name, &LeftOut::table) == left_out().end())
            all.push_back(table_named(db, std::move(name)));
    std::ranges::stable_partition(all, [](auto const& table) { return table.name == "counties"; });
    return all;
}

} // namespace concentric
