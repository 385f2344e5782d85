#pragma once

#include "core/config.hpp"
#include "modules/sign_in/id_token.hpp"

// Talks to a bureau's single sign-on provider: OpenID Connect with authorization code and PKCE.
namespace concentric::sign_in {

// What the provider says of itself (OpenID Connect Discovery 1.0); kept for an hour.
struct ProviderMetadata {
    std::string authorization_endpoint, token_endpoint, jwks_uri;
    std::string userinfo_endpoint, end_session_endpoint; // may be empty
    bool takes_basic = true; // client_secret_basic; else client_secret_post
};

// What one attempt keeps to itself until the person comes back.
struct SsoAttempt {
    std::string provider; // id
    std::string verifier, nonce; // RFC 7636; OpenID Connect Core
    std::string return_to; // a page of ours
};
BOOST_DESCRIBE_STRUCT(SsoAttempt, (), (provider, verifier, nonce, return_to))

// All of these may wait for the provider: only on a slow route before its first write. They throw 503 when it cannot be reached or
// does not behave, with the reason for the log.

// Where the browser goes to.
std::string authorization_address(
    SsoProvider const& provider, SsoAttempt const& attempt, std::string const& state, std::string const& our_address);
// What the provider says about whoever came back with the code: the claims of its token, with those of its user info where the
// token has not got the one that is asked for. Throws 401 when the code or the token is not good.
boost::json::object claims_of(
    SsoProvider const& provider, SsoAttempt const& attempt, std::string const& code, std::string const& our_address, Instant now);
// Where the browser goes to log out there too; nothing when the provider has no such page.
std::optional<std::string> log_out_address(SsoProvider const& provider, std::string const& our_page);

} // namespace concentric::sign_in
