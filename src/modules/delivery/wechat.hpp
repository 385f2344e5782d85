#pragma once

#include "modules/delivery/channels.hpp"

// Subscription messages of the WeChat mini-program (微信订阅消息): a template of the platform's with keywords that WeChat checks
// strictly. https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/mp-message-management/subscribe-message/sendMessage.html
namespace concentric::delivery {

// "thing1=text", "number2=count" …: what of a message goes into which keyword of the template.
bool are_good_keywords(std::vector<std::string> const&);

// A keyword's value cut to what WeChat takes for its kind, which its name begins with: thing 20 characters, phrase 5 of Chinese,
// number 32 digits, time and date their own forms.
std::string keyword_value(std::string_view keyword, std::string_view content, Message const&);

} // namespace concentric::delivery
