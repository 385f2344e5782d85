#pragma once

#include "core/config.hpp"
#include "modules/payments/wechat_pay.hpp"

// Which ways of payment this installation has.
namespace concentric::payments {

// Reads keys from their files. Set once at the start, before any thread; throws std::runtime_error that names what is missing or
// wrong.
void configure(Settings const& settings);

// WeChat Pay, where it is set up.
WechatPay const* wechat_pay();
std::int64_t check_seconds();
// "transfer" or "wechat". Throws Away for a way that is not set up any more.
Way const& way_named(std::string_view method);

} // namespace concentric::payments
