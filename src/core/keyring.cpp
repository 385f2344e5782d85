#include "core/keyring_internal.hpp"

#include <fmt/format.h>
#include <sodium.h>
#include <spdlog/spdlog.h>

#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <unistd.h>

namespace concentric {

using crypto::Suite;

namespace {

constexpr std::string_view master_word = "concentric-master-key";
constexpr std::int64_t milliseconds_between_reads = 1000;
constexpr std::int64_t adding_key = 0x6B657973; // "keys": one server at a time adds to them

std::int64_t steady_milliseconds()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

std::string_view view(crypto::Key const& key) { return {reinterpret_cast<char const*>(key.data()), key.size()}; }

std::string name_of_master(crypto::Key const& key)
{
    return crypto::to_hex(crypto::view(crypto::digest(Suite::international, "concentric master " + std::string(view(key)))))
        .substr(0, 16);
}

std::string wrapping_context(std::int64_t county, KeyPurpose purpose, std::int64_t version)
{
    return fmt::format("{} {} {}", county, name_of(purpose), version);
}

[[noreturn]] void fail(Words const& words) { throw std::runtime_error(words.zh + " / " + words.en); }

} // namespace

Keyring::Keyring(db::Address where, std::filesystem::path folder, Suite suite)
    : where_(std::move(where)), folder_(std::move(folder)), suite_(suite)
{
    where_.keys = nullptr; // its own connection reads wrapped keys only
}

Keyring::~Keyring()
{
    if (master_)
        sodium_memzero(master_->data(), master_->size());
}

// ---- The master key. ----

void Keyring::read_master(bool may_make)
{
    auto const file = master_file();
    if (!std::filesystem::exists(file)) {
        if (!may_make)
            fail(
                {fmt::format("数据库中有加密的数据，但主密钥文件 {} 不存在。请从备份中恢复这个文件；没有它，任何人都无法读出号码。",
                     file.string()),
                    fmt::format("the database holds sealed data, but the master key's file {} is not there. Put it back from your "
                                "back-up; nobody can read "
                                "the numbers without it",
                        file.string())});
        make_master(file);
    }
    std::ifstream in(file);
    std::string word, number, text, bytes;
    in >> word >> number >> text;
    if (word != master_word || number != "1" || !crypto::decode_base64url(text, bytes) || bytes.size() != sizeof(crypto::Key))
        fail({fmt::format("{} 不是主密钥文件。", file.string()), fmt::format("{} is no file of a master key", file.string())});
    master_ = key_of(bytes);
}

void Keyring::make_master(std::filesystem::path const& file)
{
    std::filesystem::create_directories(folder_);
    std::filesystem::permissions(folder_, std::filesystem::perms::owner_all);
    auto const key = crypto::random_key();
    std::string text = std::string(master_word) + " 1 ";
    crypto::append_base64url(text, view(key));
    text += '\n';
    int const descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool const written = descriptor >= 0 && ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size())
        && ::fsync(descriptor) == 0;
    if (descriptor >= 0)
        ::close(descriptor);
    if (!written)
        throw std::system_error(errno, std::generic_category(), "write " + file.string());
    spdlog::warn("已生成主密钥 {}：请立即把它备份到数据库以外的安全地方；丢失后，手机号和证件号将永远无法读出。 / the master key "
                 "was made: back {} up now, "
                 "apart from the database; without it phone and identity numbers can never be read again",
        file.string(), file.string());
}

DataKeyRow Keyring::wrap(std::int64_t county, KeyPurpose purpose, std::int64_t version, Suite suite, std::string_view secret) const
{
    std::string sealed;
    crypto::SealingKey(suite, *master_).seal(secret, wrapping_context(county, purpose, version), sealed);
    DataKeyRow row{county, purpose, version, suite, {}, name_of_master(*master_), Clock().now(), {}, {}};
    crypto::append_base64url(row.wrapped, sealed);
    if (purpose == KeyPurpose::signing)
        crypto::append_base64url(row.public_key.emplace(),
            secret.starts_with(foreign_signing) ? std::string(secret.substr(foreign_signing.size()))
                                                : crypto::SigningKey(suite, secret).public_key());
    return row;
}

std::string Keyring::unwrap(DataKeyRow const& row) const
{
    std::string sealed, secret;
    if (row.master == name_of_master(*master_) && crypto::decode_base64url(row.wrapped, sealed)
        && crypto::SealingKey(row.suite, *master_).open(sealed, wrapping_context(row.county, row.purpose, row.version), secret))
        return secret;
    fail({fmt::format("主密钥文件 {} 与数据库不符：数据库需要的主密钥编号是 {}。请恢复原来的密钥文件。", master_file().string(),
              row.master),
        fmt::format("the master key's file {} is not that of this database, which needs the master key {}. Put the right file back",
            master_file().string(), row.master)});
}

void Keyring::change_master(db::Connection& db)
{
    db::Transaction transaction(db);
    db.hold({adding_key});
    auto rows = db.rows<DataKeyRow>("SELECT * FROM data_keys WHERE county >= 0");
    std::vector<std::string> secrets;
    for (auto const& row : rows)
        secrets.push_back(unwrap(row));
    auto const old = folder_ / fmt::format("master-{}.key", name_of_master(*master_));
    std::filesystem::rename(master_file(), old);
    try {
        read_master(true);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            auto const fresh = wrap(rows[i].county, rows[i].purpose, rows[i].version, rows[i].suite, secrets[i]);
            db.execute("UPDATE data_keys SET wrapped = $4, master = $5 WHERE county = $1 AND purpose = $2 AND version = $3",
                fresh.county, fresh.purpose, fresh.version, fresh.wrapped, fresh.master);
        }
        transaction.commit();
    } catch (...) {
        std::filesystem::rename(old, master_file());
        throw;
    }
    std::lock_guard const lock(mutex_);
    read(Wanted::now);
}

// ---- Data keys. ----

void Keyring::prepare(db::Connection& db, std::int64_t county)
{
    std::lock_guard const lock(mutex_);
    if (!master_)
        read_master(!db.value<std::int64_t>("SELECT version AS value FROM data_keys LIMIT 1"));
    add_missing(db, 0);
    add_missing(db, county);
    read(Wanted::now);
}

void Keyring::add_missing(db::Connection& db, std::int64_t county)
{
    static constexpr KeyPurpose of_county[]{KeyPurpose::values, KeyPurpose::index};
    static constexpr KeyPurpose of_installation[]{KeyPurpose::values, KeyPurpose::index, KeyPurpose::files, KeyPurpose::signing};
    auto const wanted = county == 0 ? std::span<KeyPurpose const>(of_installation) : std::span<KeyPurpose const>(of_county);
    std::string_view const count = "SELECT count(*) AS value FROM data_keys WHERE county = $1 AND version = 1";
    if (db.value<std::int64_t>(count, county) == static_cast<std::int64_t>(wanted.size()))
        return;
    db::Transaction transaction(db);
    db.hold({adding_key});
    for (auto const purpose : wanted)
        if (!db.value<std::int64_t>(
                "SELECT version AS value FROM data_keys WHERE county = $1 AND purpose = $2 LIMIT 1", county, purpose))
            db.insert("data_keys",
                wrap(county, purpose, 1, suite_,
                    purpose == KeyPurpose::signing ? crypto::SigningKey::make(suite_).secret()
                                                   : std::string(view(crypto::random_key()))));
    transaction.commit();
}

std::int64_t Keyring::add_key(db::Connection& db, std::int64_t county, KeyPurpose purpose, Suite suite)
{
    db::Transaction transaction(db);
    db.hold({adding_key});
    auto const version
        = db.value<std::int64_t>(
                "SELECT COALESCE(MAX(version), 0) + 1 AS value FROM data_keys WHERE county = $1 AND purpose = $2", county, purpose)
              .value_or(1);
    auto const secret
        = purpose == KeyPurpose::signing ? crypto::SigningKey::make(suite).secret() : std::string(view(crypto::random_key()));
    db.insert("data_keys", wrap(county, purpose, version, suite, secret));
    transaction.commit();
    std::lock_guard const lock(mutex_);
    read(Wanted::now);
    return version;
}

// ---- Keys on their way from one installation to another. ----

std::vector<KeyCopy> Keyring::copies(db::Connection& db, std::int64_t county)
{
    std::vector<KeyCopy> all;
    for (auto const& row : db.rows<DataKeyRow>("SELECT * FROM data_keys WHERE (county = $1 AND purpose IN ('values', 'index')) OR "
                                               "(county = 0 AND purpose = 'signing') "
                                               "ORDER BY county, purpose, version",
             county)) {
        KeyCopy copy{row.county, row.purpose, row.version, row.suite, {}, row.created_at, row.retired_at};
        crypto::append_base64url(
            copy.secret, row.purpose == KeyPurpose::signing ? numbered(0, row.purpose, row.version).verifying : unwrap(row));
        all.push_back(std::move(copy));
    }
    return all;
}

void Keyring::take_over(db::Connection& db, std::int64_t county, std::vector<KeyCopy> const& copies)
{
    db.hold({adding_key});
    db.execute("DELETE FROM data_keys WHERE county = $1 OR (county = 0 AND purpose = 'signing')", county);
    std::vector<std::pair<DataKeyRow, std::string>> keys;
    std::int64_t last_signing = 0;
    for (auto const& copy : copies) {
        std::string secret;
        if (!crypto::decode_base64url(copy.secret, secret))
            throw std::runtime_error("a key of the archive is damaged");
        if (copy.purpose == KeyPurpose::signing) {
            secret.insert(0, foreign_signing);
            last_signing = std::max(last_signing, copy.version);
        }
        auto row = wrap(copy.county, copy.purpose, copy.version, copy.suite, secret);
        row.created_at = copy.created_at;
        row.retired_at = copy.retired_at;
        keys.emplace_back(std::move(row), std::move(secret));
    }
    auto const own = crypto::SigningKey::make(suite_).secret();
    keys.emplace_back(wrap(0, KeyPurpose::signing, last_signing + 1, suite_, own), own);
    for (auto const& [row, secret] : keys)
        db.insert("data_keys", row);
    keep(keys);
}

// In memory at once: what the caller's transaction seals and opens needs them before anybody else can read them.
void Keyring::keep(std::vector<std::pair<DataKeyRow, std::string>> const& keys)
{
    std::lock_guard const lock(mutex_);
    auto const* const before = known_.load();
    auto after = std::make_unique<Known>(before ? *before : Known{});
    for (auto const& [row, secret] : keys) {
        auto const key = std::make_shared<DataKey const>(row, secret);
        after->keys[{row.county, row.purpose, row.version}] = key;
        auto& newest = after->keys[{row.county, row.purpose, Known::newest}];
        if (!newest || newest->version <= row.version)
            newest = key;
    }
    known_ = kept_.emplace_back(std::move(after)).get();
}

// Another server or a command may have added a key. The caller holds the mutex.
void Keyring::read(Wanted wanted)
{
    read_at_ = steady_milliseconds();
    try {
        if (!reader_ || reader_->is_lost())
            reader_ = db::open(where_, db::Access::read_only);
        take(reader_->rows<DataKeyRow>("SELECT * FROM data_keys ORDER BY county, purpose, version"));
    } catch (db::Error const& error) {
        reader_ = nullptr;
        if (wanted == Wanted::now)
            throw;
        spdlog::warn("keys: {}", error.what());
    }
}

void Keyring::take(std::vector<DataKeyRow> const& rows)
{
    auto const* const before = known_.load();
    bool const is_new = !before || std::any_of(rows.begin(), rows.end(), [&](auto const& row) {
        return !before->find(row.county, row.purpose, row.version);
    });
    if (!is_new)
        return;
    if (std::any_of(rows.begin(), rows.end(), [&](auto const& row) { return row.master != name_of_master(*master_); }))
        read_master(false); // somebody changed it meanwhile
    auto after = std::make_unique<Known>(before ? *before : Known{});
    for (auto const& row : rows) {
        auto& key = after->keys[{row.county, row.purpose, row.version}];
        if (!key)
            key = std::make_shared<DataKey const>(row, unwrap(row));
        after->keys[{row.county, row.purpose, Known::newest}] = key; // the rows are in the order of their versions
    }
    known_ = kept_.emplace_back(std::move(after)).get();
}

Keyring::DataKey const& Keyring::newest(std::int64_t county, KeyPurpose purpose)
{
    if (steady_milliseconds() - read_at_ >= milliseconds_between_reads)
        if (std::unique_lock const lock(mutex_, std::try_to_lock); lock)
            read(Wanted::if_it_is_time);
    return numbered(county, purpose, Known::newest);
}

Keyring::DataKey const& Keyring::numbered(std::int64_t county, KeyPurpose purpose, std::int64_t version)
{
    auto const* known = known_.load();
    if (auto const* key = known ? known->find(county, purpose, version) : nullptr)
        return *key;
    if (std::lock_guard const lock(mutex_); master_)
        read(Wanted::now);
    known = known_.load();
    if (auto const* key = known ? known->find(county, purpose, version) : nullptr)
        return *key;
    throw std::logic_error(fmt::format("no key: county {}, {}, version {}", county, name_of(purpose), version));
}

} // namespace concentric
