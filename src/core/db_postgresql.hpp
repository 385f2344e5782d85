#pragma once

#include "core/db_internal.hpp"

#include <libpq-fe.h>

// One connection to PostgreSQL. Only for the database layer itself: it includes libpq.
namespace concentric::db {

using PostgresqlResult = std::unique_ptr<PGresult, void (*)(PGresult*)>;

// A statement that the server has prepared on one connection.
struct PostgresqlStatement {
    std::string name;
    std::vector<Oid> parameters;
    reflect::Type const* type = nullptr;
    std::vector<reflect::Field const*> fields;
    // What as_one() makes of it for any rows and for distinct ones; empty: nothing. Found when it is first asked for.
    std::array<std::optional<std::string>, 2> as_one;
};

class Postgresql final : public Connection {
public:
    Postgresql(std::string const& location, Access access);
    ~Postgresql() override { PQfinish(handle_); }

    Dialect dialect() const override { return Dialect::postgresql; }
    bool is_lost() const override { return PQstatus(handle_) != CONNECTION_OK; }
    void begin(bool read_only) override { script(read_only ? "BEGIN READ ONLY" : "BEGIN"); }
    void commit() override { script("COMMIT"); }
    void roll_back() override { script("ROLLBACK"); }
    void hold(std::vector<std::int64_t> keys) override;
    void share(std::int64_t key) override { execute("SELECT pg_advisory_xact_lock_shared($1)", key); }
    int stripe() const override { return PQbackendPID(handle_) % 16; }
    void refresh_statistics() override;
    void limit_statements(std::chrono::milliseconds longest) override
    {
        script(fmt::format("SET statement_timeout = {}", longest.count()));
    }

    void script(std::string const& sql) override { check(PQexec(handle_, sql.c_str())); }
    std::int64_t run(std::string_view sql, std::span<Value const> given, Sink const* sink) override;
    void run_each(std::string_view sql, std::size_t width, std::span<Value const> given, Sink const* sink, Rows rows) override;
    void scan(std::string_view sql, std::span<Value const> given, std::function<void(RowView const&)> const& each) override;
    std::unique_ptr<Loader> loader(std::string_view table, std::span<std::string_view const> columns) override;

    // The pieces of run(), for who sends many statements before the first answer.
    PostgresqlStatement* known(std::string_view sql) { return statements_.find(sql); }
    PostgresqlStatement& prepared(std::string_view sql); // asks the server when the statement is new
    void send(PostgresqlStatement const& statement, std::span<Value const> values); // in pipeline mode
    std::int64_t take(PostgresqlStatement& statement, PGresult const* result, Sink const* sink);

    PostgresqlResult check(PGresult* raw);
    Error error_of(PGresult const* result);
    PGconn* handle() { return handle_; }

private:
    bool run_as_one(
        PostgresqlStatement& statement, std::string_view sql, std::span<Value const> values, Sink const* sink, Rows rows);
    void pipeline(PostgresqlStatement& statement, std::size_t width, std::span<Value const> values, Sink const* sink);
    void take_cell(Target target, Oid type, std::string_view bytes);

    PGconn* handle_;
    StatementCache<PostgresqlStatement> statements_;
    int count_ = 0;
};

} // namespace concentric::db
