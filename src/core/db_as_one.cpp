#include "core/db_as_one.hpp"

#include <fmt/format.h>

namespace concentric::db {
namespace {

std::string_view name_of(Oid type)
{
    switch (type) {
    case bool_type: return "bool";
    case int2_type: return "int2";
    case int4_type: return "int4";
    case int8_type: return "int8";
    case float8_type: return "float8";
    case text_type: return "text";
    default: return "";
    }
}

// The rows of arguments as a table: given.p1, given.p2 …
std::optional<std::string> table_of(std::vector<Oid> const& types)
{
    std::string arrays, names;
    for (std::size_t i = 1; auto const type : types) {
        auto const name = name_of(type);
        if (name.empty())
            return std::nullopt;
        arrays += fmt::format("{}${}::{}[]", i > 1 ? ", " : "", i, name);
        names += fmt::format("p{}, ", i++);
    }
    return fmt::format("unnest({}) WITH ORDINALITY AS given({}row_of_batch)", arrays, names);
}

std::string from_table(std::string_view sql)
{
    std::string text;
    for (std::size_t i = 0; i < sql.size(); ++i) {
        bool const is_parameter = sql[i] == '$' && i + 1 < sql.size() && sql[i + 1] >= '0' && sql[i + 1] <= '9';
        is_parameter ? text += "given.p" : text += sql[i];
    }
    return text;
}

bool has(std::string_view text, std::string_view word) { return text.find(word) != std::string_view::npos; }

// Where the parenthesis that is open before `at` closes.
std::size_t closing(std::string_view sql, std::size_t at)
{
    int open = 1;
    for (bool is_quoted = false; at < sql.size(); ++at) {
        is_quoted ^= sql[at] == '\'';
        if (!is_quoted)
            open += (sql[at] == '(') - (sql[at] == ')');
        if (open == 0)
            break;
    }
    return at;
}

std::optional<std::string> insert(std::string_view sql, std::string_view table, Rows rows)
{
    constexpr std::string_view word = " VALUES (";
    auto const begin = sql.find(word);
    if (begin == std::string_view::npos)
        return std::nullopt;
    auto const end = closing(sql, begin + word.size());
    auto const values = sql.substr(begin + word.size(), end - begin - word.size());
    auto const rest = sql.substr(std::min(end + 1, sql.size()));
    bool const may_meet = has(values, "SELECT") || has(rest, "DO UPDATE");
    if ((may_meet && rows != Rows::distinct) || has(rest, "$"))
        return std::nullopt;
    return fmt::format("{} SELECT {} FROM {} ORDER BY given.row_of_batch{}", sql.substr(0, begin), from_table(values), table, rest);
}

std::optional<std::string> update(std::string_view sql, std::string_view table, Rows rows)
{
    auto const where = sql.find(" WHERE ");
    if (rows != Rows::distinct || where == std::string_view::npos || has(sql, "SELECT"))
        return std::nullopt;
    return fmt::format("{} FROM {}{}", from_table(sql.substr(0, where)), table, from_table(sql.substr(where)));
}

} // namespace

std::optional<std::string> as_one(std::string_view sql, std::vector<Oid> const& types, Rows rows)
{
    auto const table = table_of(types);
    if (!table || types.empty())
        return std::nullopt;
    if (sql.starts_with("INSERT INTO "))
        return insert(sql, *table, rows);
    if (sql.starts_with("UPDATE "))
        return update(sql, *table, rows);
    if (!sql.starts_with("SELECT ") || has(sql, "FOR_UPDATE") || has(sql, "lock("))
        return std::nullopt;
    return fmt::format("SELECT each.* FROM {}, LATERAL ({}) AS each ORDER BY given.row_of_batch", *table, from_table(sql));
}

} // namespace concentric::db
