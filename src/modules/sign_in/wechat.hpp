#pragma once

#include "modules/accounts/entering.hpp"

// Logging in from the WeChat mini-program (微信小程序登录).
namespace concentric::sign_in {

struct WechatLogIn {
    Text<1, 128> code; // of wx.login()
};
BOOST_DESCRIBE_STRUCT(WechatLogIn, (), (code))
// Logs in whoever the WeChat user is bound to, else gives a ticket to bind with.
accounts::LoggedIn log_in_by_wechat(Call& call, WechatLogIn const& input);

} // namespace concentric::sign_in
