#include "core/db_postgresql.hpp"

#include "core/db_as_one.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace concentric::db {
namespace {

class PostgresqlRow final : public RowView {
public:
    explicit PostgresqlRow(PGresult const* result) : result_(result) { }
    std::int64_t integer(int column) const override
    {
        auto const* bytes = reinterpret_cast<unsigned char const*>(PQgetvalue(result_, number, column));
        std::uint64_t bits = 0;
        for (int i = 0, n = PQgetlength(result_, number, column); i < n; ++i)
            bits = bits << 8 | bytes[i];
        return static_cast<std::int64_t>(bits);
    }
    std::string_view text(int column) const override
    {
        return {PQgetvalue(result_, number, column), static_cast<std::size_t>(PQgetlength(result_, number, column))};
    }
    int number = 0;

private:
    PGresult const* result_;
};

std::string field_of(PGresult const* result, int code)
{
    char const* const text = PQresultErrorField(result, code);
    return text ? text : "";
}

Fault fault_of(std::string const& state)
{
    if (state == "23505")
        return Fault::unique;
    if (state == "23503")
        return Fault::foreign_key;
    if (state == "23502")
        return Fault::not_null;
    if (state == "23514")
        return Fault::check;
    if (state == "P0001")
        return Fault::refused;
    if (state == "40001" || state == "40P01" || state == "55P03")
        return Fault::busy;
    if (state == "57014")
        return Fault::stopped;
    if (state.empty() || state.starts_with("08") || state.starts_with("57P") || state.starts_with("53"))
        return Fault::lost;
    return Fault::other;
}

class CopyLoader final : public Loader {
public:
    CopyLoader(Postgresql& db, std::string const& sql) : db_(db) { db_.check(PQexec(db_.handle(), sql.c_str())); }

    ~CopyLoader() override
    {
        if (done_)
            return;
        PQputCopyEnd(db_.handle(), "given up");
        while (PGresult* const rest = PQgetResult(db_.handle()))
            PQclear(rest);
    }

    void add(std::span<Value const> given) override
    {
        auto const row = ciphered_(db_, given, given.size());
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i)
                buffer_ += '\t';
            std::visit([&](auto const& value) { put(value); }, row[i]);
        }
        buffer_ += '\n';
        if (buffer_.size() > 1 << 16)
            flush();
    }

    void finish() override
    {
        flush();
        done_ = true;
        if (PQputCopyEnd(db_.handle(), nullptr) != 1)
            throw db_.error_of(nullptr);
        std::optional<Error> failed;
        while (PGresult* const raw = PQgetResult(db_.handle())) {
            PostgresqlResult const result(raw, PQclear);
            if (PQresultStatus(raw) != PGRES_COMMAND_OK && !failed)
                failed = db_.error_of(raw);
        }
        if (failed)
            throw *failed;
    }

private:
    void put(std::nullptr_t) { buffer_ += "\\N"; }
    void put(Sealed) { throw std::logic_error("a text that is to be sealed went past the sealing"); }
    void put(Index) { throw std::logic_error("an index went past its making"); }
    void put(bool value) { buffer_ += value ? 't' : 'f'; }
    void put(std::int64_t value) { fmt::format_to(std::back_inserter(buffer_), "{}", value); }
    void put(double value) { fmt::format_to(std::back_inserter(buffer_), "{}", value); }
    void put(IntegerList list) { buffer_ += array_text(list); }
    void put(std::string_view text)
    {
        for (char const c : text)
            switch (c) {
            case '\\': buffer_ += "\\\\"; break;
            case '\t': buffer_ += "\\t"; break;
            case '\n': buffer_ += "\\n"; break;
            case '\r': buffer_ += "\\r"; break;
            default: buffer_ += c;
            }
    }

    void flush()
    {
        if (!buffer_.empty() && PQputCopyData(db_.handle(), buffer_.data(), static_cast<int>(buffer_.size())) != 1)
            throw db_.error_of(nullptr);
        buffer_.clear();
    }

    Postgresql& db_;
    Ciphered ciphered_;
    std::string buffer_;
    bool done_ = false;
};

} // namespace

Postgresql::Postgresql(std::string const& location, Access access) : handle_(PQconnectdb(location.c_str()))
{
    if (PQstatus(handle_) != CONNECTION_OK) {
        std::string const why = PQerrorMessage(handle_);
        PQfinish(handle_);
        throw Error(Fault::lost, "", "", "cannot reach the database: " + why);
    }
    PQsetErrorVerbosity(handle_, PQERRORS_DEFAULT);
    PQsetNoticeProcessor(
        handle_, [](void*, char const*) {}, nullptr);
    script("SET client_min_messages = warning; SET synchronous_commit = on; SET lock_timeout = '20s'; SET jit = off");
    if (access == Access::read_only)
        script("SET default_transaction_read_only = on");
}

// A table without rows is left out: told that it is empty, PostgreSQL would plan to read all of it, and keep to that plan while a
// long transaction fills it.
void Postgresql::refresh_statistics()
{
    auto const filled = values<std::string>("SELECT CAST(c.relname AS TEXT) AS value FROM pg_class c JOIN pg_namespace n ON "
                                            "n.oid = c.relnamespace WHERE n.nspname = current_schema() AND c.relkind = 'r' AND "
                                            "pg_relation_size(c.oid) > 0 ORDER BY 1");
    if (!filled.empty())
        script(fmt::format("ANALYZE {}", fmt::join(filled, ", ")));
}

void Postgresql::hold(std::vector<std::int64_t> keys)
{
    if (keys.empty())
        return;
    std::sort(keys.begin(), keys.end()); // one order for all, or two transactions wait for each other
    execute("SELECT pg_advisory_xact_lock(k) FROM unnest($1::bigint[]) AS k", IntegerList{keys});
}

void Postgresql::scan(std::string_view sql, std::span<Value const> given, std::function<void(RowView const&)> const& each)
{
    Ciphered ciphered;
    auto const values = ciphered(*this, given, given.size());
    // A cursor, fetched in portions, so that memory stays bounded however large the table is; it lives in a transaction.
    std::optional<Transaction> own;
    if (PQtransactionStatus(handle_) == PQTRANS_IDLE)
        own.emplace(*this, true);
    auto const name = "scan" + std::to_string(++count_);
    auto const declare = fmt::format("DECLARE {} NO SCROLL CURSOR FOR {}", name, in_dialect(Dialect::postgresql, sql));
    std::vector<Oid> const types(values.size(), int8_type);
    Arguments const arguments(values, types);
    std::vector<Oid> declared;
    for (auto const& value : values)
        declared.push_back(std::holds_alternative<std::int64_t>(value) ? int8_type : 0);
    check(PQexecParams(handle_, declare.c_str(), arguments.count(), declared.data(), arguments.pointers(), arguments.lengths(),
        arguments.formats(), 1));
    auto const fetch = fmt::format("FETCH 20000 FROM {}", name);
    for (;;) {
        auto const result = check(PQexecParams(handle_, fetch.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 1));
        PostgresqlRow row(result.get());
        for (row.number = 0; row.number < PQntuples(result.get()); ++row.number)
            each(row);
        if (PQntuples(result.get()) == 0)
            break;
    }
    script("CLOSE " + name);
}

std::int64_t Postgresql::run(std::string_view sql, std::span<Value const> given, Sink const* sink)
{
    Ciphered ciphered;
    auto const values = ciphered(*this, given, given.size());
    StatementTimer const timer(sql);
    auto& statement = prepared(sql);
    Arguments const arguments(values, statement.parameters);
    auto const result = check(PQexecPrepared(
        handle_, statement.name.c_str(), arguments.count(), arguments.pointers(), arguments.lengths(), arguments.formats(), 1));
    return take(statement, result.get(), sink);
}

void Postgresql::run_each(std::string_view sql, std::size_t width, std::span<Value const> given, Sink const* sink, Rows rows)
{
    Ciphered ciphered;
    auto const values = ciphered(*this, given, width);
    StatementTimer const timer(sql);
    auto& statement = prepared(sql);
    if (statement.parameters.size() == width && run_as_one(statement, sql, values, sink, rows))
        return;
    // Modest portions: neither side's socket buffer may fill while the other still writes.
    std::size_t const portion = 256 * width;
    for (std::size_t from = 0; from < values.size(); from += portion)
        pipeline(statement, width, values.subspan(from, std::min(portion, values.size() - from)), sink);
}

// False where the rows have to go one after the other.
bool Postgresql::run_as_one(
    PostgresqlStatement& statement, std::string_view sql, std::span<Value const> values, Sink const* sink, Rows rows)
{
    constexpr std::size_t worth_it = 4, portion = 5000; // rows
    auto const width = statement.parameters.size();
    if (values.size() < worth_it * width || !fit_arrays(values, statement.parameters))
        return false;
    auto& known = statement.as_one[static_cast<std::size_t>(rows)];
    if (!known)
        known = as_one(sql, statement.parameters, rows).value_or("");
    if (known->empty())
        return false;
    auto const parameters = statement.parameters; // the statement itself may be forgotten for the next one
    auto const text = *known;
    auto& one = prepared(text);
    for (std::size_t from = 0; from < values.size(); from += portion * width) {
        auto const arguments = Arguments::arrays(values.subspan(from, std::min(portion * width, values.size() - from)), parameters);
        auto const result = check(PQexecPrepared(
            handle_, one.name.c_str(), arguments.count(), arguments.pointers(), arguments.lengths(), arguments.formats(), 1));
        take(one, result.get(), sink);
    }
    return true;
}

PostgresqlResult Postgresql::check(PGresult* raw)
{
    PostgresqlResult result(raw, PQclear);
    auto const status = PQresultStatus(raw);
    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK || status == PGRES_COPY_IN || status == PGRES_EMPTY_QUERY)
        return result;
    throw error_of(raw);
}

Error Postgresql::error_of(PGresult const* result)
{
    auto const state = result ? field_of(result, PG_DIAG_SQLSTATE) : "";
    auto message = result ? field_of(result, PG_DIAG_MESSAGE_PRIMARY) : std::string();
    if (message.empty())
        message = PQerrorMessage(handle_);
    return {fault_of(state), state, result ? field_of(result, PG_DIAG_CONSTRAINT_NAME) : "", message};
}

PostgresqlStatement& Postgresql::prepared(std::string_view sql)
{
    if (auto* statement = statements_.find(sql))
        return *statement;
    auto statement = std::make_unique<PostgresqlStatement>();
    statement->name = "s" + std::to_string(++count_);
    check(PQprepare(handle_, statement->name.c_str(), in_dialect(Dialect::postgresql, sql).c_str(), 0, nullptr));
    auto const described = check(PQdescribePrepared(handle_, statement->name.c_str()));
    for (int i = 0; i < PQnparams(described.get()); ++i)
        statement->parameters.push_back(PQparamtype(described.get(), i));
    return statements_.add(sql, std::move(statement));
}

void Postgresql::send(PostgresqlStatement const& statement, std::span<Value const> values)
{
    Arguments const arguments(values, statement.parameters);
    if (!PQsendQueryPrepared(
            handle_, statement.name.c_str(), arguments.count(), arguments.pointers(), arguments.lengths(), arguments.formats(), 1))
        throw error_of(nullptr);
}

void Postgresql::pipeline(PostgresqlStatement& statement, std::size_t width, std::span<Value const> values, Sink const* sink)
{
    if (!PQenterPipelineMode(handle_))
        throw error_of(nullptr);
    std::size_t const runs = values.size() / width;
    for (std::size_t i = 0; i < runs; ++i)
        send(statement, values.subspan(i * width, width));
    PQpipelineSync(handle_);
    std::optional<Error> failed;
    for (std::size_t i = 0; i <= runs; ++i) // the last is the sync itself
        while (PGresult* const raw = PQgetResult(handle_)) {
            PostgresqlResult const result(raw, PQclear);
            auto const status = PQresultStatus(raw);
            if (status == PGRES_PIPELINE_SYNC)
                break;
            if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) {
                if (!failed)
                    take(statement, raw, sink);
            } else if (status != PGRES_PIPELINE_ABORTED && !failed) {
                failed = error_of(raw);
            }
        }
    PQexitPipelineMode(handle_);
    if (failed)
        throw *failed;
    if (is_lost())
        throw error_of(nullptr);
}

std::int64_t Postgresql::take(PostgresqlStatement& statement, PGresult const* result, Sink const* sink)
{
    if (!sink) {
        std::int64_t changed = 0;
        char const* const text = PQcmdTuples(const_cast<PGresult*>(result));
        std::from_chars(text, text + std::strlen(text), changed);
        return changed;
    }
    int const columns = PQnfields(result);
    if (statement.type != sink->type) {
        statement.fields.clear();
        for (int i = 0; i < columns; ++i)
            statement.fields.push_back(field_named(*sink->type, PQfname(result, i)));
        statement.type = sink->type;
    }
    int const rows = PQntuples(result);
    for (int row = 0; row < rows; ++row) {
        void* const object = sink->add(sink->out);
        for (int i = 0; i < columns; ++i) {
            auto const target = target_of(*statement.fields[static_cast<std::size_t>(i)], object, PQgetisnull(result, row, i));
            if (target.object)
                take_cell(target, PQftype(result, i),
                    {PQgetvalue(result, row, i), static_cast<std::size_t>(PQgetlength(result, row, i))});
        }
    }
    return rows;
}

void Postgresql::take_cell(Target target, Oid type, std::string_view bytes)
{
    std::uint64_t bits = 0;
    if (type == bool_type || type == int8_type || type == int4_type || type == int2_type || type == float8_type)
        for (char const byte : bytes)
            bits = bits << 8 | static_cast<unsigned char>(byte);
    switch (type) {
    case bool_type:
    case int8_type: return put_integer(target, static_cast<std::int64_t>(bits));
    case int4_type: return put_integer(target, static_cast<std::int32_t>(bits));
    case int2_type: return put_integer(target, static_cast<std::int16_t>(bits));
    case float8_type:
        if (target.type->kind != reflect::Kind::real)
            throw std::logic_error("a real number for a field that holds none");
        std::memcpy(target.object, &bits, 8);
        return;
    case 1700: throw std::logic_error("numeric column: cast it to BIGINT or DOUBLE PRECISION in the statement");
    default: return put_text(target, bytes, *this);
    }
}

std::unique_ptr<Loader> Postgresql::loader(std::string_view table, std::span<std::string_view const> columns)
{
    std::string names;
    for (auto const column : columns)
        names += (names.empty() ? "" : ", ") + std::string(column);
    return std::make_unique<CopyLoader>(*this, fmt::format("COPY {} ({}) FROM STDIN", table, names));
}

std::unique_ptr<Connection> open_postgresql(std::string const& location, Access access)
{
    return std::make_unique<Postgresql>(location, access);
}

} // namespace concentric::db
