#pragma once

#include "modules/accounts/entering.hpp"
#include "modules/sign_in/second_factor.hpp"

// What the log-in page offers, and proving once more who one is before something confidential.
namespace concentric::sign_in {

struct SsoButton {
    std::string id, name;
};
BOOST_DESCRIBE_STRUCT(SsoButton, (), (id, name))
struct LogInMethods {
    bool password_codes = false; // a forgotten password can be replaced by a code sent to the phone
    bool log_in_codes = false;
    bool wechat = false;
    std::vector<SsoButton> sso;
};
BOOST_DESCRIBE_STRUCT(LogInMethods, (), (password_codes, log_in_codes, wechat, sso))
LogInMethods show_methods(Call& call, Nothing const&);

// One of the two.
struct Confirm {
    std::optional<Text<1, 128>> password;
    std::optional<OneTimeCode> code;
};
BOOST_DESCRIBE_STRUCT(Confirm, (), (password, code))
void check(Confirm const& input, Problems& problems);
accounts::Renewed confirm(Call& call, Confirm const& input);

} // namespace concentric::sign_in
