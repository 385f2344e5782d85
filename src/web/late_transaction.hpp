#pragma once

#include "core/db.hpp"

// A transaction that begins only when something is about to be written, so that whoever thinks for long (hashing a password) keeps
// nobody else from writing meanwhile.
namespace concentric::web {

class LateTransaction final : public db::Connection {
public:
    explicit LateTransaction(db::Connection& db) : db_(db) { use_keys(db.shared_keys()); }

    db::Dialect dialect() const override { return db_.dialect(); }
    bool is_lost() const override { return db_.is_lost(); }
    std::int64_t run(std::string_view sql, std::span<db::Value const> arguments, db::Sink const* sink) override;
    void run_each(std::string_view sql, std::size_t width, std::span<db::Value const> arguments, db::Sink const* sink,
        db::Rows rows) override;
    void scan(
        std::string_view sql, std::span<db::Value const> arguments, std::function<void(db::RowView const&)> const& each) override;
    void script(std::string const& sql) override;
    std::unique_ptr<db::Loader> loader(std::string_view table, std::span<std::string_view const> columns) override;
    void hold(std::vector<std::int64_t> keys) override;
    void share(std::int64_t key) override;
    int stripe() const override { return db_.stripe(); }
    // A transaction of the user's own, in which what happens is kept whatever follows.
    void begin(bool read_only) override;
    void commit() override;
    void roll_back() override;

    // Keeps what was written; does nothing when nothing was. Without it all is undone.
    void finish();

private:
    db::Connection& begun();
    db::Connection& db_;
    std::optional<db::Transaction> transaction_;
    bool is_in_own_ = false;
};

} // namespace concentric::web
