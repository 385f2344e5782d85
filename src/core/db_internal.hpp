#pragma once

#include "core/db.hpp"

#include <unordered_map>

// What the two databases' connections share.
namespace concentric::db {

// Writes a whole number, a boolean or a text of a column into a field. Throws Error where it does not fit.
struct Target {
    reflect::Type const* type;
    void* object;
};
// The place of a field's value; null only into an optional: then `object` is nullptr.
Target target_of(reflect::Field const& field, void* row, bool is_null);
void put_integer(Target target, std::int64_t value);
void put_text(Target target, std::string_view value, Connection const& db);

// Arguments with everything that is to be sealed or looked up by an index in the form in which the database knows it; each group of
// `width` begins with the county then. Arguments without such are passed on as they are.
class Ciphered {
public:
    std::span<Value const> operator()(Connection const& db, std::span<Value const> arguments, std::size_t width);

private:
    std::vector<Value> values_;
    std::vector<std::string> texts_; // keeps its room from one row to the next
};

// The fields that take a result's columns, by name.
reflect::Field const* field_named(reflect::Type const& type, std::string_view name);

// The text in the database's own words.
std::string in_dialect(Dialect dialect, std::string_view sql);

// Prepared statements by text; forgets all when there are very many.
template <class Statement> class StatementCache {
public:
    Statement* find(std::string_view sql)
    {
        auto const found = statements_.find(sql);
        return found == statements_.end() ? nullptr : found->second.get();
    }
    Statement& add(std::string_view sql, std::unique_ptr<Statement> statement)
    {
        if (statements_.size() >= 1000)
            statements_.clear();
        return *statements_.emplace(std::string(sql), std::move(statement)).first->second;
    }
    void clear() { statements_.clear(); }

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    std::unordered_map<std::string, std::unique_ptr<Statement>, Hash, std::equal_to<>> statements_;
};

// Logs a statement that took too long.
class StatementTimer {
public:
    explicit StatementTimer(std::string_view sql) : sql_(sql), start_(std::chrono::steady_clock::now()) { }
    ~StatementTimer();

private:
    std::string_view sql_;
    std::chrono::steady_clock::time_point start_;
};

std::unique_ptr<Connection> open_sqlite(std::string const& path, Access access);
std::unique_ptr<Connection> open_postgresql(std::string const& location, Access access);

} // namespace concentric::db
