#include "modules/recognition/checks.hpp"

#include "core/verifying_keys.hpp"
#include "lib/mask.hpp"
#include "lib/pinyin.hpp"
#include "modules/accounts/attempts.hpp"
#include "modules/recognition/signed_code.hpp"

#include <fmt/format.h>

namespace concentric::recognition {
namespace {

using milliseconds::hour;
using milliseconds::minute;
using milliseconds::second;
constexpr accounts::Patience by_address{30, 10 * second, 15 * minute, hour}; // an office may check a pile of them
constexpr accounts::Patience by_number{5, 30 * second, hour, 24 * hour}; // nobody needs to try six names

struct CheckNumber {
    Text<1, 120> number;
    Text<1, 60> name;
};
BOOST_DESCRIBE_STRUCT(CheckNumber, (), (number, name))

struct CheckCode {
    Text<1, 2000> code;
};
BOOST_DESCRIBE_STRUCT(CheckCode, (), (code))

enum class Finding { valid, revoked, superseded, unknown };
BOOST_DESCRIBE_ENUM(Finding, valid, revoked, superseded, unknown)

// Of an unknown one nothing but that.
struct Checked {
    Finding finding = Finding::unknown;
    std::optional<std::string> number, title, name, issuer; // the name masked
    std::optional<Day> issued_on, ended_on;
};
BOOST_DESCRIBE_STRUCT(Checked, (), (finding, number, title, name, issuer, issued_on, ended_on))

struct Keys {
    std::vector<VerifyingKey> keys;
};
BOOST_DESCRIBE_STRUCT(Keys, (), (keys))

// Whoever asks belongs to no county, and two counties of an installation may have the same number.
std::vector<std::int64_t> counties(Call& call)
{
    return call.db.values<std::int64_t>("SELECT county AS value FROM counties WHERE county > 0 ORDER BY county");
}

std::optional<CertificateRow> numbered(Call& call, std::int64_t county, std::string_view number)
{
    return call.db.row<CertificateRow>("SELECT * FROM certificates WHERE county = $1 AND number = $2", county, number);
}

std::optional<CertificateRow> named(Call& call, std::string_view number, std::string_view name)
{
    for (auto const county : counties(call))
        if (auto row = numbered(call, county, number);
            row && !row->holder_name.empty() && lib::search_fold(row->holder_name) == lib::search_fold(name))
            return row;
    return std::nullopt;
}

Checked found(Call const& call, CertificateRow const& row, std::string_view name)
{
    Checked checked;
    checked.finding = row.state == CertificateState::valid ? Finding::valid
        : row.state == CertificateState::revoked           ? Finding::revoked
                                                           : Finding::superseded;
    checked.number = row.number;
    checked.title = call.language == Language::zh ? row.title : row.title_en;
    checked.name = lib::mask_name(name);
    checked.issuer = row.issuer;
    checked.issued_on = day_at(row.issued_at);
    if (row.state != CertificateState::valid)
        checked.ended_on = day_at(row.ended_at);
    return checked;
}

// One answer for a number that is not there and for a name that is another.
Checked check_number(Call& call, CheckNumber const& input)
{
    std::vector<accounts::Guess> const guesses{{"certificate/" + accounts::key_of_address(call.address), by_address},
        {"certificate/number/" + lib::search_fold(input.number), by_number}};
    accounts::count_guess(call, guesses);
    auto const row = named(call, input.number, input.name);
    if (!row)
        return {};
    accounts::forgive_guess(call, guesses);
    return found(call, *row, row->holder_name);
}

// The signature proves that whoever asks has the paper before them.
Checked check_code(Call& call, CheckCode const& input)
{
    auto const stated = read_code(call, input.code);
    auto const row = stated ? numbered(call, stated->county, stated->number) : std::nullopt;
    return row ? found(call, *row, stated->name) : Checked{};
}

Keys list_keys(Call& call, Nothing const&) { return {verifying_keys(call.db)}; }

} // namespace

Routes check_routes()
{
    return {
        route(Verb::post, "/api/certificate-checks", Permission::anyone, "certificate_check",
            "Whether a certificate of this number and name is valid", check_number)
            .slowly()
            .unlisted(),
        route(Verb::post, "/api/certificate-code-checks", Permission::anyone, "certificate_code_check",
            "Whether the certificate with this QR code is valid", check_code)
            .writing(false),
        route(Verb::get, "/api/public-keys", Permission::anyone, "public_key_list", "The keys that this installation signs with",
            list_keys),
    };
}

} // namespace concentric::recognition
