#pragma once

#include "modules/accounts/entering.hpp"

// Logging in through a bureau's single sign-on (单点登录): to the provider and back again.
namespace concentric::sign_in {

struct BeginSso {
    Text<1, 40> provider;
    std::optional<std::string> return_to; // a page of ours, "/people?q=…"; anything else leads to the start page
};
BOOST_DESCRIBE_STRUCT(BeginSso, (), (provider, return_to))
struct SsoAddress {
    std::string address; // where the browser goes next
};
BOOST_DESCRIBE_STRUCT(SsoAddress, (), (address))
SsoAddress begin_sso(Call& call, BeginSso const& input);

struct FinishSso {
    Text<1, 100> state;
    Text<1, 2000> code;
};
BOOST_DESCRIBE_STRUCT(FinishSso, (), (state, code))
struct SsoLoggedIn : accounts::LoggedIn {
    std::string return_to; // always a page of ours
};
BOOST_DESCRIBE_STRUCT(SsoLoggedIn, (accounts::LoggedIn), (return_to))
SsoLoggedIn finish_sso(Call& call, FinishSso const& input);

struct SsoLogOut {
    std::optional<std::string> address; // none: there is nothing to log out of elsewhere
};
BOOST_DESCRIBE_STRUCT(SsoLogOut, (), (address))
SsoLogOut sso_log_out(Call& call, Nothing const&);

// "/people?q=a" as it is, "/" for what could lead a browser elsewhere.
std::string own_page(std::string_view wanted);

} // namespace concentric::sign_in
