#pragma once

#include "core/crypto_suite.hpp"
#include "core/error.hpp"
#include "core/fields.hpp"

#include <filesystem>
#include <memory>
#include <optional>

// The sealed file that holds a county's archive: nobody reads it, or changes one bit unnoticed, who does not have its passphrase.
//
// One line in clear says what it is and how the key follows from the passphrase. After it come pieces of up to a mebibyte, each
// packed (zlib) and sealed for its place, so that none can be left out, put elsewhere or cut off at the end.
namespace concentric {

struct ArchiveHead {
    std::int64_t format = 1;
    std::int64_t county = 0;
    Instant made_at;
    std::int64_t schema = 0; // the last migration of the database that it was made from
    crypto::Suite suite{};
    std::string salt; // base64url
    std::int64_t rounds = 0; // of PBKDF2
};
BOOST_DESCRIBE_STRUCT(ArchiveHead, (), (format, county, made_at, schema, suite, salt, rounds))

// Why a file cannot be read, for the person who holds it.
struct ArchiveError : std::runtime_error {
    explicit ArchiveError(Words said) : std::runtime_error(said.zh + " / " + said.en), words(std::move(said)) { }
    Words words;
};

// A passphrase that nobody guesses: 130 random bits in five groups of letters and digits that cannot be mistaken for each other.
std::string random_passphrase();
// Blanks, dashes and the case of letters do not count in one that random_passphrase gave.
crypto::Key archive_key(ArchiveHead const& head, std::string_view passphrase);
// A head with a salt of its own.
ArchiveHead new_archive_head(std::int64_t county, crypto::Suite suite, std::int64_t schema, Instant now);

// Writes beside the file and puts it in its place when it is whole; what was given up is taken away.
class ArchiveWriter {
public:
    // Throws std::system_error where it cannot be written.
    ArchiveWriter(std::filesystem::path file, ArchiveHead const& head, crypto::Key const& key);
    ~ArchiveWriter();
    ArchiveWriter(ArchiveWriter const&) = delete;
    ArchiveWriter& operator=(ArchiveWriter const&) = delete;

    void write(std::string_view bytes);
    // Gives the size of the file.
    std::int64_t finish();

private:
    void seal_piece(std::string_view bytes, bool is_last);
    void put(std::string_view bytes);

    std::filesystem::path file_, unfinished_;
    std::string line_;
    crypto::Suite suite_;
    std::unique_ptr<crypto::SealingKey> key_;
    int descriptor_ = -1;
    std::int64_t pieces_ = 0, size_ = 0;
    std::string buffer_;
};

class ArchiveReader {
public:
    // Throws ArchiveError for what is no archive, or one of a later format.
    explicit ArchiveReader(std::filesystem::path const& file);
    ~ArchiveReader();
    ArchiveReader(ArchiveReader const&) = delete;
    ArchiveReader& operator=(ArchiveReader const&) = delete;

    ArchiveHead const& head() const { return head_; }
    std::int64_t file_size() const { return file_size_; }
    // Before reading. Throws ArchiveError for another passphrase.
    void unlock(std::string_view passphrase);
    // To the first piece again.
    void rewind();

    // The next line without its end; nothing at the archive's end. Valid until the next call. Throws ArchiveError where a piece is
    // damaged.
    std::optional<std::string_view> line();
    // So many bytes.
    std::string bytes(std::size_t count);
    std::int64_t read_bytes() const { return at_in_file_; } // of the file

private:
    bool next_piece();

    std::string path_;
    int descriptor_ = -1;
    std::string line_;
    ArchiveHead head_;
    std::unique_ptr<crypto::SealingKey> key_;
    std::int64_t file_size_ = 0, first_piece_ = 0, at_in_file_ = 0, pieces_ = 0;
    bool is_over_ = false;
    std::string piece_;
    std::size_t at_ = 0;
    std::string rest_;
};

} // namespace concentric
