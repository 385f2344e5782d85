#include "modules/sign_in/id_token.hpp"

#include "core/crypto.hpp"
#include "core/crypto_suite.hpp"
#include "modules/sign_in/signatures.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <algorithm>

namespace concentric::sign_in {

namespace json = boost::json;

static constexpr std::int64_t clock_leeway_seconds = 60;
static constexpr std::int64_t longest_age_seconds = 600;

std::string text_in(json::object const& object, std::string_view name)
{
    auto const* const value = object.if_contains(name);
    return value && value->is_string() ? std::string(value->as_string()) : "";
}

std::string base64url_decoded(std::string_view text)
{
    std::string bytes;
    if (!crypto::decode_base64url(text, bytes))
        throw BadToken("not base64url");
    return bytes;
}

std::string base64url(std::string_view bytes)
{
    std::string text;
    crypto::append_base64url(text, bytes);
    return text;
}

static json::object object_in(std::string_view part)
{
    boost::system::error_code failed;
    auto value = json::parse(base64url_decoded(part), failed);
    if (failed || !value.is_object())
        throw BadToken("not a JSON object");
    return value.as_object();
}

static std::int64_t seconds_in(json::object const& claims, std::string_view name)
{
    auto const* const value = claims.if_contains(name);
    if (!value || !value->is_number())
        throw BadToken("no " + std::string(name));
    return value->is_double() ? static_cast<std::int64_t>(value->as_double()) : value->to_number<std::int64_t>();
}

static bool is_for(json::object const& claims, std::string const& client_id)
{
    auto const* const audience = claims.if_contains("aud");
    if (!audience)
        return false;
    if (audience->is_string())
        return audience->as_string() == client_id;
    if (!audience->is_array())
        return false;
    auto const& list = audience->as_array();
    bool const is_among
        = std::ranges::any_of(list, [&](auto const& one) { return one.is_string() && one.as_string() == client_id; });
    return is_among && (list.size() == 1 || text_in(claims, "azp") == client_id);
}

static void check_claims(json::object const& claims, Expected const& expected)
{
    auto const now = expected.now.milliseconds / 1000;
    if (text_in(claims, "iss") != expected.issuer)
        throw BadToken("issued by " + text_in(claims, "iss"));
    if (!is_for(claims, expected.client_id))
        throw BadToken("for somebody else");
    if (seconds_in(claims, "exp") + clock_leeway_seconds <= now)
        throw BadToken("expired");
    auto const issued = seconds_in(claims, "iat");
    if (issued - clock_leeway_seconds > now || issued + longest_age_seconds < now)
        throw BadToken("issued at another time");
    if (expected.nonce.empty() || !crypto::equal_in_constant_time(text_in(claims, "nonce"), expected.nonce))
        throw BadToken("not the answer to our question");
    if (text_in(claims, "sub").empty())
        throw BadToken("about nobody");
}

json::object verified_claims(std::string_view token, Expected const& expected, KeyNamed const& key)
{
    auto const first = token.find('.'), second = token.rfind('.');
    if (first == token.npos || first == second || token.substr(first + 1, second - first - 1).find('.') != token.npos)
        throw BadToken("not three parts");
    auto const header = object_in(token.substr(0, first));
    if (header.contains("crit"))
        throw BadToken("asks for what we do not know");
    auto const algorithm = text_in(header, "alg");
    if (!is_signed_by(key(text_in(header, "kid")), algorithm, token.substr(0, second), base64url_decoded(token.substr(second + 1))))
        throw BadToken("not signed by the provider");
    auto claims = object_in(token.substr(first + 1, second - first - 1));
    check_claims(claims, expected);
    return claims;
}

} // namespace concentric::sign_in
