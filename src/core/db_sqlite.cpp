#include "core/db_internal.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <condition_variable>
#include <list>
#include <map>
#include <mutex>

namespace concentric::db {
namespace {

struct Statement {
    sqlite3_stmt* handle = nullptr;
    reflect::Type const* type = nullptr;
    std::vector<reflect::Field const*> fields;
    std::vector<int> places; // of $1, $2 …: SQLite numbers parameters by first appearance
    ~Statement() { sqlite3_finalize(handle); }
};

struct Reset {
    sqlite3_stmt* handle;
    ~Reset() { sqlite3_reset(handle); } // a statement left open would pin the WAL's snapshot
};

class SqliteRow final : public RowView {
public:
    explicit SqliteRow(sqlite3_stmt* handle) : handle_(handle) { }
    std::int64_t integer(int column) const override { return sqlite3_column_int64(handle_, column); }
    std::string_view text(int column) const override
    {
        return {reinterpret_cast<char const*>(sqlite3_column_text(handle_, column)),
            static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
    }

private:
    sqlite3_stmt* handle_;
};

std::string json_list(IntegerList list)
{
    std::string text = "[";
    for (auto const value : list.values)
        text += (text.size() > 1 ? "," : "") + std::to_string(value);
    return text + "]";
}

// Whose turn it is to write to a file. SQLite's own waiting is a lottery that a busy writer wins over and over; here the first to
// come is the first to go.
class Turns {
public:
    static std::shared_ptr<Turns> of(std::string const& path)
    {
        static std::mutex mutex;
        static std::map<std::string, std::shared_ptr<Turns>> all;
        std::lock_guard const lock(mutex);
        auto& turns = all[path];
        if (!turns || path.empty() || path.find(":memory:") != std::string::npos) // each of these is a database of its own
            turns = std::make_shared<Turns>();
        return turns;
    }

    void take()
    {
        std::unique_lock lock(mutex_);
        auto const mine = waiting_.insert(waiting_.end(), 0);
        bool const came = changed_.wait_for(lock, std::chrono::seconds(30), [&] { return !is_taken_ && mine == waiting_.begin(); });
        waiting_.erase(mine);
        if (!came)
            throw Error(Fault::busy, "", "", "another write transaction of this process has not ended");
        is_taken_ = true;
    }

    void give()
    {
        {
            std::lock_guard const lock(mutex_);
            is_taken_ = false;
        }
        changed_.notify_all();
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::list<int> waiting_;
    bool is_taken_ = false;
};

class SqliteLoader;

class Sqlite final : public Connection {
public:
    Sqlite(std::string const& path, Access access) : turns_(Turns::of(path))
    {
        bool const reads = access == Access::read_only;
        int const flags
            = (reads ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI;
        static int const unmeasured = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); // its counters are one lock for all threads
        static_cast<void>(unmeasured);
        if (sqlite3_open_v2(path.c_str(), &handle_, flags, nullptr) != SQLITE_OK) {
            std::string const why = sqlite3_errmsg(handle_);
            sqlite3_close(handle_);
            throw Error(Fault::lost, "", "", "cannot open the database " + path + ": " + why);
        }
        sqlite3_extended_result_codes(handle_, 1);
        sqlite3_busy_timeout(handle_, 30'000);
        sqlite3_db_config(handle_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
        sqlite3_db_config(handle_, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
        if (!reads)
            script("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000");
        script("PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY");
        script(reads ? "PRAGMA cache_size = -4096" : "PRAGMA cache_size = -16384");
    }

    ~Sqlite() override
    {
        statements_.clear();
        sqlite3_close(handle_);
        give_turn();
    }

    Dialect dialect() const override { return Dialect::sqlite; }
    bool is_lost() const override { return false; }
    void hold(std::vector<std::int64_t>) override { }

    void begin(bool read_only) override
    {
        if (read_only) {
            execute("BEGIN");
            return;
        }
        turns_->take();
        has_turn_ = true;
        try {
            execute("BEGIN IMMEDIATE");
        } catch (...) {
            give_turn();
            throw;
        }
    }

    void commit() override
    {
        execute("COMMIT");
        give_turn();
    }

    void roll_back() override
    {
        struct Give {
            Sqlite& db;
            ~Give() { db.give_turn(); }
        } const give{*this};
        if (!sqlite3_get_autocommit(handle_)) // some errors have rolled back already
            execute("ROLLBACK");
    }
    void share(std::int64_t) override { }
    int stripe() const override { return 0; }

    void limit_statements(std::chrono::milliseconds longest) override
    {
        constexpr int steps_between_looks_at_the_clock = 100'000; // about a millisecond
        longest_ = longest;
        sqlite3_progress_handler(handle_, steps_between_looks_at_the_clock, is_over, this);
    }

    void script(std::string const& sql) override
    {
        if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
            fail();
    }

    std::int64_t run(std::string_view sql, std::span<Value const> arguments, Sink const* sink) override
    {
        StatementTimer const timer(sql);
        begin_time();
        Ciphered ciphered;
        return step(prepared(sql), ciphered(*this, arguments, arguments.size()), sink);
    }

    void run_each(std::string_view sql, std::size_t width, std::span<Value const> arguments, Sink const* sink, Rows) override
    {
        StatementTimer const timer(sql);
        begin_time();
        auto& statement = prepared(sql);
        Ciphered ciphered;
        for (std::size_t i = 0; i < arguments.size(); i += width)
            step(statement, ciphered(*this, arguments.subspan(i, width), width), sink);
    }

    void scan(std::string_view sql, std::span<Value const> arguments, std::function<void(RowView const&)> const& each) override
    {
        begin_time();
        auto& statement = prepared(sql);
        Reset const reset{statement.handle};
        Ciphered ciphered;
        auto const values = ciphered(*this, arguments, arguments.size());
        for (std::size_t i = 0; i < values.size(); ++i)
            bind(statement, i, values[i]);
        SqliteRow const row(statement.handle);
        int outcome = 0;
        while ((outcome = sqlite3_step(statement.handle)) == SQLITE_ROW)
            each(row);
        if (outcome != SQLITE_DONE)
            fail();
    }

    std::unique_ptr<Loader> loader(std::string_view table, std::span<std::string_view const> columns) override;

private:
    friend class SqliteLoader;

    void begin_time()
    {
        if (longest_.count() > 0)
            end_at_ = std::chrono::steady_clock::now() + longest_;
    }

    static int is_over(void* self) { return std::chrono::steady_clock::now() > static_cast<Sqlite*>(self)->end_at_; }

    void give_turn()
    {
        if (std::exchange(has_turn_, false))
            turns_->give();
    }

    Statement& prepared(std::string_view sql)
    {
        if (auto* statement = statements_.find(sql))
            return *statement;
        return statements_.add(sql, prepare(sql));
    }

    std::unique_ptr<Statement> prepare(std::string_view sql)
    {
        auto statement = std::make_unique<Statement>();
        auto const text = in_dialect(Dialect::sqlite, sql);
        if (sqlite3_prepare_v3(
                handle_, text.data(), static_cast<int>(text.size()), SQLITE_PREPARE_PERSISTENT, &statement->handle, nullptr)
            != SQLITE_OK)
            fail();
        for (int i = 1; i <= 64; ++i)
            statement->places.push_back(sqlite3_bind_parameter_index(statement->handle, fmt::format("${}", i).c_str()));
        return statement;
    }

    void bind(Statement& statement, std::size_t at, Value const& value)
    {
        int const place = at < statement.places.size() ? statement.places[at] : 0;
        auto* const handle = statement.handle;
        if (std::holds_alternative<std::nullptr_t>(value))
            sqlite3_bind_null(handle, place);
        else if (auto const* integer = std::get_if<std::int64_t>(&value))
            sqlite3_bind_int64(handle, place, *integer);
        else if (auto const* flag = std::get_if<bool>(&value))
            sqlite3_bind_int64(handle, place, *flag);
        else if (auto const* real = std::get_if<double>(&value))
            sqlite3_bind_double(handle, place, *real);
        else if (auto const* text = std::get_if<std::string_view>(&value))
            sqlite3_bind_text(handle, place, text->data() ? text->data() : "", static_cast<int>(text->size()), SQLITE_STATIC);
        else if (auto const* list_of = std::get_if<IntegerList>(&value)) {
            auto const list = json_list(*list_of);
            sqlite3_bind_text(handle, place, list.data(), static_cast<int>(list.size()), SQLITE_TRANSIENT);
        } else {
            throw std::logic_error("a text that is to be sealed went past the sealing");
        }
    }

    std::int64_t step(Statement& statement, std::span<Value const> arguments, Sink const* sink)
    {
        Reset const reset{statement.handle};
        for (std::size_t i = 0; i < arguments.size(); ++i)
            bind(statement, i, arguments[i]);
        std::int64_t read = 0;
        for (;; ++read) {
            int const outcome = sqlite3_step(statement.handle);
            if (outcome == SQLITE_DONE)
                return sink ? read : sqlite3_changes64(handle_);
            if (outcome != SQLITE_ROW)
                fail();
            if (sink)
                take_row(statement, *sink);
        }
    }

    void take_row(Statement& statement, Sink const& sink)
    {
        if (statement.type != sink.type) {
            statement.fields.clear();
            for (int i = 0; i < sqlite3_column_count(statement.handle); ++i)
                statement.fields.push_back(field_named(*sink.type, sqlite3_column_name(statement.handle, i)));
            statement.type = sink.type;
        }
        void* const row = sink.add(sink.out);
        for (int i = 0; i < static_cast<int>(statement.fields.size()); ++i) {
            int const kind = sqlite3_column_type(statement.handle, i);
            auto const target = target_of(*statement.fields[static_cast<std::size_t>(i)], row, kind == SQLITE_NULL);
            if (!target.object)
                continue;
            if (kind == SQLITE_INTEGER)
                put_integer(target, sqlite3_column_int64(statement.handle, i));
            else if (kind == SQLITE_FLOAT && target.type->kind == reflect::Kind::real)
                *static_cast<double*>(target.object) = sqlite3_column_double(statement.handle, i);
            else
                put_text(target,
                    {reinterpret_cast<char const*>(sqlite3_column_text(statement.handle, i)),
                        static_cast<std::size_t>(sqlite3_column_bytes(statement.handle, i))},
                    *this);
        }
    }

    [[noreturn]] void fail()
    {
        int const code = sqlite3_extended_errcode(handle_);
        std::string const message = sqlite3_errmsg(handle_);
        auto const colon = message.rfind(": ");
        throw Error(fault_of(code), std::to_string(code), colon == std::string::npos ? "" : message.substr(colon + 2), message);
    }

    static Fault fault_of(int code)
    {
        switch (code) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY: return Fault::unique;
        case SQLITE_CONSTRAINT_FOREIGNKEY: return Fault::foreign_key;
        case SQLITE_CONSTRAINT_NOTNULL: return Fault::not_null;
        case SQLITE_CONSTRAINT_CHECK: return Fault::check;
        case SQLITE_CONSTRAINT_TRIGGER: return Fault::refused;
        default: break;
        }
        switch (code & 255) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED: return Fault::busy;
        case SQLITE_INTERRUPT: return Fault::stopped;
        case SQLITE_CANTOPEN:
        case SQLITE_IOERR:
        case SQLITE_FULL:
        case SQLITE_READONLY: return Fault::lost;
        default: return Fault::other;
        }
    }

    sqlite3* handle_ = nullptr;
    StatementCache<Statement> statements_;
    std::shared_ptr<Turns> turns_;
    bool has_turn_ = false;
    std::chrono::milliseconds longest_{};
    std::chrono::steady_clock::time_point end_at_;
};

class SqliteLoader final : public Loader {
public:
    SqliteLoader(Sqlite& db, std::string const& sql) : db_(db), statement_(db.prepare(sql)) { }
    void add(std::span<Value const> row) override { db_.step(*statement_, ciphered_(db_, row, row.size()), nullptr); }
    void finish() override { }

private:
    Sqlite& db_;
    std::unique_ptr<Statement> const statement_;
    Ciphered ciphered_;
};

std::unique_ptr<Loader> Sqlite::loader(std::string_view table, std::span<std::string_view const> columns)
{
    std::string names, places;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        names += fmt::format("{}{}", i ? ", " : "", columns[i]);
        places += fmt::format("{}${}", i ? ", " : "", i + 1);
    }
    return std::make_unique<SqliteLoader>(*this, fmt::format("INSERT INTO {} ({}) VALUES ({})", table, names, places));
}

} // namespace

std::unique_ptr<Connection> open_sqlite(std::string const& path, Access access) { return std::make_unique<Sqlite>(path, access); }

} // namespace concentric::db
