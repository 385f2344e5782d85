#pragma once

#include "core/fields.hpp"

#include <array>
#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <stdexcept>
#include <variant>

// One SQL text for SQLite and PostgreSQL, parameters $1, $2 …, rows into described structs by column name.
// Where the two must differ, five words of the text are replaced: ANY_OF($1) tests a column against a list of whole numbers,
// FOR_UPDATE locks the rows that were read, SKIP_LOCKED after it passes over rows that somebody else locked, IN_TABLE_ORDER after a
// table's name walks a whole table as it lies, and CLUSTERED (in migrations) keeps a table in the order of its primary key.
namespace concentric {
class Keyring;
}

namespace concentric::db {

enum class Dialect { sqlite, postgresql };

enum class Fault {
    unique,
    foreign_key,
    not_null,
    check,
    refused, // a trigger of ours said no
    busy, // locked, deadlocked or not serializable: may be tried again
    lost, // no connection
    stopped, // it took longer than the connection allows
    other,
};

struct Error : std::runtime_error {
    Error(Fault what, std::string code_, std::string name, std::string const& message)
        : std::runtime_error(message), fault(what), code(std::move(code_)), constraint(std::move(name))
    {
    }
    Fault fault;
    std::string code; // SQLSTATE or SQLite's extended code
    std::string constraint; // PostgreSQL: its name; SQLite: "table.column, table.column"
};

struct IntegerList {
    std::span<std::int64_t const> values;
};
// A text that is sealed on its way into the database. The statement's first parameter is the county, whose key seals it.
struct Sealed {
    std::string_view text;
    reflect::Sealing how = reflect::Sealing::sealed;
};
// What stands before a text that is sealed with an index: of the whole number, or only of its last four characters.
struct Index {
    enum class Part { whole, ending, after_ending };
    std::string_view number;
    Part part = Part::whole;
    reflect::Sealing how = reflect::Sealing::indexed;
};
using Value = std::variant<std::nullptr_t, std::int64_t, double, bool, std::string_view, IntegerList, Sealed, Index>;

// What is known of the rows of a batch: whether two of them may meet in one row of the database.
enum class Rows { any, distinct };

// Where rows go: `add` makes room for one more described struct.
struct Sink {
    reflect::Type const* type;
    void* (*add)(void* out);
    void* out;
};

// One row of a scan, read column by column in the order of the statement; valid until the scan goes on.
class RowView {
public:
    virtual ~RowView() = default;
    virtual std::int64_t integer(int column) const = 0;
    virtual std::string_view text(int column) const = 0;
};

// Takes rows into one table as fast as the database can: COPY, or one prepared statement in a loop.
class Loader {
public:
    virtual ~Loader() = default;
    virtual void add(std::span<Value const> row) = 0;
    virtual void finish() = 0; // throws Error for what the database refuses
};

Value value_of(reflect::Type const& type, void const* object);

template <class T> Value to_value(T const& value)
{
    if constexpr (std::is_same_v<T, Value> || std::is_same_v<T, Sealed> || std::is_same_v<T, Index>)
        return value;
    else if constexpr (requires { T::sealing; })
        return Sealed{value, T::sealing};
    else if constexpr (std::is_convertible_v<T const&, std::string_view>)
        return std::string_view(value);
    else if constexpr (std::is_same_v<T, IntegerList>)
        return value;
    else
        return value_of(reflect::type_of<T>, &value);
}

// One connection, used by one thread at a time.
class Connection {
public:
    virtual ~Connection() = default;
    Connection() = default;
    Connection(Connection const&) = delete;
    Connection& operator=(Connection const&) = delete;

    // The keys of this database. Throws std::logic_error where it was opened without.
    Keyring& keys() const;
    void use_keys(std::shared_ptr<Keyring> keys) { keys_ = std::move(keys); }
    std::shared_ptr<Keyring> const& shared_keys() const { return keys_; }

    virtual Dialect dialect() const = 0;
    // Runs one statement; rows go to `sink`. Gives the number of rows changed or read.
    virtual std::int64_t run(std::string_view sql, std::span<Value const> arguments, Sink const* sink) = 0;
    // Runs one statement for each group of `width` arguments, in one round trip; the rows of all go to `sink` in that order.
    // PostgreSQL takes them all in one statement where that comes to the same.
    virtual void run_each(std::string_view sql, std::size_t width, std::span<Value const> arguments, Sink const* sink, Rows rows)
        = 0;
    // Reads any number of rows without keeping them; inside a transaction. For passes over whole tables, where structs would cost
    // too much.
    virtual void scan(std::string_view sql, std::span<Value const> arguments, std::function<void(RowView const&)> const& each) = 0;
    // Runs any number of statements without parameters.
    virtual void script(std::string const& sql) = 0;
    virtual std::unique_ptr<Loader> loader(std::string_view table, std::span<std::string_view const> columns) = 0;
    // Waits until nobody else holds one of these keys, then holds them until the transaction ends. SQLite has one writer at a time
    // anyway.
    virtual void hold(std::vector<std::int64_t> keys) = 0;
    // Holds a key together with others who share it; hold() waits for all of them.
    virtual void share(std::int64_t key) = 0;
    // Which of a counter's stripes this connection writes: 0 to 15, so that writers at the same time seldom meet in one row.
    virtual int stripe() const = 0;
    // What Transaction does. Write transactions of one SQLite file take turns within this process, in the order they came.
    virtual void begin(bool read_only) = 0;
    virtual void commit() = 0;
    virtual void roll_back() = 0;
    // After much was loaded at once, outside any transaction: PostgreSQL learns what the tables hold now. SQLite was told at the
    // beginning.
    virtual void refresh_statistics() { }
    // A statement that takes longer ends as Fault::stopped, for connections whose answers somebody waits for.
    virtual void limit_statements(std::chrono::milliseconds) { }
    // A connection that lost its server is of no more use.
    virtual bool is_lost() const = 0;

    template <class T, class... A> std::vector<T> rows(std::string_view sql, A const&... arguments)
    {
        std::vector<T> found;
        std::array<Value, sizeof...(A)> const values{to_value(arguments)...};
        Sink const sink = sink_of(found);
        run(sql, values, &sink);
        return found;
    }

    // The first row, or nothing.
    template <class T, class... A> std::optional<T> row(std::string_view sql, A const&... arguments)
    {
        auto found = rows<T>(sql, arguments...);
        return found.empty() ? std::nullopt : std::optional<T>(std::move(found.front()));
    }

    // The first column of the first row, or nothing; the statement names the column `value`.
    template <class T, class... A> std::optional<T> value(std::string_view sql, A const&... arguments)
    {
        auto found = rows<Single<T>>(sql, arguments...);
        return found.empty() ? std::nullopt : std::move(found.front().value);
    }

    // The column `value` of every row.
    template <class T, class... A> std::vector<T> values(std::string_view sql, A const&... arguments)
    {
        std::vector<T> found;
        for (auto& single : rows<Single<T>>(sql, arguments...))
            if (single.value)
                found.push_back(std::move(*single.value));
        return found;
    }

    template <class... A> std::int64_t execute(std::string_view sql, A const&... arguments)
    {
        std::array<Value, sizeof...(A)> const values{to_value(arguments)...};
        return run(sql, values, nullptr);
    }

    // Adds a described struct as a row: its fields are the columns.
    template <class T> void insert(std::string_view table, T const& row) { insert_row(table, reflect::type_of<T>, &row); }

    // Adds many at once.
    template <class T> void load(std::string_view table, std::span<T const> rows)
    {
        load_rows(
            table, reflect::type_of<T>, rows.size(),
            [](void const* all, std::size_t i) -> void const* { return static_cast<T const*>(all) + i; }, rows.data());
    }
    template <class T> void load(std::string_view table, std::vector<T> const& rows) { load(table, std::span<T const>(rows)); }

    template <class T> static Sink sink_of(std::vector<T>& rows)
    {
        return {&reflect::type_of<T>, [](void* out) -> void* { return &static_cast<std::vector<T>*>(out)->emplace_back(); }, &rows};
    }

    template <class... A>
    void scan_all(std::string_view sql, std::function<void(RowView const&)> const& each, A const&... arguments)
    {
        std::array<Value, sizeof...(A)> const values{to_value(arguments)...};
        scan(sql, values, each);
    }

private:
    std::shared_ptr<Keyring> keys_;

    template <class T> struct Single {
        std::optional<T> value;
        BOOST_DESCRIBE_CLASS(Single, (), (value), (), ())
    };

    void insert_row(std::string_view table, reflect::Type const& type, void const* row);
    void load_rows(std::string_view table, reflect::Type const& type, std::size_t count,
        void const* (*at)(void const*, std::size_t), void const* rows);
};

// Collects the arguments of run_each. Texts that are handed in must outlive the call of run().
class Batch {
public:
    template <class... A> void add(A const&... arguments)
    {
        (values_.push_back(to_value(arguments)), ...);
        width_ = sizeof...(A);
    }
    bool empty() const { return values_.empty(); }
    void run(Connection& db, std::string_view sql) const { run(db, sql, nullptr, Rows::any); }
    // The same for rows that are all different: none changes what another one changes or reads.
    void run_distinct(Connection& db, std::string_view sql) const { run(db, sql, nullptr, Rows::distinct); }
    template <class T> std::vector<T> rows(Connection& db, std::string_view sql) const
    {
        std::vector<T> found;
        Sink const sink = Connection::sink_of(found);
        run(db, sql, &sink, Rows::any);
        return found;
    }

private:
    void run(Connection& db, std::string_view sql, Sink const* sink, Rows rows) const
    {
        if (!values_.empty())
            db.run_each(sql, width_, values_, sink, rows);
    }

    std::vector<Value> values_;
    std::size_t width_ = 1;
};

// Rolls back unless committed.
class Transaction {
public:
    explicit Transaction(Connection& db, bool read_only = false);
    ~Transaction();
    Transaction(Transaction const&) = delete;
    Transaction& operator=(Transaction const&) = delete;
    void commit();

private:
    Connection& db_;
    bool done_ = false;
};

// A part of a transaction that can fail alone.
class Savepoint {
public:
    explicit Savepoint(Connection& db);
    ~Savepoint();
    Savepoint(Savepoint const&) = delete;
    Savepoint& operator=(Savepoint const&) = delete;
    void release();

private:
    Connection& db_;
    bool done_ = false;
};

// Where the data lies ("sqlite:PATH" or a plain path, "postgresql://…"), and the keys that seal what nobody is to read there.
struct Address {
    Dialect dialect;
    std::string location;
    std::shared_ptr<Keyring> keys{};
};
Address parse_address(std::string const& text);

enum class Access { read_write, read_only };
std::unique_ptr<Connection> open(Address const& address, Access access = Access::read_write);

// Brings the schema up to this program's state, each step in a transaction of its own, under a lock. Gives the number of steps
// taken. Throws std::runtime_error when the database is newer than the program.
int migrate(Connection& db);

// Statements slower than this are logged.
inline constexpr std::chrono::milliseconds slow_statement{200};

} // namespace concentric::db
