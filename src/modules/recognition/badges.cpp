#include "modules/recognition/badges.hpp"

#include "core/verifying_keys.hpp"
#include "modules/recognition/statements.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>
#include <zlib.h>

#include <charconv>

namespace concentric::recognition {
namespace {

namespace json = boost::json;

constexpr std::int64_t bits_of_a_list = 131'072; // the least that the standard allows, so that no bit points to one holder
constexpr char const* data_model = "https://www.w3.org/ns/credentials/v2";
constexpr char const* open_badges = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
constexpr char const* schema = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json";

// Whoever follows an address in a badge belongs to no county, so each address names it.
using CountyCode = Within<1, 999'999>;
struct OneIssuer {
    CountyCode county;
    Text<1, 60> plan;
};
BOOST_DESCRIBE_STRUCT(OneIssuer, (), (county, plan))
struct OneAchievement {
    CountyCode county;
    Text<1, 60> plan, credential;
};
BOOST_DESCRIBE_STRUCT(OneAchievement, (), (county, plan, credential))
struct OneList {
    CountyCode county;
    Within<0, 1'000'000> list;
};
BOOST_DESCRIBE_STRUCT(OneList, (), (county, list))
struct OneKey {
    Within<1, 1'000'000> version;
};
BOOST_DESCRIBE_STRUCT(OneKey, (), (version))

std::string const& address_or_409()
{
    if (site_address().empty())
        throw conflict({"系统还没有设置对外网址（public_url），不能生成数字徽章。",
            "The installation's public address (public_url) is not set, so there are no badges."});
    return site_address();
}

// "https://…/api/badges/360100/…"
std::string address_of(std::int64_t county, std::string_view what)
{
    return fmt::format("{}/api/badges/{:06}/{}", address_or_409(), county, what);
}

std::string issuer_id(std::int64_t county, std::string_view plan) { return address_of(county, fmt::format("issuers/{}", plan)); }

json::object issuer_of(std::int64_t county, std::string_view plan, std::string_view name)
{
    return {{"id", issuer_id(county, plan)}, {"type", json::array{"Profile"}}, {"name", name}, {"url", address_or_409()}};
}

json::object achievement_of(std::int64_t county, std::string_view plan, std::string_view credential, std::string_view title,
    std::vector<std::string> const& needs)
{
    return {{"id", address_of(county, fmt::format("achievements/{}/{}", plan, credential))}, {"type", json::array{"Achievement"}},
        {"achievementType", "Certificate"}, {"name", title}, {"description", title},
        {"criteria", json::object{{"narrative", fmt::format("{}", fmt::join(needs, "；"))}}}};
}

std::string encoded(std::string_view bytes)
{
    std::string text;
    crypto::append_base64url(text, bytes);
    return text;
}

// A JWT whose payload is the credential itself.
std::string signed_jwt(Call& call, json::object const& payload)
{
    auto const signing = call.db.keys().signing_key();
    if (signing.suite != crypto::Suite::international)
        throw conflict({"本系统使用 SM2 签名，开放徽章标准没有对应的算法；请使用证书上的二维码。",
            "This installation signs with SM2, which Open Badges has no name for; use the certificate's QR code."});
    json::object const head{
        {"alg", "EdDSA"}, {"typ", "JWT"}, {"kid", fmt::format("{}/api/badge-keys/{}", address_or_409(), signing.version)}};
    auto const text = encoded(json::serialize(head)) + "." + encoded(json::serialize(payload));
    return text + "." + encoded(signing.key.sign(text));
}

// A name for the holder that means nothing elsewhere and is the same on all of their badges.
std::string pseudonym_of(Call& call, CertificateRow const& row)
{
    auto const digits = call.db.keys().fingerprint(fmt::format("badge holder/{}/{}", row.county, row.holder));
    return fmt::format("urn:uuid:{}-{}-8{}-8{}-{}", digits.substr(0, 8), digits.substr(8, 4), digits.substr(12, 3),
        digits.substr(15, 3), digits.substr(18, 12));
}

std::string list_address(std::int64_t county, std::int64_t list)
{
    return address_of(county, fmt::format("status-lists/{}", list));
}

json::object status_of(std::int64_t county, std::int64_t index)
{
    auto const list = index / bits_of_a_list, bit = index % bits_of_a_list;
    return {{"id", fmt::format("{}#{}", list_address(county, list), bit)}, {"type", "BitstringStatusListEntry"},
        {"statusPurpose", "revocation"}, {"statusListIndex", std::to_string(bit)},
        {"statusListCredential", list_address(county, list)}};
}

json::object credential_of(Call& call, CertificateRow const& row)
{
    auto const needs = reflect::from_json<std::vector<std::string>>(row.achieved);
    json::object const subject{{"id", pseudonym_of(call, row)}, {"type", json::array{"AchievementSubject"}},
        {"identifier",
            json::array{json::object{
                {"type", "IdentityObject"}, {"hashed", false}, {"identityHash", row.holder_name}, {"identityType", "name"}}}},
        {"licenseNumber", row.number}, {"narrative", row.statement},
        {"achievement", achievement_of(row.county, row.plan, row.credential, row.title, needs)}};
    return {{"@context", json::array{data_model, open_badges}},
        {"id", fmt::format("{}/check?number={}", address_or_409(), row.number)},
        {"type", json::array{"VerifiableCredential", "OpenBadgeCredential"}}, {"name", row.title},
        {"issuer", issuer_of(row.county, row.plan, row.issuer)}, {"validFrom", text_of(row.issued_at)},
        {"credentialSubject", subject}, {"credentialStatus", status_of(row.county, row.status_index)},
        {"credentialSchema", json::array{json::object{{"id", schema}, {"type", "1EdTechJsonSchemaValidator2019"}}}}};
}

// Registered claims repeat what the credential says, as section 8.2 asks.
void add_claims(json::object& credential, Instant from)
{
    credential["iss"] = credential.at("issuer").is_object() ? credential.at("issuer").at("id") : credential.at("issuer");
    credential["jti"] = credential.at("id");
    credential["sub"] = credential.at("credentialSubject").at("id");
    credential["nbf"] = from.milliseconds / 1000;
}

std::string gzipped(std::string const& bytes)
{
    z_stream stream{};
    constexpr int gzip_format = 15 + 16;
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, gzip_format, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::runtime_error("a status list cannot be compressed");
    std::string out(deflateBound(&stream, bytes.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

// One bit a certificate, the first bit leftmost; set for what was revoked or replaced.
std::string bits_of(Call& call, std::int64_t county, std::int64_t list)
{
    std::string bits(bits_of_a_list / 8, '\0');
    for (auto const index :
        call.db.values<std::int64_t>("SELECT status_index AS value FROM certificates WHERE county = $1 AND status_index >= $2 "
                                     "AND status_index < $3 AND state <> 'valid'",
            county, list * bits_of_a_list, (list + 1) * bits_of_a_list)) {
        auto const bit = index % bits_of_a_list;
        bits[static_cast<std::size_t>(bit / 8)] |= static_cast<char>(0x80 >> (bit % 8));
    }
    return bits;
}

Download show_list(Call& call, OneList const& input)
{
    auto const id = list_address(input.county, input.list);
    json::object list{{"@context", json::array{data_model}}, {"id", id},
        {"type", json::array{"VerifiableCredential", "BitstringStatusListCredential"}},
        {"issuer", issuer_id(input.county, "county")}, {"validFrom", text_of(call.now)},
        {"credentialSubject",
            json::object{{"id", id + "#list"}, {"type", "BitstringStatusList"}, {"statusPurpose", "revocation"},
                {"encodedList", "u" + encoded(gzipped(bits_of(call, input.county, input.list)))}}}};
    add_claims(list, call.now);
    return {signed_jwt(call, list), "application/vc+jwt", "status-list.jwt", "", {}, 0, true};
}

Download as_json(json::object const& object)
{
    return {json::serialize(object), "application/json", "badge.json", "", {}, 0, true};
}

Download show_issuer(Call& call, OneIssuer const& input)
{
    call.county = input.county;
    for (auto const& version : plan::in_force(call))
        if (version->plan.key == input.plan)
            return as_json(issuer_of(input.county, input.plan, version->plan.issuer));
    if (input.plan == "county")
        return as_json(issuer_of(input.county, input.plan, directory::county_name(call)));
    throw not_found({"发证单位", "issuer"});
}

Download show_achievement(Call& call, OneAchievement const& input)
{
    call.county = input.county;
    auto const rule = tally::credential_in_force(call, input.plan, input.credential);
    if (!rule)
        throw not_found(the_credential);
    return as_json(achievement_of(input.county, input.plan, input.credential, rule->credential->title.zh, achieved_in(*rule)));
}

// RFC 8037.
Download show_key(Call& call, OneKey const& input)
{
    for (auto const& key : verifying_keys(call.db))
        if (key.version == input.version && key.suite == crypto::Suite::international)
            return as_json({{"kty", "OKP"}, {"crv", "Ed25519"}, {"x", key.public_key}, {"alg", "EdDSA"}, {"use", "sig"},
                {"kid", std::to_string(key.version)}});
    throw not_found({"公钥", "public key"});
}

} // namespace

std::string badge_of(Call& call, CertificateRow const& row)
{
    if (row.state != CertificateState::valid || row.code.empty())
        throw conflict({"这份证书已经失效，不再提供徽章。", "This certificate is no longer valid, so there is no badge of it."});
    auto credential = credential_of(call, row);
    add_claims(credential, row.issued_at);
    return signed_jwt(call, credential);
}

bool are_badges_offered(Call& call)
{
    return !site_address().empty() && call.db.keys().signing_key().suite == crypto::Suite::international;
}

Routes badge_routes()
{
    return {
        route(Verb::get, "/api/badges/{county}/status-lists/{list}", Permission::anyone, "badge_status_list_show",
            "Which certificates were revoked or replaced, as a signed Bitstring Status List", show_list),
        route(Verb::get, "/api/badges/{county}/issuers/{plan}", Permission::anyone, "badge_issuer_show",
            "Who issues the badges of a plan", show_issuer),
        route(Verb::get, "/api/badges/{county}/achievements/{plan}/{credential}", Permission::anyone, "badge_achievement_show",
            "What a badge stands for", show_achievement),
        route(Verb::get, "/api/badge-keys/{version}", Permission::anyone, "badge_key_show", "A public key as a JSON Web Key",
            show_key),
    };
}

} // namespace concentric::recognition
