#include "core/db_internal.hpp"
#include "core/keyring.hpp"

#include <boost/json/parse.hpp>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>

namespace concentric::db {

using reflect::Kind;

Value value_of(reflect::Type const& type, void const* object)
{
    switch (type.kind) {
    case Kind::optional: return type.size(object) ? value_of(*type.element, type.item(object, 0)) : Value(nullptr);
    case Kind::boolean: return *static_cast<bool const*>(object);
    case Kind::integer:
    case Kind::coded: return static_cast<std::int64_t>(reflect::load(type, object));
    case Kind::real: return *static_cast<double const*>(object);
    case Kind::text:
    case Kind::json: {
        std::string_view const text = *static_cast<std::string const*>(object);
        return type.sealing == reflect::Sealing::none ? Value(text) : Value(Sealed{text, type.sealing});
    }
    case Kind::enumeration: return reflect::name_in(type, reflect::load(type, object));
    case Kind::list:
    case Kind::object: break;
    }
    throw std::logic_error("a list or object is not a column: " + std::string(type.name));
}

Target target_of(reflect::Field const& field, void* row, bool is_null)
{
    Target target{field.type, field.at(row)};
    if (target.type->kind == Kind::optional) {
        if (is_null) {
            target.type->clear(target.object);
            return {target.type, nullptr};
        }
        target.object = target.type->emplace(target.object);
        target.type = target.type->element;
    } else if (is_null) {
        throw Error(Fault::other, "", field.name, "null in a field that is not optional: " + std::string(field.name));
    }
    return target;
}

void put_integer(Target target, std::int64_t value)
{
    auto const& type = *target.type;
    switch (type.kind) {
    case Kind::boolean:
    case Kind::coded: return reflect::store(type, target.object, value);
    case Kind::real: *static_cast<double*>(target.object) = static_cast<double>(value); return;
    case Kind::integer: {
        int const bits = type.bytes * 8 - type.is_signed;
        if (bits < 63 && (value >= (1LL << bits) || value < -(1LL << bits)))
            throw Error(Fault::other, "", "", "the value does not fit");
        return reflect::store(type, target.object, value);
    }
    default: throw Error(Fault::other, "", "", "a number in a text field");
    }
}

void put_text(Target target, std::string_view value, Connection const& db)
{
    auto const& type = *target.type;
    if (type.kind == Kind::text || type.kind == Kind::json) {
        auto& text = *static_cast<std::string*>(target.object);
        type.sealing == reflect::Sealing::none ? text.assign(value) : text = db.keys().open(value, type.sealing);
        return;
    }
    if (type.kind == Kind::enumeration)
        for (std::size_t i = 0; i < type.count; ++i)
            if (value == type.enumerators[i].name)
                return reflect::store(type, target.object, type.enumerators[i].value);
    throw Error(Fault::other, "", "", fmt::format("the text '{}' in a field of type {}", value.substr(0, 40), type.name));
}

static bool is_ciphered(Value const& value)
{
    return std::holds_alternative<Sealed>(value) || std::holds_alternative<Index>(value);
}

std::span<Value const> Ciphered::operator()(Connection const& db, std::span<Value const> arguments, std::size_t width)
{
    auto const count = static_cast<std::size_t>(std::count_if(arguments.begin(), arguments.end(), is_ciphered));
    if (count == 0)
        return arguments;
    values_.assign(arguments.begin(), arguments.end());
    if (texts_.size() < count)
        texts_.resize(count);
    auto text = texts_.begin();
    for (std::size_t i = 0; i < values_.size(); ++i) {
        if (!is_ciphered(values_[i]))
            continue;
        auto const* const county = std::get_if<std::int64_t>(&values_[i - i % width]);
        if (!county)
            throw std::logic_error("a statement that seals a text begins its parameters with the county");
        if (auto const* const sealed = std::get_if<Sealed>(&values_[i]))
            db.keys().seal(*county, sealed->text, sealed->how, *text);
        else
            *text = db.keys().index(*county, std::get<Index>(values_[i]));
        values_[i] = std::string_view(*text++);
    }
    return values_;
}

Keyring& Connection::keys() const
{
    if (!keys_)
        throw std::logic_error("the database was opened without its keys");
    return *keys_;
}

reflect::Field const* field_named(reflect::Type const& type, std::string_view name)
{
    for (std::size_t i = 0; i < type.count; ++i)
        if (name == type.fields[i].name)
            return &type.fields[i];
    throw std::logic_error(fmt::format("the column {} has no field in {}", name, type.name));
}

static void replace_all(std::string& text, std::string_view from, std::string_view to)
{
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

std::string in_dialect(Dialect dialect, std::string_view sql)
{
    std::string text(sql);
    bool const sqlite = dialect == Dialect::sqlite;
    replace_all(text, "FOR_UPDATE", sqlite ? "" : "FOR UPDATE");
    replace_all(text, "SKIP_LOCKED", sqlite ? "" : "SKIP LOCKED");
    replace_all(text, "IN_TABLE_ORDER", sqlite ? "NOT INDEXED" : "");
    for (auto at = text.find("ANY_OF("); at != std::string::npos; at = text.find("ANY_OF(", at)) {
        auto const end = text.find(')', at);
        auto const parameter = text.substr(at + 7, end - at - 7);
        text.replace(at, end - at + 1,
            sqlite ? "IN (SELECT value FROM json_each(" + parameter + "))" : "= ANY(" + parameter + "::bigint[])");
    }
    return text;
}

StatementTimer::~StatementTimer()
{
    auto const took = std::chrono::steady_clock::now() - start_;
    if (took > slow_statement)
        spdlog::warn(
            "slow statement: {} ms: {}", std::chrono::duration_cast<std::chrono::milliseconds>(took).count(), sql_.substr(0, 300));
}

void Connection::insert_row(std::string_view table, reflect::Type const& type, void const* row)
{
    std::string columns, places;
    std::vector<Value> values;
    for (std::size_t i = 0; i < type.count; ++i) {
        columns += fmt::format("{}{}", i ? ", " : "", type.fields[i].name);
        places += fmt::format("{}${}", i ? ", " : "", i + 1);
        values.push_back(value_of(*type.fields[i].type, type.fields[i].at(const_cast<void*>(row))));
    }
    run(fmt::format("INSERT INTO {} ({}) VALUES ({})", table, columns, places), values, nullptr);
}

void Connection::load_rows(std::string_view table, reflect::Type const& type, std::size_t count,
    void const* (*at)(void const*, std::size_t), void const* rows)
{
    if (count == 0)
        return;
    std::vector<std::string_view> columns;
    for (std::size_t i = 0; i < type.count; ++i)
        columns.emplace_back(type.fields[i].name);
    auto const into = loader(table, columns);
    std::vector<Value> values(type.count);
    for (std::size_t row = 0; row < count; ++row) {
        void* const object = const_cast<void*>(at(rows, row));
        for (std::size_t i = 0; i < type.count; ++i)
            values[i] = value_of(*type.fields[i].type, type.fields[i].at(object));
        into->add(values);
    }
    into->finish();
}

Transaction::Transaction(Connection& db, bool read_only) : db_(db) { db_.begin(read_only); }

Transaction::~Transaction()
{
    if (done_)
        return;
    try {
        db_.roll_back();
    } catch (Error const&) { // a lost connection has rolled back by itself
    }
}

void Transaction::commit()
{
    db_.commit();
    done_ = true;
}

// Within a failed transaction PostgreSQL takes no statement that it does not know yet, so there these go unprepared.
static void run_bare(Connection& db, char const* sql)
{
    if (db.dialect() == Dialect::sqlite)
        db.execute(sql);
    else
        db.script(sql);
}

Savepoint::Savepoint(Connection& db) : db_(db) { run_bare(db_, "SAVEPOINT part"); }

Savepoint::~Savepoint()
{
    if (done_)
        return;
    try {
        run_bare(db_, "ROLLBACK TO part");
        run_bare(db_, "RELEASE part");
    } catch (Error const&) {
    }
}

void Savepoint::release()
{
    run_bare(db_, "RELEASE part");
    done_ = true;
}

Address parse_address(std::string const& text)
{
    if (text.starts_with("postgresql://") || text.starts_with("postgres://"))
        return {Dialect::postgresql, text, nullptr};
    return {Dialect::sqlite, text.starts_with("sqlite:") ? text.substr(7) : text, nullptr};
}

std::unique_ptr<Connection> open(Address const& address, Access access)
{
    auto connection
        = address.dialect == Dialect::sqlite ? open_sqlite(address.location, access) : open_postgresql(address.location, access);
    connection->use_keys(address.keys);
    return connection;
}

} // namespace concentric::db
