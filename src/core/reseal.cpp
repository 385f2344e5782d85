#include "core/reseal.hpp"

#include "core/blobs.hpp"
#include "core/keyring.hpp"

#include <fmt/format.h>

namespace concentric {
namespace {

constexpr std::int64_t rows_of_a_step = 500;

// A text as it lies in the table, and where.
struct Lying {
    std::int64_t one = 0, other = 0;
    std::string text;
};
BOOST_DESCRIBE_STRUCT(Lying, (), (one, other, text))

// The statements for one column. Its table's key is one number or two; where it is one, the second is the same again.
struct Statements {
    explicit Statements(SealedColumn const& column, Which which)
    {
        auto const comma = column.key.find(", ");
        auto const one = column.key.substr(0, comma), other = comma == column.key.npos ? one : column.key.substr(comma + 2);
        auto const from = (column.how == reflect::Sealing::sealed ? 0 : Keyring::index_length) + 1;
        auto const older = which == Which::all ? std::string("$2 = $2")
                                               : fmt::format("substr({}, {}, {}) <> $2", column.column, from, Keyring::mark_length);
        auto const where = fmt::format("FROM {} WHERE county = $1 AND {} <> '' AND {}", column.table, column.column, older);
        count = "SELECT count(*) AS value " + where;
        read = fmt::format("SELECT {0} AS one, {1} AS other, {2} AS text {3} AND ({0}, {1}) > ($3, $4) ORDER BY {0}, {1} LIMIT {4}",
            one, other, column.column, where, rows_of_a_step);
        write = fmt::format("UPDATE {} SET {} = $5 WHERE county = $1 AND {} = $2 AND {} = $3 AND {} = $4", column.table,
            column.column, one, other, column.column);
    }
    std::string count, read, write;
};

class Resealing {
public:
    Resealing(Call& call, std::vector<SealedColumn> const& columns, Which which, Progress& progress)
        : call_(call), keys_(call.db.keys()), columns_(columns), which_(which), progress_(progress)
    {
    }

    // Servers look for new keys every second: what they wrote until then is found by a further pass.
    Resealed run()
    {
        Resealed made;
        for (;;) {
            auto const left = count();
            if (left == 0)
                break;
            progress_.set(made.values, made.values + left);
            for (auto const& column : columns_)
                made.values += pass(column);
            if (which_ == Which::all)
                break;
        }
        made.files = call_.blobs.seal_anew([&](std::int64_t) { progress_.check(); });
        retire();
        return made;
    }

private:
    std::int64_t count()
    {
        std::int64_t left = 0;
        for (auto const& column : columns_)
            left += call_.db.value<std::int64_t>(Statements(column, which_).count, call_.county, keys_.newest_mark(call_.county))
                        .value_or(0);
        return left;
    }

    std::int64_t pass(SealedColumn const& column)
    {
        Statements const statements(column, which_);
        Lying last;
        std::int64_t changed = 0;
        for (;;) {
            progress_.check();
            auto const rows
                = call_.db.rows<Lying>(statements.read, call_.county, keys_.newest_mark(call_.county), last.one, last.other);
            if (rows.empty())
                return changed;
            changed += step(column, statements, rows);
            progress_.advance(static_cast<std::int64_t>(rows.size()));
            last = rows.back();
        }
    }

    // What is busy now is met again by the next pass.
    std::int64_t step(SealedColumn const& column, Statements const& statements, std::vector<Lying> const& rows)
    try {
        std::int64_t changed = 0;
        db::Transaction transaction(call_.db);
        for (auto const& row : rows)
            changed += call_.db.execute(statements.write, call_.county, row.one, row.other, row.text,
                keys_.seal(call_.county, keys_.open(row.text, column.how), column.how));
        transaction.commit();
        return changed;
    } catch (db::Error const& error) {
        if (error.fault != db::Fault::busy || which_ == Which::all)
            throw;
        return 0;
    }

    void retire()
    {
        db::Transaction transaction(call_.db);
        call_.db.execute(
            "UPDATE data_keys SET retired_at = $2 WHERE (county = $1 AND purpose = 'values' OR county = 0 AND purpose = 'files') "
            "AND retired_at IS NULL AND EXISTS (SELECT 1 FROM data_keys AS newer WHERE newer.county = data_keys.county "
            "AND newer.purpose = data_keys.purpose AND newer.version > data_keys.version)",
            call_.county, call_.now);
        transaction.commit();
    }

    Call& call_;
    Keyring& keys_;
    std::vector<SealedColumn> const& columns_;
    Which which_;
    Progress& progress_;
};

} // namespace

Resealed reseal(Call& call, std::vector<SealedColumn> const& columns, Which which, Progress& progress)
{
    return Resealing(call, columns, which, progress).run();
}

void handle_reseal_job(Jobs& jobs, std::vector<SealedColumn> columns)
{
    jobs.handle(std::string(reseal_job), [columns = std::move(columns)](Call& call, std::string const&, Progress& progress) {
        return to_json(reseal(call, columns, Which::sealed_with_older_keys, progress));
    });
}

std::vector<SealedColumn> sealed_columns_of_jobs() { return {{"jobs", "id", "input"}, {"jobs", "id", "result"}}; }

} // namespace concentric
