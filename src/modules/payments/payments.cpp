#include "modules/payments/payments.hpp"

#include "modules/payments/transfer.hpp"

#include <fmt/format.h>

#include <fstream>
#include <sstream>

namespace concentric::payments {
namespace {

struct Kept {
    std::unique_ptr<WechatPay> wechat;
    std::int64_t check_seconds = 60;
};

Kept& kept()
{
    static Kept all;
    return all;
}

std::string text_of_file(std::string const& file)
{
    std::ifstream in(file, std::ios::binary);
    if (!in)
        throw std::runtime_error(fmt::format("微信支付：无法读取文件 {}。 / WeChat Pay: the file {} cannot be read.", file, file));
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

void require_setting(std::string_view name, std::string_view value)
{
    if (value.empty())
        throw std::runtime_error(fmt::format("微信支付需要设置 {}。 / WeChat Pay needs the setting {}.", name, name));
}

std::unique_ptr<WechatPay> wechat_pay_of(Settings const& settings)
{
    WechatMerchant merchant;
    merchant.id = settings.wechat_pay_merchant;
    merchant.app_id = settings.wechat_pay_app_id;
    if (merchant.app_id.empty())
        merchant.app_id = settings.wechat_app_id;
    merchant.address = settings.wechat_pay_address;
    merchant.notice_address = settings.public_url + std::string(notice_path);
    require_setting("public_url", settings.public_url);
    require_setting("wechat_pay_app_id", merchant.app_id);
    require_setting("wechat_pay_serial", settings.wechat_pay_serial);
    require_setting("wechat_pay_v3_key", settings.wechat_pay_v3_key);
    require_setting("wechat_pay_platform_id", settings.wechat_pay_platform_id);
    require_setting("wechat_pay_key_file", settings.wechat_pay_key_file);
    require_setting("wechat_pay_platform_file", settings.wechat_pay_platform_file);
    WechatKeys keys{settings.wechat_pay_serial, PrivateKey(text_of_file(settings.wechat_pay_key_file)),
        settings.wechat_pay_platform_id, PublicKey(text_of_file(settings.wechat_pay_platform_file)),
        NoticeKey(settings.wechat_pay_v3_key)};
    return std::make_unique<WechatPay>(std::move(merchant), std::move(keys));
}

} // namespace

void configure(Settings const& settings)
{
    kept().wechat = settings.wechat_pay_merchant.empty() ? nullptr : wechat_pay_of(settings);
    kept().check_seconds = settings.payment_check_seconds;
}

WechatPay const* wechat_pay() { return kept().wechat.get(); }

std::int64_t check_seconds() { return kept().check_seconds; }

Way const& way_named(std::string_view method)
{
    static Transfer const transfer;
    if (method != by_wechat)
        return transfer;
    if (!wechat_pay())
        throw Away("WeChat Pay is not set up any more");
    return *wechat_pay();
}

} // namespace concentric::payments
