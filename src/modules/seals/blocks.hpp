#pragma once

#include "core/call.hpp"
#include "core/merkle.hpp"
#include "core/row_format.hpp"

#include <span>

// The blocks of a chain as they are stored, and what of them is hashed and signed.
namespace concentric::seals {

enum class Stream { ledger, audit };
BOOST_DESCRIBE_ENUM(Stream, ledger, audit)
inline constexpr Stream all_streams[]{Stream::ledger, Stream::audit};

Words words_of(Stream stream);
// The rows of a stream, as the module that keeps them words it.
RowFormat const& rows_of(Stream stream);

// A row's name in a block: its id and the digest of all that it says.
struct Leaf {
    std::int64_t id = 0;
    crypto::Digest digest{};
};

// A block without its leaves.
struct BlockHead {
    std::int64_t county = 0;
    Stream stream{};
    std::int64_t number = 0; // 1, 2, 3 …
    std::int64_t first_id = 0, last_id = 0, entries = 0;
    bool is_late = false; // its rows came after a block with greater ids was sealed
    std::string root, previous,
        beside; // hexadecimal; of the block before, "" for the first, and of the other stream's newest, "" for none
    Instant sealed_at;
    crypto::Suite suite{};
    std::int64_t key_version = 0;
    std::string signature; // base64url
};
BOOST_DESCRIBE_STRUCT(BlockHead, (),
    (county, stream, number, first_id, last_id, entries, is_late, root, previous, beside, sealed_at, suite, key_version, signature))
inline constexpr std::string_view head_columns = "county, stream, number, first_id, last_id, entries, is_late, root, previous, "
                                                 "beside, sealed_at, suite, key_version, signature";

struct Block : BlockHead {
    std::string leaves;
};
BOOST_DESCRIBE_STRUCT(Block, (BlockHead), (leaves))

// Everything that the signature covers: lines that a person can read.
std::string text_of(BlockHead const&);
// The digest of that, in hexadecimal: what the next block holds as `previous`.
std::string digest_of(BlockHead const&);

// Leaves as one text: for each the distance of its id to the one before, seven bits to a byte, and its digest; all in base64url.
std::string written(std::span<Leaf const> leaves);
// Nothing where the text is none of ours.
std::optional<std::vector<Leaf>> read_leaves(std::string_view text);
std::vector<crypto::Digest> digests(std::span<Leaf const> leaves);

std::optional<BlockHead> newest(db::Connection&, std::int64_t county, Stream);
std::string leaves_of(db::Connection&, BlockHead const&);

} // namespace concentric::seals
