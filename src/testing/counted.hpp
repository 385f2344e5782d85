#pragma once

#include "core/db.hpp"

// How often the database is asked, for tests of what must not grow with the number of people.
namespace concentric {

// Stands before another connection. A batch and a load count once, as they are one way there and back.
class CountedConnection : public db::Connection {
public:
    explicit CountedConnection(db::Connection& behind) : behind_(behind) { use_keys(behind.shared_keys()); }
    int statements() const { return statements_; }

    db::Dialect dialect() const override { return behind_.dialect(); }
    std::int64_t run(std::string_view sql, std::span<db::Value const> arguments, db::Sink const* sink) override
    {
        return counted().run(sql, arguments, sink);
    }
    void run_each(
        std::string_view sql, std::size_t width, std::span<db::Value const> arguments, db::Sink const* sink, db::Rows rows) override
    {
        counted().run_each(sql, width, arguments, sink, rows);
    }
    void scan(
        std::string_view sql, std::span<db::Value const> arguments, std::function<void(db::RowView const&)> const& each) override
    {
        counted().scan(sql, arguments, each);
    }
    void script(std::string const& sql) override { counted().script(sql); }
    std::unique_ptr<db::Loader> loader(std::string_view table, std::span<std::string_view const> columns) override
    {
        return counted().loader(table, columns);
    }
    void hold(std::vector<std::int64_t> keys) override { counted().hold(std::move(keys)); }
    void share(std::int64_t key) override { counted().share(key); }
    int stripe() const override { return behind_.stripe(); }
    void begin(bool read_only) override { counted().begin(read_only); }
    void commit() override { counted().commit(); }
    void roll_back() override { counted().roll_back(); }
    bool is_lost() const override { return behind_.is_lost(); }

private:
    db::Connection& counted()
    {
        ++statements_;
        return behind_;
    }

    db::Connection& behind_;
    int statements_ = 0;
};

} // namespace concentric
