#pragma once

#include "core/call.hpp"
#include "web/message.hpp"

// Who is at the other end: where they are, through which proxies they came, in what language they read, and whether the page that
// sends a change is one of ours.
namespace concentric::web {

struct Client {
    std::string address; // numeric, of the first machine that is no proxy of ours
    bool is_secure = false; // came over TLS
    bool is_local = false; // from this machine, not through a proxy
};

// Headers that proxies add count only when the machine that sent them is one of `trusted_proxies`.
Client client_of(Request const& request, std::vector<std::string> const& trusted_proxies, std::string_view public_url);

Language language_of(Request const& request);

// The log-in that a request carries: a cookie, which a browser sends whoever asks it to, or a bearer token, which only our own apps
// have.
struct Credential {
    std::string_view token; // empty: none
    bool is_cookie = false;
};
Credential credential_of(Request const& request, bool is_secure);

// The name of the log-in cookie. Under TLS its prefix keeps other hosts of the domain from setting it.
std::string_view cookie_name(bool is_secure);

// What the browser or app was given to be known again by: a cookie, or the header Concentric-Device of our own apps. Empty at its
// first visit, or when it is none that we could have given.
std::string_view device_of(Request const& request, bool is_secure);
std::string_view device_cookie_name(bool is_secure);

// Whether a change may have been sent by a page of another site: then a cookie is no proof of anybody's will.
bool is_cross_site(Request const& request, bool has_cookie, std::string_view public_url);

} // namespace concentric::web
