#pragma once

#include "core/crypto_suite.hpp"
#include "core/db.hpp"

#include <atomic>
#include <filesystem>
#include <mutex>

// The keys of an installation: a master key in a file outside the database, and under it the data keys that seal numbers and files.
// Whoever steals the database or a copy of it has nothing to read; whoever loses the master key has lost the numbers too.
namespace concentric {

enum class KeyPurpose { values, index, files, signing };
BOOST_DESCRIBE_ENUM(KeyPurpose, values, index, files, signing)

// A data key as the table holds it. County 0 is the installation: its files, its signature, and what is looked up before a county
// is known.
struct DataKeyRow {
    std::int64_t county = 0;
    KeyPurpose purpose = KeyPurpose::values;
    std::int64_t version = 0;
    crypto::Suite suite{};
    std::string wrapped, master; // sealed with the master key; which master key that is
    Instant created_at;
    std::optional<Instant> retired_at; // since when nothing but the audit log needs it
    std::optional<std::string> public_key; // of a signing key, base64url
};
BOOST_DESCRIBE_STRUCT(DataKeyRow, (), (county, purpose, version, suite, wrapped, master, created_at, retired_at, public_key))

// A data key outside its database, for an archive that carries a county to another installation.
struct KeyCopy {
    std::int64_t county = 0;
    KeyPurpose purpose = KeyPurpose::values;
    std::int64_t version = 0;
    crypto::Suite suite{};
    std::string secret; // base64url; of a signing key the public half alone
    Instant created_at;
    std::optional<Instant> retired_at;
};
BOOST_DESCRIBE_STRUCT(KeyCopy, (), (county, purpose, version, suite, secret, created_at, retired_at))

// Any number of threads may use it.
class Keyring {
public:
    // `suite` is for keys made from now on. Nothing is read before prepare().
    Keyring(db::Address where, std::filesystem::path folder, crypto::Suite suite);
    ~Keyring();

    // Reads the master key and the data keys, and makes those that are missing for the county and the installation: in an empty
    // database the master key too, which is said loudly. Throws std::runtime_error where the database has keys and the file with
    // the master key is gone or another one. Outside any transaction.
    void prepare(db::Connection& db, std::int64_t county);

    // The text as it is to stand in the database; "" stays "". Throws std::logic_error for a county that was never prepared.
    std::string seal(std::int64_t county, std::string_view text, reflect::Sealing how);
    void seal(std::int64_t county, std::string_view text, reflect::Sealing how, std::string& out);
    // The text as it was. Throws std::runtime_error when it was changed, or sealed with a key that is not here.
    std::string open(std::string_view sealed, reflect::Sealing how);
    // What stands before a number that is sealed with an index, or the part that is asked for.
    std::string index(std::int64_t county, db::Index const& asked);

    // Of bytes, under a key: 64 hexadecimal digits that tell nothing to whoever guesses at the bytes.
    std::string fingerprint(std::string_view bytes);
    std::string seal_file(std::string_view bytes);
    std::string open_file(std::string_view sealed);
    // Whether the file is sealed with the newest key.
    bool is_newest_file(std::string_view sealed);

    // Adds a key; new texts, files and signatures take it at once, also in servers that run. Gives its version.
    std::int64_t add_key(db::Connection& db, std::int64_t county, KeyPurpose purpose, crypto::Suite suite);
    // The eight characters that begin, after any index, every text sealed with the newest key of the county.
    std::string newest_mark(std::int64_t county);
    static constexpr std::size_t index_length = 28, mark_length = 8;

    // The installation's newest key to sign with. Throws std::logic_error when there is none.
    struct Signing {
        crypto::SigningKey key;
        std::int64_t version = 0;
        crypto::Suite suite{};
    };
    Signing signing_key();
    // The public half of the signing key of a version. Throws std::logic_error when there is none.
    std::string verifying_key(std::int64_t version);

    // What another installation needs to open all that the county has sealed, and to verify its seals; never this one's signature
    // itself.
    std::vector<KeyCopy> copies(db::Connection& db, std::int64_t county);
    // Takes such keys in, in the caller's transaction, in place of those that the county and the installation's signature have:
    // only for a county that has sealed nothing here yet. A signing key of this installation's own is added after the foreign ones.
    void take_over(db::Connection& db, std::int64_t county, std::vector<KeyCopy> const& copies);

    // Puts a new master key in place of the old one, whose file is kept beside it, and wraps all data keys anew.
    void change_master(db::Connection& db);
    std::filesystem::path master_file() const { return folder_ / "master.key"; }
    crypto::Suite suite() const { return suite_; }

private:
    struct DataKey;
    struct Known;
    enum class Wanted { if_it_is_time, now };

    void read(Wanted wanted);
    void take(std::vector<DataKeyRow> const& rows);
    void read_master(bool may_make);
    void make_master(std::filesystem::path const& file);
    DataKeyRow wrap(
        std::int64_t county, KeyPurpose purpose, std::int64_t version, crypto::Suite suite, std::string_view secret) const;
    std::string unwrap(DataKeyRow const& row) const;
    void keep(std::vector<std::pair<DataKeyRow, std::string>> const& keys);
    void add_missing(db::Connection& db, std::int64_t county);
    DataKey const& newest(std::int64_t county, KeyPurpose purpose);
    DataKey const& numbered(std::int64_t county, KeyPurpose purpose, std::int64_t version);

    db::Address where_;
    std::filesystem::path folder_;
    crypto::Suite suite_;
    std::optional<crypto::Key> master_;
    std::mutex mutex_;
    std::unique_ptr<db::Connection> reader_;
    std::vector<std::unique_ptr<Known const>> kept_; // threads may still look at an older one
    std::atomic<Known const*> known_{nullptr};
    std::atomic<std::int64_t> read_at_{0};
};

} // namespace concentric
