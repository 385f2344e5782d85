#include "modules/seals/blocks.hpp"

#include "modules/accounts/audit_rows.hpp"
#include "modules/ledger/entry_rows.hpp"

#include <fmt/format.h>

namespace concentric::seals {

Words words_of(Stream stream) { return stream == Stream::ledger ? Words{"台账", "ledger"} : Words{"审计日志", "audit log"}; }

RowFormat const& rows_of(Stream stream)
{
    static RowFormat const entries = ledger::entry_rows(), audit = accounts::audit_rows();
    return stream == Stream::ledger ? entries : audit;
}

std::string text_of(BlockHead const& block)
{
    return fmt::format("concentric seal 1\ncounty {}\nstream {}\nnumber {}\nfirst {}\nlast {}\nentries {}\nlate {}\nroot "
                       "{}\nprevious {}\nbeside {}\n"
                       "sealed_at {}\nsuite {}\nkey {}\n",
        block.county, name_of(block.stream), block.number, block.first_id, block.last_id, block.entries, block.is_late, block.root,
        block.previous, block.beside, block.sealed_at.milliseconds, name_of(block.suite), block.key_version);
}

std::string digest_of(BlockHead const& block) { return crypto::to_hex(crypto::view(crypto::digest(block.suite, text_of(block)))); }

std::string written(std::span<Leaf const> leaves)
{
    std::string bytes;
    bytes.reserve(leaves.size() * 36);
    std::int64_t before = 0;
    for (auto const& leaf : leaves) {
        auto distance = static_cast<std::uint64_t>(leaf.id - before);
        for (; distance >= 128; distance >>= 7)
            bytes += static_cast<char>(distance | 128);
        bytes += static_cast<char>(distance);
        bytes += crypto::view(leaf.digest);
        before = leaf.id;
    }
    std::string text;
    crypto::append_base64url(text, bytes);
    return text;
}

std::optional<std::vector<Leaf>> read_leaves(std::string_view text)
{
    std::string bytes;
    if (!crypto::decode_base64url(text, bytes))
        return std::nullopt;
    std::vector<Leaf> leaves;
    std::uint64_t id = 0;
    for (std::size_t at = 0; at < bytes.size();) {
        std::uint64_t distance = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at == bytes.size())
                return std::nullopt;
            auto const byte = static_cast<unsigned char>(bytes[at++]);
            distance |= static_cast<std::uint64_t>(byte & 127) << shift;
            if (byte < 128)
                break;
        }
        Leaf leaf;
        if (distance == 0 || bytes.size() - at < leaf.digest.size())
            return std::nullopt;
        leaf.id = static_cast<std::int64_t>(id += distance);
        std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), leaf.digest.size(), leaf.digest.begin());
        at += leaf.digest.size();
        leaves.push_back(leaf);
    }
    return leaves;
}

std::vector<crypto::Digest> digests(std::span<Leaf const> leaves)
{
    std::vector<crypto::Digest> all;
    all.reserve(leaves.size());
    for (auto const& leaf : leaves)
        all.push_back(leaf.digest);
    return all;
}

std::optional<BlockHead> newest(db::Connection& db, std::int64_t county, Stream stream)
{
    static std::string const sql
        = fmt::format("SELECT {} FROM seal_blocks WHERE county = $1 AND stream = $2 ORDER BY number DESC LIMIT 1", head_columns);
    return db.row<BlockHead>(sql, county, stream);
}

std::string leaves_of(db::Connection& db, BlockHead const& block)
{
    return db
        .value<std::string>("SELECT leaves AS value FROM seal_blocks WHERE county = $1 AND stream = $2 AND number = $3",
            block.county, block.stream, block.number)
        .value_or("");
}

} // namespace concentric::seals
