#include "web/client.hpp"

#include "lib/text.hpp"

#include <algorithm>
#include <arpa/inet.h>

namespace concentric::web {
namespace {

bool contains(std::vector<std::string> const& list, std::string_view item)
{
    return std::find(list.begin(), list.end(), item) != list.end();
}

bool is_loopback(std::string_view address)
{
    return address.starts_with("127.") || address == "::1" || address == "::ffff:127.0.0.1";
}

bool is_address(std::string_view text)
{
    std::string const address(text);
    unsigned char bytes[sizeof(in6_addr)];
    return inet_pton(AF_INET, address.c_str(), bytes) == 1 || inet_pton(AF_INET6, address.c_str(), bytes) == 1;
}

// "a, b, c": every proxy adds whom it heard from at the end, so the first from the right that is no proxy of ours is true.
std::string_view forwarded_for(std::string_view list, std::vector<std::string> const& trusted_proxies)
{
    std::string_view last;
    while (!list.empty()) {
        auto const comma = list.rfind(',');
        last = lib::trim_ascii(list.substr(comma == list.npos ? 0 : comma + 1));
        if (!contains(trusted_proxies, last) || comma == list.npos)
            return last;
        list = list.substr(0, comma);
    }
    return last;
}

} // namespace

Client client_of(Request const& request, std::vector<std::string> const& trusted_proxies, std::string_view public_url)
{
    auto const forwarded = request.header("x-forwarded-for");
    Client client{
        request.remote_address, public_url.starts_with("https://"), is_loopback(request.remote_address) && forwarded.empty()};
    if (!contains(trusted_proxies, request.remote_address))
        return client;
    client.is_local = false;
    if (auto const first = forwarded_for(forwarded, trusted_proxies); is_address(first))
        client.address = first;
    if (auto const scheme = request.header("x-forwarded-proto"); !scheme.empty())
        client.is_secure = scheme == "https";
    return client;
}

Language language_of(Request const& request)
{
    auto rest = request.header("accept-language");
    while (!rest.empty()) {
        auto const part = rest.substr(0, rest.find(','));
        auto const tag = lib::trim_ascii(part).substr(0, 2);
        if (tag == "zh" || tag == "en")
            return tag == "en" ? Language::en : Language::zh;
        rest.remove_prefix(std::min(part.size() + 1, rest.size()));
    }
    return Language::zh;
}

std::string_view cookie_name(bool is_secure) { return is_secure ? "__Host-concentric_session" : "concentric_session"; }

Credential credential_of(Request const& request, bool is_secure)
{
    auto const authorization = request.header("authorization");
    if (authorization.starts_with("Bearer "))
        return {lib::trim_ascii(authorization.substr(7)), false};
    return {cookie_of(request, cookie_name(is_secure)), true};
}

std::string_view device_cookie_name(bool is_secure) { return is_secure ? "__Host-concentric_device" : "concentric_device"; }

std::string_view device_of(Request const& request, bool is_secure)
{
    static constexpr std::size_t length_of_token = 43;
    auto const told = request.header("concentric-device");
    auto const device = told.empty() ? cookie_of(request, device_cookie_name(is_secure)) : told;
    return device.size() == length_of_token ? device : std::string_view();
}

bool is_cross_site(Request const& request, bool has_cookie, std::string_view public_url)
{
    if (auto const site = request.header("sec-fetch-site"); !site.empty())
        return site != "same-origin";
    auto const origin = request.header("origin");
    if (origin.empty())
        return has_cookie; // no browser of today leaves out both
    if (origin == public_url)
        return false;
    auto const scheme = origin.find("://");
    return scheme == origin.npos || origin.substr(scheme + 3) != request.header("host");
}

} // namespace concentric::web
