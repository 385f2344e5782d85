#include "modules/growth/sealed_book.hpp"

#include "core/archive_file.hpp"
#include "core/keyring.hpp"
#include "core/passphrase.hpp"
#include "modules/directory/posts.hpp"

namespace concentric::growth {
namespace {

constexpr std::string_view kind_of_file = "concentric-growth-book";

// The file. The seal's context is the kind, so that nothing else sealed with the same key could pass for a book.
struct SealedFile {
    std::string kind{kind_of_file};
    std::int64_t version = 1;
    crypto::Suite suite{};
    std::string salt; // base64url
    std::int64_t memory = 0, passes = 0; // of argon2id
    std::string sealed; // base64url
};
BOOST_DESCRIBE_STRUCT(SealedFile, (), (kind, version, suite, salt, memory, passes, sealed))

// Manifest and pages are texts, so that what was signed is what is read.
struct SignedBook {
    std::string manifest, pages, public_key, signature; // the last two base64url
    crypto::Suite suite{};
};
BOOST_DESCRIBE_STRUCT(SignedBook, (), (manifest, pages, public_key, signature, suite))

std::string encoded(std::string_view bytes)
{
    std::string out;
    crypto::append_base64url(out, bytes);
    return out;
}

ApiError no_book()
{
    return invalid(
        "/file", "format", {"这不是成长册文件，或已损坏、被改动。", "This is no growth book's file, or it was changed."});
}

std::string decoded(std::string_view text)
{
    std::string out;
    if (!crypto::decode_base64url(text, out))
        throw no_book();
    return out;
}

// What is no such JSON is no book; where in it the fault lies helps nobody.
template <class T> T read(std::string_view text)
{
    try {
        return reflect::from_json<T>(text);
    } catch (ApiError const&) {
        throw no_book();
    } catch (std::runtime_error const&) {
        throw no_book();
    }
}

crypto::SealingKey key_of(SealedFile const& file, std::string_view passphrase)
{
    crypto::PasswordCost const cost{static_cast<std::size_t>(file.memory), static_cast<unsigned>(file.passes)};
    if (!crypto::is_bearable(cost) || file.memory < 0 || file.passes < 0)
        throw no_book();
    auto const salt = decoded(file.salt);
    if (salt.size() != crypto::passphrase_salt)
        throw no_book();
    return {file.suite, crypto::key_of_passphrase(passphrase, salt, cost)};
}

std::string mark_of(std::string_view public_key) { return crypto::sha256_hex(public_key).substr(0, 16); }

std::vector<BookPart> parts_of(Call& call, GrowthBook const& book)
{
    std::vector<BookPart> parts{
        {directory::county_name(call), call.now, book.stays, book.chapters, book.visits, book.certificates}};
    for (auto const& earlier : book.earlier)
        parts.push_back(earlier);
    return parts;
}

SignedBook signed_book(Call& call, GrowthBook const& book)
{
    SignedBook out;
    out.pages = to_json(parts_of(call, book));
    out.manifest = to_json(BookManifest{directory::county_name(call), book.student.name, call.now, crypto::sha256_hex(out.pages)});
    auto const signing = call.db.keys().signing_key();
    out.suite = signing.suite;
    out.public_key = encoded(signing.key.public_key());
    out.signature = encoded(signing.key.sign(out.manifest));
    return out;
}

OpenedBook verified(SignedBook const& book)
{
    auto const public_key = decoded(book.public_key);
    if (!crypto::verify_signature(book.suite, public_key, book.manifest, decoded(book.signature)))
        throw no_book();
    OpenedBook opened{read<BookManifest>(book.manifest), mark_of(public_key), {}};
    if (opened.manifest.digest != crypto::sha256_hex(book.pages))
        throw no_book();
    opened.parts = read<std::vector<BookPart>>(book.pages);
    if (opened.parts.empty())
        throw no_book();
    return opened;
}

} // namespace

BookFile sealed_book(Call& call, GrowthBook const& book)
{
    std::string salt(crypto::passphrase_salt, '\0');
    crypto::fill_randomly(salt.data(), salt.size());
    SealedFile file;
    file.suite = call.db.keys().suite();
    file.salt = encoded(salt);
    file.memory = static_cast<std::int64_t>(crypto::file_cost.memory);
    file.passes = crypto::file_cost.passes;
    auto const book_here = signed_book(call, book);
    BookFile made{{}, random_passphrase(), mark_of(decoded(book_here.public_key))};
    crypto::SealingKey const key(file.suite, crypto::key_of_passphrase(made.passphrase, salt, crypto::file_cost));
    std::string sealed;
    key.seal(to_json(book_here), kind_of_file, sealed);
    file.sealed = encoded(sealed);
    made.text = to_json(file);
    return made;
}

OpenedBook opened_book(std::string_view text, std::string_view passphrase)
{
    auto const file = read<SealedFile>(text);
    if (file.kind != kind_of_file || file.version != 1)
        throw no_book();
    std::string opened;
    if (!key_of(file, passphrase).open(decoded(file.sealed), kind_of_file, opened))
        throw invalid("/passphrase", "wrong", {"口令不对，或文件被改动。", "This is another passphrase, or the file was changed."});
    return verified(read<SignedBook>(opened));
}

} // namespace concentric::growth
