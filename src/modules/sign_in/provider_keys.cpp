#include "modules/sign_in/provider_keys.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mutex>

namespace concentric::sign_in {

namespace json = boost::json;
using SteadyTime = std::chrono::steady_clock::time_point;

static constexpr auto metadata_holds = std::chrono::hours(1);
static constexpr auto keys_hold = std::chrono::minutes(1); // for ids that are not among them

static ApiError provider_is_away(std::string detail)
{
    ApiError error(ErrorKind::unavailable,
        {"单位登录系统暂时没有应答，请稍后再试或用密码登录。",
            "Your organisation's log-in does not answer at the moment; try again shortly, or use your password."},
        std::move(detail));
    error.retry_after_seconds = 5;
    return error;
}

http::Answer asked(http::Request const& request)
try {
    return http::send(request);
} catch (http::Unreachable const& why) {
    throw provider_is_away(why.what());
}

json::object object_of(http::Answer const& answer, SsoProvider const& provider)
{
    boost::system::error_code failed;
    auto value = json::parse(answer.body, failed);
    if (failed || answer.status != 200 || !value.is_object())
        throw provider_is_away(fmt::format("{} answered {} without JSON", provider.id, answer.status));
    return value.as_object();
}

// By issuer; a time of 0 says that nothing was fetched yet.
struct Published {
    std::mutex mutex; // held while fetching, so that a hundred people who log in at eight ask once
    ProviderMetadata metadata;
    SteadyTime metadata_at, keys_at;
    json::array keys;
};

static Published& published_by(SsoProvider const& provider)
{
    static std::mutex mutex;
    static std::map<std::string, Published> all;
    std::lock_guard const lock(mutex);
    return all[provider.issuer];
}

static json::object fetched(SsoProvider const& provider, std::string const& address)
{
    return object_of(asked({"GET", address, {"Accept: application/json"}}), provider);
}

static std::string address_in(json::object const& document, std::string_view name, SsoProvider const& provider, bool is_required)
{
    auto address = text_in(document, name);
    if ((is_required || !address.empty()) && http::fault_of_address(address))
        throw provider_is_away(fmt::format("{} has no good {}", provider.id, name));
    return address;
}

static bool takes_basic(json::object const& document)
{
    auto const* const methods = document.if_contains("token_endpoint_auth_methods_supported");
    if (!methods || !methods->is_array())
        return true; // OpenID Connect Discovery, section 3
    return std::ranges::any_of(methods->as_array(), [](auto const& one) { return one == "client_secret_basic"; });
}

static ProviderMetadata fetch_metadata(SsoProvider const& provider)
{
    auto base = std::string(provider.issuer);
    if (base.ends_with('/'))
        base.pop_back();
    auto const document = fetched(provider, base + "/.well-known/openid-configuration");
    if (text_in(document, "issuer") != provider.issuer)
        throw provider_is_away(provider.id + " says that it is " + text_in(document, "issuer"));
    auto const required = [&](std::string_view name) { return address_in(document, name, provider, true); };
    auto const optional = [&](std::string_view name) { return address_in(document, name, provider, false); };
    return {required("authorization_endpoint"), required("token_endpoint"), required("jwks_uri"), optional("userinfo_endpoint"),
        optional("end_session_endpoint"), takes_basic(document)};
}

static ProviderMetadata const& current_metadata(Published& published, SsoProvider const& provider)
{
    auto const now = std::chrono::steady_clock::now();
    if (published.metadata_at == SteadyTime{} || now - published.metadata_at > metadata_holds) {
        published.metadata = fetch_metadata(provider);
        published.metadata_at = now;
    }
    return published.metadata;
}

ProviderMetadata metadata_of(SsoProvider const& provider)
{
    auto& published = published_by(provider);
    std::lock_guard const lock(published.mutex);
    return current_metadata(published, provider);
}

static json::object const* find_key(json::array const& keys, std::string const& id)
{
    json::object const* found = nullptr;
    for (auto const& key : keys) {
        bool const is_for_signing
            = key.is_object() && (!key.as_object().contains("use") || text_in(key.as_object(), "use") == "sig");
        if (!is_for_signing || (!id.empty() && text_in(key.as_object(), "kid") != id))
            continue;
        if (found)
            return nullptr; // more than one could be meant
        found = &key.as_object();
    }
    return found;
}

static void fetch_keys(Published& published, SsoProvider const& provider)
{
    auto const document = fetched(provider, current_metadata(published, provider).jwks_uri);
    auto const* const keys = document.if_contains("keys");
    published.keys = keys && keys->is_array() ? keys->as_array() : json::array();
    published.keys_at = std::chrono::steady_clock::now();
}

json::object key_of(SsoProvider const& provider, std::string const& id)
{
    auto& published = published_by(provider);
    std::lock_guard const lock(published.mutex);
    auto const is_due
        = [&] { return published.keys_at == SteadyTime{} || std::chrono::steady_clock::now() - published.keys_at > keys_hold; };
    if (!find_key(published.keys, id) && is_due())
        fetch_keys(published, provider);
    auto const* const key = find_key(published.keys, id);
    if (!key)
        throw BadToken("signed with a key that the provider does not publish");
    return *key;
}

} // namespace concentric::sign_in
