#include "modules/seals/sealing.hpp"

#include "core/id_time.hpp"
#include "core/keyring.hpp"
#include "core/recurring.hpp"

#include <fmt/format.h>

#include <unordered_set>

namespace concentric::seals {
namespace {

constexpr std::int64_t sealing_key = 0x7365616C; // "seal": one server at a time adds a block

struct Interval {
    std::int64_t minutes = 10;
};
BOOST_DESCRIBE_STRUCT(Interval, (), (minutes))

class Sealer {
public:
    Sealer(Call& call, Stream stream, Instant until)
        : call_(call), stream_(stream), until_(first_id_at(until)), signing_(call.db.keys().signing_key()), merkle_(signing_.suite)
    {
    }

    Sealed run(Progress& progress)
    {
        Sealed made;
        auto const take = [&](std::vector<Leaf> const& leaves, bool is_late) {
            add(leaves, is_late);
            ++made.blocks;
            made.rows += static_cast<std::int64_t>(leaves.size());
            progress.advance(static_cast<std::int64_t>(leaves.size()));
            progress.check();
        };
        horizon_ = call_.db
                       .value<std::int64_t>(
                           "SELECT COALESCE(MAX(last_id), 0) AS value FROM seal_blocks WHERE county = $1 AND stream = $2",
                           call_.county, stream_)
                       .value_or(0);
        newest_ = newest(call_.db, call_.county, stream_).value_or(BlockHead{}).number;
        auto const late = late_rows();
        for (std::size_t from = 0; from < late.size(); from += rows_of_a_block)
            take({late.begin() + static_cast<std::ptrdiff_t>(from),
                     late.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(from + rows_of_a_block, late.size()))},
                true);
        for (;;) {
            auto const leaves = rows(horizon_, until_ - 1, rows_of_a_block);
            if (leaves.empty())
                return made;
            take(leaves, false);
            horizon_ = leaves.back().id;
        }
    }

private:
    // Rows with ids above one and up to another.
    std::vector<Leaf> rows(std::int64_t above, std::int64_t up_to, std::int64_t most)
    {
        auto const& format = rows_of(stream_);
        std::vector<Leaf> leaves;
        std::string bytes;
        db::Transaction const transaction(call_.db, true);
        call_.db.scan_all(
            fmt::format("SELECT {} FROM {} WHERE county = $1 AND id > $2 AND id <= $3 ORDER BY id LIMIT {}", format.names(),
                format.table, most),
            [&](db::RowView const& row) {
                bytes.clear();
                format.write(bytes, row);
                leaves.push_back({row.integer(1), merkle_.leaf(bytes)});
            },
            call_.county, above, up_to);
        return leaves;
    }

    // Where the blocks begin whose rows may have late neighbours: all before it lies outside the window.
    std::int64_t window() const
    {
        auto const begin = first_id_at({call_.now.milliseconds - late_window_milliseconds});
        return call_.db
            .value<std::int64_t>("SELECT COALESCE(MAX(last_id), 0) AS value FROM seal_blocks WHERE county = $1 AND stream = $2 AND "
                                 "NOT is_late AND last_id < $3",
                call_.county, stream_, begin)
            .value_or(0);
    }

    // Counting tells whether there are any, which is seldom; only then the leaves of the window's blocks are read.
    std::vector<Leaf> late_rows()
    {
        if (horizon_ == 0)
            return {};
        auto const above = window();
        auto const there = call_.db.value<std::int64_t>(
            fmt::format("SELECT count(*) AS value FROM {} WHERE county = $1 AND id > $2 AND id <= $3", rows_of(stream_).table),
            call_.county, above, horizon_);
        auto const in_time
            = call_.db.value<std::int64_t>("SELECT COALESCE(CAST(SUM(entries) AS BIGINT), 0) AS value FROM seal_blocks WHERE "
                                           "county = $1 AND stream = $2 AND last_id > $3 AND NOT is_late",
                call_.county, stream_, above);
        if (there.value_or(0) == in_time.value_or(0) + static_cast<std::int64_t>(sealed_ids(above, true).size()))
            return {};
        auto known = sealed_ids(above, true);
        known.merge(sealed_ids(above, false));
        auto all = rows(above, horizon_, INT32_MAX);
        std::erase_if(all, [&](Leaf const& leaf) { return known.contains(leaf.id) || leaf.id >= until_; });
        return all;
    }

    std::unordered_set<std::int64_t> sealed_ids(std::int64_t above, bool is_late)
    {
        static std::string const sql = fmt::format(
            "SELECT {}, leaves FROM seal_blocks WHERE county = $1 AND stream = $2 AND last_id > $3 AND is_late = $4", head_columns);
        std::unordered_set<std::int64_t> ids;
        for (auto const& block : call_.db.rows<Block>(sql, call_.county, stream_, above, is_late))
            if (auto const leaves = read_leaves(block.leaves))
                for (auto const& leaf : *leaves)
                    if (leaf.id > above)
                        ids.insert(leaf.id);
        return ids;
    }

    void add(std::vector<Leaf> const& leaves, bool is_late)
    {
        db::Transaction transaction(call_.db);
        call_.db.hold({sealing_key + call_.county});
        auto const before = newest(call_.db, call_.county, stream_);
        if ((before ? before->number : 0) != newest_)
            throw db::Error(db::Fault::busy, "", "seal_blocks", "somebody else seals");
        auto const beside = newest(call_.db, call_.county, stream_ == Stream::ledger ? Stream::audit : Stream::ledger);
        Block block;
        block.county = call_.county;
        block.stream = stream_;
        block.number = before ? before->number + 1 : 1;
        block.first_id = leaves.front().id;
        block.last_id = leaves.back().id;
        block.entries = static_cast<std::int64_t>(leaves.size());
        block.is_late = is_late;
        block.root = crypto::to_hex(crypto::view(merkle_.root(digests(leaves))));
        block.previous = before ? digest_of(*before) : "";
        block.beside = beside ? digest_of(*beside) : "";
        block.sealed_at = call_.now;
        block.suite = signing_.suite;
        block.key_version = signing_.version;
        crypto::append_base64url(block.signature, signing_.key.sign(text_of(block)));
        block.leaves = written(leaves);
        call_.db.insert("seal_blocks", block);
        transaction.commit();
        ++newest_;
    }

    Call& call_;
    Stream stream_;
    std::int64_t const until_;
    Keyring::Signing const signing_;
    crypto::Merkle merkle_;
    std::int64_t horizon_ = 0;
    std::int64_t newest_ = 0; // number of the newest block
};

std::string run_job(Call& call, std::string const& input, Progress& progress)
{
    Sealed sealed;
    auto const own = call.county;
    for (auto const county :
        call.db.values<std::int64_t>("SELECT county AS value FROM counties WHERE county > 0 ORDER BY county")) {
        call.county = county;
        auto const made = seal_until(call, {call.now.milliseconds - settling_milliseconds}, progress);
        sealed.blocks += made.blocks;
        sealed.rows += made.rows;
    }
    call.county = own;
    db::Transaction transaction(call.db);
    keep_sealing(call, reflect::from_json<Interval>(input).minutes);
    transaction.commit();
    return to_json(sealed);
}

} // namespace

Sealed seal_until(Call& call, Instant moment, Progress& progress)
{
    Sealed all;
    for (auto const stream : all_streams) {
        auto const made = Sealer(call, stream, moment).run(progress);
        all.blocks += made.blocks;
        all.rows += made.rows;
    }
    return all;
}

void handle_sealing_job(Jobs& jobs) { jobs.handle(std::string(sealing_job), run_job); }

void keep_sealing(Call& call, std::int64_t minutes)
{
    run_again(call, sealing_job, to_json(Interval{minutes}), {call.now.milliseconds + minutes * 60'000});
}

} // namespace concentric::seals
