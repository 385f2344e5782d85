#include "web/late_transaction.hpp"

namespace concentric::web {

static bool only_reads(std::string_view sql)
{
    sql.remove_prefix(std::min(sql.find_first_not_of(" \n\t"), sql.size()));
    return sql.starts_with("SELECT") && sql.find("FOR_UPDATE") == std::string_view::npos;
}

db::Connection& LateTransaction::begun()
{
    if (!transaction_ && !is_in_own_)
        transaction_.emplace(db_);
    return db_;
}

std::int64_t LateTransaction::run(std::string_view sql, std::span<db::Value const> arguments, db::Sink const* sink)
{
    return (only_reads(sql) ? db_ : begun()).run(sql, arguments, sink);
}

void LateTransaction::run_each(
    std::string_view sql, std::size_t width, std::span<db::Value const> arguments, db::Sink const* sink, db::Rows rows)
{
    (only_reads(sql) ? db_ : begun()).run_each(sql, width, arguments, sink, rows);
}

void LateTransaction::scan(
    std::string_view sql, std::span<db::Value const> arguments, std::function<void(db::RowView const&)> const& each)
{
    (only_reads(sql) ? db_ : begun()).scan(sql, arguments, each);
}

void LateTransaction::script(std::string const& sql) { begun().script(sql); }

std::unique_ptr<db::Loader> LateTransaction::loader(std::string_view table, std::span<std::string_view const> columns)
{
    return begun().loader(table, columns);
}

void LateTransaction::hold(std::vector<std::int64_t> keys) { begun().hold(std::move(keys)); }

void LateTransaction::share(std::int64_t key) { begun().share(key); }

void LateTransaction::begin(bool read_only)
{
    if (transaction_ || is_in_own_)
        throw std::logic_error("a transaction within a transaction");
    db_.begin(read_only);
    is_in_own_ = true;
}

void LateTransaction::commit()
{
    db_.commit();
    is_in_own_ = false;
}

void LateTransaction::roll_back()
{
    is_in_own_ = false;
    db_.roll_back();
}

void LateTransaction::finish()
{
    if (transaction_)
        transaction_->commit();
}

} // namespace concentric::web
