#include "modules/delivery/channels.hpp"

#include "core/mail.hpp"
#include "modules/delivery/wechat.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::delivery {

static Settings& kept_settings()
{
    static Settings kept;
    return kept;
}

static void require(bool is_right, Words const& words)
{
    if (!is_right)
        throw std::runtime_error(words.zh + " / " + words.en);
}

void configure(Settings const& settings)
{
    if (auto const fault = mail::fault_of(settings))
        require(false, *fault);
    require(settings.wechat_template.empty() || !settings.wechat_app_id.empty(),
        {"订阅消息需要设置 wechat_app_id。", "Subscription messages need the setting wechat_app_id."});
    require(settings.wechat_template.empty() || are_good_keywords(settings.wechat_keywords),
        {"wechat_keywords 应为 thing1=text 的形式，内容是 office、title、text、count 或 time。",
            "wechat_keywords must read like thing1=text, of office, title, text, count or time."});
    require(settings.wecom_corp_id.empty() || settings.wecom_agent_id > 0,
        {"企业微信需要设置 wecom_agent_id。", "WeCom needs the setting wecom_agent_id."});
    require((settings.wecom_corp_id.empty() && settings.mail_server.empty()) || !settings.public_url.empty(),
        {"企业微信和邮件中的链接需要设置 public_url。", "Links in WeCom and mail need the setting public_url."});
    require(settings.sms_delivery == SmsDelivery::off || settings.sms_sender != SmsSender::off,
        {"短信提醒需要设置 sms_sender。", "Reminders by short message need the setting sms_sender."});
    kept_settings() = settings;
}

Settings const& settings() { return kept_settings(); }

Words name_words(Channel channel)
{
    switch (channel) {
    case Channel::wechat: return {"微信订阅消息", "WeChat subscription message"};
    case Channel::wecom: return {"企业微信", "WeCom"};
    case Channel::sms: return {"短信", "Short message"};
    case Channel::email: break;
    }
    return {"电子邮件", "E-mail"};
}

std::string text_of(Message const& message)
{
    if (message.title.empty())
        return fmt::format("{}：您有 {} 条未读消息，请打开同心圆查看。", message.office, message.unread);
    return fmt::format("{}紧急通知：{}。请打开同心圆查看。", message.office, message.title);
}

bool is_set_up(Channel channel)
{
    auto const& set = settings();
    switch (channel) {
    case Channel::wechat: return !set.wechat_template.empty();
    case Channel::wecom: return !set.wecom_corp_id.empty();
    case Channel::sms: return set.sms_delivery != SmsDelivery::off;
    case Channel::email: break;
    }
    return !set.mail_server.empty();
}

bool any_is_set_up() { return std::ranges::any_of(every_channel, is_set_up); }

bool takes_digests(Channel channel)
{
    return is_set_up(channel) && (channel != Channel::sms || settings().sms_delivery == SmsDelivery::all);
}

std::unique_ptr<Carrier> carrier_of(Channel channel)
{
    switch (channel) {
    case Channel::wechat: return wechat_carrier();
    case Channel::wecom: return wecom_carrier();
    case Channel::sms: return sms_carrier();
    case Channel::email: break;
    }
    return mail_carrier();
}

} // namespace concentric::delivery
