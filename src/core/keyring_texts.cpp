#include "core/keyring_internal.hpp"

#include <fmt/format.h>

#include <cstring>

namespace concentric {
namespace {

constexpr std::string_view file_mark = "CNF1";
constexpr char format = 1;
constexpr std::size_t ending_length = 6;

// Which key sealed a text: format, county (six digits fit into 20 bits), version; eight characters.
std::string mark_of(std::int64_t county, std::int64_t version)
{
    std::string out;
    crypto::append_base64url(
        out, format + bytes_of(static_cast<std::uint64_t>(county), 3) + bytes_of(static_cast<std::uint64_t>(version), 2));
    return out;
}

// Numbers are compared without regard to the case of their last character.
std::string_view upper_case(std::string_view number, std::array<char, 64>& buffer)
{
    auto const lower = [](char c) { return c >= 'a' && c <= 'z'; };
    if (number.size() > buffer.size() || std::none_of(number.begin(), number.end(), lower))
        return number;
    std::transform(number.begin(), number.end(), buffer.begin(), [&](char c) { return lower(c) ? static_cast<char>(c - 32) : c; });
    return {buffer.data(), number.size()};
}

std::uint64_t next_serial()
{
    static std::atomic<std::uint64_t> last{0};
    return ++last;
}

} // namespace

std::string bytes_of(std::uint64_t number, int count)
{
    std::string out;
    for (int i = count - 1; i >= 0; --i)
        out += static_cast<char>(number >> 8 * i & 0xFF);
    return out;
}

crypto::Key key_of(std::string_view bytes)
{
    crypto::Key key{};
    std::memcpy(key.data(), bytes.data(), std::min(bytes.size(), key.size()));
    return key;
}

std::uint64_t number_of(std::string_view bytes)
{
    std::uint64_t number = 0;
    for (char const c : bytes)
        number = number << 8 | static_cast<unsigned char>(c);
    return number;
}

Keyring::DataKey::DataKey(DataKeyRow const& row, std::string_view secret)
    : county(row.county), version(row.version), suite(row.suite), mark(mark_of(row.county, row.version)),
      sealing(row.suite, key_of(secret)), mac(row.suite, key_of(secret)), serial(next_serial())
{
    if (row.purpose != KeyPurpose::signing)
        return;
    if (secret.starts_with(foreign_signing)) {
        verifying = secret.substr(foreign_signing.size());
    } else {
        signing.emplace(row.suite, secret);
        verifying = signing->public_key();
    }
}

// Of the last four characters: there are ten thousand, so each thread keeps what it has worked out.
void Keyring::DataKey::append_ending(std::string_view number, std::string& out) const
{
    auto const last = number.substr(number.size() - std::min<std::size_t>(number.size(), 4));
    auto const key = serial << 32 | number_of(last);
    thread_local std::unordered_map<std::uint64_t, std::array<char, ending_length>> known;
    auto found = known.find(key);
    if (found == known.end()) {
        if (known.size() >= 20'000)
            known.clear();
        std::string text;
        crypto::append_base64url(text, crypto::view(mac.of("ending ", last)).substr(0, 6));
        found = known.emplace(key, std::array<char, ending_length>{}).first;
        std::copy_n(text.begin(), ending_length, found->second.begin());
    }
    out.append(found->second.data(), ending_length);
}

void Keyring::DataKey::append_index(std::string_view number, std::string& out) const
{
    std::array<char, 64> buffer;
    auto const folded = upper_case(number, buffer);
    append_ending(folded, out);
    crypto::append_base64url(out, crypto::view(mac.of("whole ", folded)).substr(0, 16));
}

std::string Keyring::seal(std::int64_t county, std::string_view text, reflect::Sealing how)
{
    std::string out;
    seal(county, text, how, out);
    return out;
}

void Keyring::seal(std::int64_t county, std::string_view text, reflect::Sealing how, std::string& out)
{
    out.clear();
    if (text.empty())
        return;
    if (how == reflect::Sealing::indexed || how == reflect::Sealing::indexed_everywhere)
        newest(how == reflect::Sealing::indexed ? county : 0, KeyPurpose::index).append_index(text, out);
    auto const& key = newest(county, KeyPurpose::values);
    thread_local std::string sealed;
    sealed.clear();
    key.sealing.seal(text, key.mark, sealed);
    out += key.mark;
    crypto::append_base64url(out, sealed);
}

std::string Keyring::open(std::string_view text, reflect::Sealing how)
{
    std::string out;
    if (text.empty())
        return out;
    bool const is_indexed = how != reflect::Sealing::sealed;
    text.remove_prefix(std::min(text.size(), is_indexed ? index_length : 0));
    thread_local std::string mark, sealed;
    if (!crypto::decode_base64url(text.substr(0, mark_length), mark) || mark.size() != 6 || mark[0] != format)
        throw std::runtime_error("a text that should be sealed is not");
    auto const& key = numbered(static_cast<std::int64_t>(number_of(std::string_view(mark).substr(1, 3))), KeyPurpose::values,
        static_cast<std::int64_t>(number_of(std::string_view(mark).substr(4, 2))));
    if (!crypto::decode_base64url(text.substr(mark_length), sealed) || !key.sealing.open(sealed, key.mark, out))
        throw std::runtime_error("a sealed text was changed");
    return out;
}

std::string Keyring::index(std::int64_t county, db::Index const& asked)
{
    auto const& key = newest(asked.how == reflect::Sealing::indexed ? county : 0, KeyPurpose::index);
    std::string out;
    key.append_index(asked.number, out);
    if (asked.part != db::Index::Part::whole)
        out.resize(ending_length);
    if (asked.part == db::Index::Part::after_ending)
        out += '~'; // comes after every character of base64url
    return out;
}

std::string Keyring::newest_mark(std::int64_t county) { return newest(county, KeyPurpose::values).mark; }

std::string Keyring::fingerprint(std::string_view bytes)
{
    return crypto::to_hex(crypto::view(numbered(0, KeyPurpose::index, 1).mac.of("fingerprint ", bytes)));
}

std::string Keyring::seal_file(std::string_view bytes)
{
    auto const& key = newest(0, KeyPurpose::files);
    auto const head = std::string(file_mark) + bytes_of(static_cast<std::uint64_t>(key.version), 4);
    auto out = head;
    key.sealing.seal(bytes, head, out);
    return out;
}

std::string Keyring::open_file(std::string_view sealed)
{
    auto const head = sealed.substr(0, file_mark.size() + 4);
    std::string out;
    if (!head.starts_with(file_mark) || head.size() != file_mark.size() + 4
        || !numbered(0, KeyPurpose::files, static_cast<std::int64_t>(number_of(head.substr(file_mark.size()))))
                .sealing.open(sealed.substr(head.size()), head, out))
        throw std::runtime_error("a sealed file was changed");
    return out;
}

bool Keyring::is_newest_file(std::string_view sealed)
{
    return sealed.starts_with(
        std::string(file_mark) + bytes_of(static_cast<std::uint64_t>(newest(0, KeyPurpose::files).version), 4));
}

Keyring::Signing Keyring::signing_key()
{
    auto const& key = newest(0, KeyPurpose::signing);
    if (!key.signing)
        throw std::logic_error("the newest signing key is another installation's");
    return {*key.signing, key.version, key.suite};
}

std::string Keyring::verifying_key(std::int64_t version) { return numbered(0, KeyPurpose::signing, version).verifying; }

} // namespace concentric
