#include "modules/learning/media_pieces.hpp"

#include "core/blobs.hpp"
#include "core/crypto_suite.hpp"

#include <fmt/format.h>

#include <cstring>
#include <fstream>

namespace concentric::learning {

std::string tagged(MediaId id, std::string_view bytes)
{
    std::string text(sizeof id.value, '\0');
    std::memcpy(text.data(), &id.value, sizeof id.value);
    return text.append(bytes);
}

std::string sha256(std::string_view bytes)
{
    return std::string(crypto::view(crypto::digest(crypto::Suite::international, bytes)));
}

std::string piece_of(Call const& call, PieceRow const& piece)
{
    auto bytes = call.blobs.get(piece.blob);
    if (!bytes)
        throw std::runtime_error("a piece of a course's file is not there");
    return bytes->substr(sizeof(MediaId));
}

std::vector<PieceRow> pieces_of(db::Connection& db, std::int64_t county, MediaId media, std::int64_t first, std::int64_t last)
{
    return db.rows<PieceRow>(
        "SELECT * FROM media_pieces WHERE county = $1 AND media = $2 AND number >= $3 AND number <= $4 ORDER BY number", county,
        media, first, last);
}

std::string read_part(Call& call, MediaId media, std::int64_t from, std::int64_t first, std::int64_t count)
{
    std::string bytes;
    if (count == 0)
        return bytes;
    auto const begin = first / piece_bytes;
    for (auto const& piece : pieces_of(call.db, call.county, media, from + begin, from + (first + count - 1) / piece_bytes))
        bytes += piece_of(call, piece);
    return bytes.substr(static_cast<std::size_t>(first - begin * piece_bytes), static_cast<std::size_t>(count));
}

std::vector<PieceRow> store_pieces(Call& call, MediaId media, std::int64_t number, std::string_view bytes)
{
    std::vector<PieceRow> pieces;
    for (; !bytes.empty(); bytes.remove_prefix(std::min<std::size_t>(bytes.size(), piece_bytes))) {
        auto const piece = bytes.substr(0, piece_bytes);
        pieces.push_back({call.county, media, number++, call.blobs.put(tagged(media, piece)), crypto::to_hex(sha256(piece))});
    }
    return pieces;
}

static std::filesystem::path place_for_copy()
{
    return std::filesystem::temp_directory_path() / fmt::format("concentric-media-{}", new_id());
}

// Only for this program's user from before the first byte on.
static std::ofstream opened(std::filesystem::path const& path)
{
    std::ofstream file(path, std::ios::binary);
    std::filesystem::permissions(path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    return file;
}

static void close(std::ofstream& file)
{
    if (!file.flush())
        throw std::runtime_error("no room for a copy of a course's file");
}

UnsealedCopy::UnsealedCopy(Call& call, MediaRow const& row) : path_(place_for_copy())
{
    auto file = opened(path_);
    for (auto const& piece : pieces_of(call.db, call.county, row.id, 0, pieces_in(row.size) - 1))
        file << piece_of(call, piece);
    close(file);
}

UnsealedCopy::UnsealedCopy(std::string_view bytes) : path_(place_for_copy())
{
    auto file = opened(path_);
    file << bytes;
    close(file);
}

UnsealedCopy::~UnsealedCopy()
{
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
}

} // namespace concentric::learning
