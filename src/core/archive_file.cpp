#include "core/archive_file.hpp"

#include "core/crypto.hpp"
#include "core/keyring_internal.hpp"
#include "core/reflect.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <system_error>

namespace concentric {
namespace {

constexpr std::string_view first_word = "concentric-archive ";
constexpr std::int64_t known_format = 1;
constexpr std::size_t piece_size = 1 << 20, longest_head = 4096, longest_sealed = 2 << 20;
constexpr std::uint32_t last_piece = 1U << 31; // in the four bytes of length before a piece
constexpr std::int64_t rounds = 600'000; // OWASP password storage cheat sheet, PBKDF2 with SHA-256
constexpr std::string_view passphrase_letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
constexpr std::size_t passphrase_length = 26;

[[noreturn]] void fail(std::filesystem::path const& path)
{
    throw std::system_error(errno, std::generic_category(), path.string());
}

std::string place_of(std::string const& line, std::int64_t number, bool is_last)
{
    return fmt::format("{}piece {}{}", line, number, is_last ? " last" : "");
}

std::string packed(std::string_view bytes)
{
    auto size = compressBound(bytes.size());
    std::string out(size, '\0');
    compress2(
        reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<Bytef const*>(bytes.data()), bytes.size(), Z_BEST_SPEED);
    out.resize(size);
    return out;
}

bool unpack(std::string_view bytes, std::string& out)
{
    out.resize(piece_size);
    uLongf size = out.size();
    bool const good
        = uncompress(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<Bytef const*>(bytes.data()), bytes.size())
        == Z_OK;
    out.resize(good ? size : 0);
    return good;
}

} // namespace

std::string random_passphrase()
{
    auto const text = crypto::random_text(passphrase_length, passphrase_letters);
    std::string grouped;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i > 0 && i % 5 == 0 && i < 25)
            grouped += '-';
        grouped += text[i];
    }
    return grouped;
}

// A passphrase that people chose themselves is taken as it is.
static std::string folded(std::string_view passphrase)
{
    std::string out;
    for (char const c : passphrase)
        if (c != '-' && c != ' ' && c != '\r' && c != '\n')
            out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    bool const is_ours = out.size() == passphrase_length && out.find_first_not_of(passphrase_letters) == out.npos;
    return is_ours ? out : std::string(passphrase.substr(0, passphrase.find_last_not_of("\r\n") + 1));
}

crypto::Key archive_key(ArchiveHead const& head, std::string_view passphrase)
{
    std::string salt;
    if (!crypto::decode_base64url(head.salt, salt) || head.rounds < 1 || head.rounds > 100'000'000)
        throw ArchiveError({"文件开头已损坏。", "The head of the file is damaged."});
    return crypto::key_from_passphrase(head.suite, folded(passphrase), salt, static_cast<int>(head.rounds));
}

ArchiveHead new_archive_head(std::int64_t county, crypto::Suite suite, std::int64_t schema, Instant now)
{
    std::string salt(16, '\0');
    crypto::fill_randomly(salt.data(), salt.size());
    ArchiveHead head{known_format, county, now, schema, suite, {}, rounds};
    crypto::append_base64url(head.salt, salt);
    return head;
}

// ---- Writing. ----

ArchiveWriter::ArchiveWriter(std::filesystem::path file, ArchiveHead const& head, crypto::Key const& key)
    : file_(std::move(file)), unfinished_(file_.string() + ".unfinished"), line_(std::string(first_word) + to_json(head) + '\n'),
      suite_(head.suite), key_(std::make_unique<crypto::SealingKey>(head.suite, key))
{
    descriptor_ = ::open(unfinished_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (descriptor_ < 0)
        fail(unfinished_);
    put(line_);
    buffer_.reserve(piece_size);
}

ArchiveWriter::~ArchiveWriter()
{
    if (descriptor_ < 0)
        return;
    ::close(descriptor_);
    std::error_code ignored;
    std::filesystem::remove(unfinished_, ignored);
}

void ArchiveWriter::write(std::string_view bytes)
{
    while (buffer_.size() + bytes.size() > piece_size) {
        auto const part = piece_size - buffer_.size();
        buffer_ += bytes.substr(0, part);
        bytes.remove_prefix(part);
        seal_piece(buffer_, false);
        buffer_.clear();
    }
    buffer_ += bytes;
}

std::int64_t ArchiveWriter::finish()
{
    seal_piece(buffer_, true);
    if (::fsync(descriptor_) != 0 || ::close(std::exchange(descriptor_, -1)) != 0)
        fail(unfinished_);
    std::filesystem::rename(unfinished_, file_);
    return size_;
}

void ArchiveWriter::seal_piece(std::string_view bytes, bool is_last)
{
    std::string sealed;
    key_->seal(packed(bytes), place_of(line_, pieces_++, is_last), sealed);
    put(bytes_of(sealed.size() | (is_last ? last_piece : 0), 4));
    put(sealed);
}

void ArchiveWriter::put(std::string_view bytes)
{
    size_ += static_cast<std::int64_t>(bytes.size());
    while (!bytes.empty()) {
        auto const written = ::write(descriptor_, bytes.data(), bytes.size());
        if (written < 0 && errno != EINTR)
            fail(unfinished_);
        bytes.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
    }
}

// ---- Reading. ----

static std::string read_at(int descriptor, std::int64_t at, std::size_t count)
{
    std::string bytes(count, '\0');
    std::size_t have = 0;
    while (have < count) {
        auto const read = ::pread(descriptor, bytes.data() + have, count - have, at + static_cast<std::int64_t>(have));
        if (read == 0 || (read < 0 && errno != EINTR))
            break;
        have += read < 0 ? 0 : static_cast<std::size_t>(read);
    }
    bytes.resize(have);
    return bytes;
}

ArchiveReader::ArchiveReader(std::filesystem::path const& file)
    : path_(file.string()), descriptor_(::open(file.c_str(), O_RDONLY | O_CLOEXEC))
{
    if (descriptor_ < 0)
        fail(file);
    struct stat facts { };
    ::fstat(descriptor_, &facts);
    file_size_ = facts.st_size;
    line_ = read_at(descriptor_, 0, longest_head);
    line_.resize(std::min(line_.find('\n') + 1, line_.size()));
    try {
        if (!line_.starts_with(first_word))
            throw std::runtime_error("no archive");
        head_ = reflect::from_json<ArchiveHead>(
            std::string_view(line_).substr(first_word.size(), line_.size() - first_word.size() - 1));
    } catch (std::exception const&) {
        ::close(std::exchange(descriptor_, -1));
        throw ArchiveError({"这不是县域归档文件。", "This is no archive of a county."});
    }
    if (head_.format > known_format) {
        ::close(std::exchange(descriptor_, -1));
        throw ArchiveError({"归档由更新版本的程序制作，请先升级程序。",
            "The archive was made by a newer version of this program; upgrade first."});
    }
    first_piece_ = static_cast<std::int64_t>(line_.size());
}

ArchiveReader::~ArchiveReader()
{
    if (descriptor_ >= 0)
        ::close(descriptor_);
}

void ArchiveReader::unlock(std::string_view passphrase)
{
    key_ = std::make_unique<crypto::SealingKey>(head_.suite, archive_key(head_, passphrase));
    rewind();
    try {
        next_piece();
    } catch (ArchiveError const&) {
        throw ArchiveError(
            {"口令不对，或者文件开头已损坏。", "The passphrase is another one, or the file is damaged at its beginning."});
    }
    rewind();
}

void ArchiveReader::rewind()
{
    at_in_file_ = first_piece_;
    pieces_ = 0;
    is_over_ = false;
    piece_.clear();
    at_ = 0;
}

bool ArchiveReader::next_piece()
{
    if (is_over_)
        return false;
    auto const damaged = [&] {
        return ArchiveError({fmt::format("归档从第 {} 字节起已损坏或不完整。", at_in_file_),
            fmt::format("The archive is damaged or cut off from byte {} on.", at_in_file_)});
    };
    auto const head = read_at(descriptor_, at_in_file_, 4);
    auto const length = number_of(head);
    auto const size = length & ~std::uint64_t{last_piece};
    if (head.size() != 4 || size > longest_sealed)
        throw damaged();
    auto const sealed = read_at(descriptor_, at_in_file_ + 4, size);
    is_over_ = (length & last_piece) != 0;
    std::string opened;
    if (!key_->open(sealed, place_of(line_, pieces_, is_over_), opened) || !unpack(opened, piece_))
        throw damaged();
    if (at_in_file_ += 4 + static_cast<std::int64_t>(size); is_over_ && at_in_file_ != file_size_)
        throw damaged();
    ++pieces_;
    at_ = 0;
    return true;
}

std::optional<std::string_view> ArchiveReader::line()
{
    auto const end = piece_.find('\n', at_);
    if (end != piece_.npos) {
        auto const found = std::string_view(piece_).substr(at_, end - at_);
        at_ = end + 1;
        return found;
    }
    rest_.assign(piece_, at_);
    for (;;) {
        piece_.clear();
        at_ = 0;
        if (!next_piece())
            break;
        auto const here = piece_.find('\n');
        rest_.append(piece_, 0, here);
        if (here == piece_.npos)
            continue;
        at_ = here + 1;
        return rest_;
    }
    if (!rest_.empty())
        throw ArchiveError({"归档的最后一行不完整。", "The last line of the archive is cut off."});
    return std::nullopt;
}

std::string ArchiveReader::bytes(std::size_t count)
{
    std::string out;
    while (out.size() < count) {
        if (at_ == piece_.size() && !next_piece())
            throw ArchiveError({"归档中的文件不完整。", "A file in the archive is cut off."});
        auto const part = std::min(count - out.size(), piece_.size() - at_);
        out.append(piece_, at_, part);
        at_ += part;
    }
    return out;
}

} // namespace concentric
