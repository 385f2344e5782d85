#pragma once

#include "core/call.hpp"
#include "modules/learning/tables.hpp"

#include <filesystem>

// A course's file as it lies in the store: sealed pieces of 1 MiB, so that any part of a film is given without reading the rest.
namespace concentric::learning {

inline constexpr std::int64_t piece_bytes = 1 << 20; // every piece of a file but its last

// How many pieces a file of so many bytes has, at least 1 byte.
inline std::int64_t pieces_in(std::int64_t size) { return (size + piece_bytes - 1) / piece_bytes; }

struct PieceRow {
    std::int64_t county = 0;
    MediaId media;
    std::int64_t number = 0;
    std::string blob, digest;
};
BOOST_DESCRIBE_STRUCT(PieceRow, (), (county, media, number, blob, digest))

// A piece begins with its file's id, so that no two files share a blob, and one can go without a look at the others.
std::string tagged(MediaId id, std::string_view bytes);
std::string sha256(std::string_view bytes);
// Puts the bytes into the store as pieces numbered from `number` on; the rows are the caller's to write.
std::vector<PieceRow> store_pieces(Call& call, MediaId media, std::int64_t number, std::string_view bytes);
// Those from `first` to `last`, both included, in order.
std::vector<PieceRow> pieces_of(db::Connection& db, std::int64_t county, MediaId media, std::int64_t first, std::int64_t last);
// Throws std::runtime_error where the store has lost it.
std::string piece_of(Call const& call, PieceRow const& piece);
// Bytes from a place on of the file whose first piece has the number `from`.
std::string read_part(Call& call, MediaId media, std::int64_t from, std::int64_t first, std::int64_t count);

// A file of its own outside the blobs, since the programs that look into it need one; gone afterwards.
class UnsealedCopy {
public:
    UnsealedCopy(Call& call, MediaRow const& row);
    // The same of bytes that are at hand.
    explicit UnsealedCopy(std::string_view bytes);
    ~UnsealedCopy();
    UnsealedCopy(UnsealedCopy const&) = delete;
    UnsealedCopy& operator=(UnsealedCopy const&) = delete;
    std::filesystem::path const& path() const { return path_; }

private:
    std::filesystem::path path_;
};

} // namespace concentric::learning
