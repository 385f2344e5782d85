#include "modules/seals/verification.hpp"

#include "core/id_time.hpp"
#include "core/keyring.hpp"
#include "modules/seals/guesses.hpp"
#include "modules/seals/sealing.hpp"

#include <fmt/format.h>

#include <chrono>
#include <deque>
#include <numeric>
#include <unordered_map>

namespace concentric::seals {
namespace {

constexpr std::int64_t most_faults = 1000;
constexpr std::int64_t rows_between_reports = 1 << 14;

// What a late block knows of a row.
struct LateLeaf {
    crypto::Digest digest{};
    std::size_t block = 0;
    bool is_seen = false;
};

class Verifier {
public:
    Verifier(Call& call, Stream stream, Verification& found, Progress& progress)
        : call_(call), stream_(stream), found_(found), progress_(progress)
    {
        static std::string const sql
            = fmt::format("SELECT {} FROM seal_blocks WHERE county = $1 AND stream = $2 ORDER BY number", head_columns);
        blocks_ = call.db.rows<BlockHead>(sql, call.county, stream);
        waits_from_ = first_id_at({call.now.milliseconds - late_window_milliseconds});
    }

    std::int64_t rows() const
    {
        return std::accumulate(
            blocks_.begin(), blocks_.end(), std::int64_t{0}, [](auto sum, auto const& block) { return sum + block.entries; });
    }

    void run()
    {
        check_chain();
        read_late_blocks();
        order_.clear();
        for (std::size_t i = 0; i < blocks_.size(); ++i)
            if (!blocks_[i].is_late)
                order_.push_back(i);
        std::sort(order_.begin(), order_.end(), [&](auto a, auto b) { return blocks_[a].first_id < blocks_[b].first_id; });
        enter_block();
        auto const& format = rows_of(stream_);
        call_.db.scan_all(
            fmt::format("SELECT {} FROM {} WHERE county = $1 ORDER BY id", format.names(), format.table),
            [&](db::RowView const& row) { take(row); }, call_.county);
        while (next_ < order_.size())
            leave_block();
        for (auto const& [id, late] : late_)
            if (!late.is_seen)
                missing(blocks_[late.block], id);
        found_.blocks += static_cast<std::int64_t>(blocks_.size());
    }

private:
    void fault(FaultKind kind, std::int64_t block, std::optional<std::int64_t> row, Words words)
    {
        if (++found_.fault_count > most_faults)
            return;
        Fault fault{stream_, kind, block, {}, std::move(words.zh), std::move(words.en)};
        if (row)
            fault.row.emplace().value = *row;
        found_.faults.push_back(std::move(fault));
    }

    void check_chain()
    {
        std::string before;
        std::int64_t number = 0;
        for (auto const& block : blocks_) {
            if (block.number != ++number) {
                fault(FaultKind::chain_broken, block.number, {},
                    {fmt::format("缺少第 {} 至 {} 块。", number, block.number - 1),
                        fmt::format("Blocks {} to {} are missing.", number, block.number - 1)});
                number = block.number;
            } else if (block.previous != before) {
                fault(FaultKind::chain_broken, block.number, {},
                    {"没有接在前一块之后：前一块被改动。", "It does not follow the block before, which was changed."});
            }
            if (!is_signed(block))
                fault(FaultKind::not_signed, block.number, {}, {"签名与内容不符。", "The signature is not that of its content."});
            before = digest_of(block);
        }
    }

    bool is_signed(BlockHead const& block)
    {
        auto const [key, is_new] = public_keys_.try_emplace(block.key_version);
        if (is_new)
            key->second = public_key(block.key_version);
        std::string signature;
        return crypto::decode_base64url(block.signature, signature)
            && crypto::verify_signature(block.suite, key->second, text_of(block), signature);
    }

    // From the wrapped key: what the database says of public keys could be as false as its rows.
    std::string public_key(std::int64_t version)
    try {
        return call_.db.keys().verifying_key(version);
    } catch (std::logic_error const&) { // there is none of that version
        return {};
    }

    // The leaves, where they lead to the signed root; else the block's rows cannot be told apart and it is named as a whole.
    std::vector<Leaf> checked_leaves(BlockHead const& block)
    {
        auto leaves = read_leaves(leaves_of(call_.db, block));
        auto& merkle = merkle_of(block.suite);
        bool const good = leaves && static_cast<std::int64_t>(leaves->size()) == block.entries && block.entries > 0
            && leaves->front().id == block.first_id && leaves->back().id == block.last_id
            && crypto::to_hex(crypto::view(merkle.root(digests(*leaves)))) == block.root;
        if (!good)
            fault(FaultKind::block_changed, block.number, {},
                {"封存的行摘要与根不符。", "The digests of its rows do not lead to its root."});
        return leaves ? std::move(*leaves) : std::vector<Leaf>{};
    }

    crypto::Merkle& merkle_of(crypto::Suite suite) { return suite == crypto::Suite::international ? international_ : shangmi_; }

    void read_late_blocks()
    {
        for (std::size_t i = 0; i < blocks_.size(); ++i)
            if (blocks_[i].is_late)
                for (auto const& leaf : checked_leaves(blocks_[i]))
                    late_[leaf.id] = {leaf.digest, i, false};
    }

    void enter_block()
    {
        at_ = 0;
        leaves_.clear();
        if (next_ < order_.size())
            leaves_ = checked_leaves(blocks_[order_[next_]]);
    }

    // What is left of the block's leaves has no row any more.
    void leave_block()
    {
        for (; at_ < leaves_.size(); ++at_)
            missing(blocks_[order_[next_]], leaves_[at_].id);
        ++next_;
        enter_block();
    }

    void missing(BlockHead const& block, std::int64_t id)
    {
        auto const moment = text_of(moment_of_id(id));
        fault(FaultKind::missing, block.number, id,
            {fmt::format("{} 写入的一行已不存在。", moment), fmt::format("The row that was written at {} is gone.", moment)});
    }

    void take(db::RowView const& row)
    {
        auto const id = row.integer(1);
        if (++found_.rows % rows_between_reports == 0) {
            progress_.advance(rows_between_reports);
            progress_.check();
        }
        while (next_ < order_.size() && blocks_[order_[next_]].last_id < id)
            leave_block();
        while (at_ < leaves_.size() && leaves_[at_].id < id) {
            missing(blocks_[order_[next_]], leaves_[at_].id);
            ++at_;
        }
        bytes_.clear();
        rows_of(stream_).write(bytes_, row);
        if (at_ < leaves_.size() && leaves_[at_].id == id)
            compare(blocks_[order_[next_]], leaves_[at_++].digest, row);
        else if (auto const late = late_.find(id); late != late_.end()) {
            late->second.is_seen = true;
            compare(blocks_[late->second.block], late->second.digest, row);
        } else if (id < horizon() && id < waits_from_) {
            auto const moment = text_of(moment_of_id(id));
            fault(FaultKind::inserted, 0, id,
                {fmt::format("编号属于 {}，却从未被封存：是后来插入的。", moment),
                    fmt::format("Its id is of {}, yet it was never sealed: it was put in later.", moment)});
        } else {
            ++found_.waiting;
        }
    }

    std::int64_t horizon() const { return order_.empty() ? 0 : blocks_[order_.back()].last_id; }

    void compare(BlockHead const& block, crypto::Digest const& sealed, db::RowView const& row)
    {
        auto& merkle = merkle_of(block.suite);
        if (merkle.leaf(bytes_) != sealed)
            fault(FaultKind::tampered, block.number, row.integer(1), what_differs(merkle, rows_of(stream_), row, sealed));
    }

    Call& call_;
    Stream stream_;
    Verification& found_;
    Progress& progress_;
    std::vector<BlockHead> blocks_;
    std::vector<std::size_t> order_; // of the blocks that are not late, by id
    std::size_t next_ = 0; // in order_
    std::vector<Leaf> leaves_; // of that block
    std::size_t at_ = 0; // in leaves_
    std::unordered_map<std::int64_t, LateLeaf> late_;
    std::int64_t waits_from_ = 0;
    std::unordered_map<std::int64_t, std::string> public_keys_;
    crypto::Merkle international_{crypto::Suite::international}, shangmi_{crypto::Suite::shangmi};
    std::string bytes_;
};

} // namespace

Verification verify(Call& call, std::optional<Stream> only, Progress& progress)
{
    auto const start = std::chrono::steady_clock::now();
    Verification found;
    db::Transaction const transaction(call.db, true);
    std::deque<Verifier> verifiers;
    std::int64_t rows = 0;
    for (auto const stream : all_streams)
        if (!only || *only == stream)
            rows += verifiers.emplace_back(call, stream, found, progress).rows();
    progress.set(0, rows);
    for (auto& verifier : verifiers)
        verifier.run();
    progress.set(rows, rows);
    found.milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start).count();
    return found;
}

} // namespace concentric::seals
