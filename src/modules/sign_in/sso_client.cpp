#include "modules/sign_in/sso_client.hpp"

#include "core/base64.hpp"
#include "core/http_client.hpp"
#include "modules/sign_in/provider_keys.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include <openssl/sha.h>

namespace concentric::sign_in {

namespace json = boost::json;

static ApiError not_accepted(std::string detail)
{
    return {ErrorKind::unauthenticated,
        {"单位登录系统没有确认您的身份，请重新登录。", "Your organisation's log-in did not confirm who you are; please try again."},
        std::move(detail)};
}

// RFC 7636 section 4.2.
static std::string challenge_of(std::string const& verifier)
{
    unsigned char hash[SHA256_DIGEST_LENGTH];
    SHA256(reinterpret_cast<unsigned char const*>(verifier.data()), verifier.size(), hash);
    return base64url({reinterpret_cast<char const*>(hash), sizeof hash});
}

static std::string with_query(std::string const& address, http::Fields const& fields)
{
    return address + (address.find('?') == address.npos ? "?" : "&") + http::encoded(fields);
}

std::string authorization_address(
    SsoProvider const& provider, SsoAttempt const& attempt, std::string const& state, std::string const& our_address)
{
    auto const scope = provider.match == SsoMatch::phone ? "openid profile phone" : "openid profile";
    return with_query(metadata_of(provider).authorization_endpoint,
        {{"response_type", "code"}, {"client_id", provider.client_id}, {"redirect_uri", our_address}, {"scope", scope},
            {"state", state}, {"nonce", attempt.nonce}, {"code_challenge", challenge_of(attempt.verifier)},
            {"code_challenge_method", "S256"}});
}

// RFC 6749 section 2.3.1: id and secret are form-encoded before they are joined.
static std::string basic_credentials(SsoProvider const& provider)
{
    return base64(http::encoded(provider.client_id) + ":" + http::encoded(provider.client_secret));
}

static http::Request token_request(SsoProvider const& provider, http::Fields fields)
{
    auto const metadata = metadata_of(provider);
    http::Request request{
        "POST", metadata.token_endpoint, {"Content-Type: application/x-www-form-urlencoded", "Accept: application/json"}};
    if (metadata.takes_basic) {
        request.headers.push_back("Authorization: Basic " + basic_credentials(provider));
    } else {
        fields.push_back({"client_id", provider.client_id});
        fields.push_back({"client_secret", provider.client_secret});
    }
    request.body = http::encoded(fields);
    return request;
}

static json::object tokens_for(
    SsoProvider const& provider, SsoAttempt const& attempt, std::string const& code, std::string const& our_address)
{
    auto const answer = asked(token_request(provider,
        {{"grant_type", "authorization_code"}, {"code", code}, {"redirect_uri", our_address},
            {"code_verifier", attempt.verifier}}));
    if (answer.status == 400 || answer.status == 401)
        throw not_accepted(fmt::format("{} answered the code with {}", provider.id, answer.status));
    return object_of(answer, provider);
}

static void add_user_info(SsoProvider const& provider, std::string const& access_token, json::object& claims)
{
    auto const metadata = metadata_of(provider);
    if (metadata.userinfo_endpoint.empty())
        return;
    auto const info = object_of(
        asked({"GET", metadata.userinfo_endpoint, {"Authorization: Bearer " + access_token, "Accept: application/json"}}),
        provider);
    if (text_in(info, "sub") != text_in(claims, "sub")) // OpenID Connect Core, section 5.3.2
        throw not_accepted(provider.id + ": user info about somebody else");
    for (auto const& [name, value] : info)
        claims.emplace(name, value);
}

json::object claims_of(
    SsoProvider const& provider, SsoAttempt const& attempt, std::string const& code, std::string const& our_address, Instant now)
try {
    auto const tokens = tokens_for(provider, attempt, code, our_address);
    auto claims = verified_claims(text_in(tokens, "id_token"), {provider.issuer, provider.client_id, attempt.nonce, now},
        [&](std::string const& id) { return key_of(provider, id); });
    if (text_in(claims, provider.claim).empty())
        add_user_info(provider, text_in(tokens, "access_token"), claims);
    return claims;
} catch (BadToken const& why) {
    throw not_accepted(provider.id + ": " + why.what());
}

std::optional<std::string> log_out_address(SsoProvider const& provider, std::string const& our_page)
{
    auto const metadata = metadata_of(provider);
    if (metadata.end_session_endpoint.empty())
        return std::nullopt;
    return with_query(metadata.end_session_endpoint, {{"client_id", provider.client_id}, {"post_logout_redirect_uri", our_page}});
}

} // namespace concentric::sign_in
