#include "modules/sign_in/providers.hpp"

#include "modules/sign_in/sign_in.hpp"

#include <algorithm>

namespace concentric::sign_in {

static constexpr std::string_view sso_prefix = "sso:";

std::string provider_key(SsoProvider const& provider) { return std::string(sso_prefix) + provider.id; }

SsoProvider const& sso_provider(std::string_view id)
{
    auto const& known = settings().sso;
    auto const found = std::ranges::find_if(known, [&](auto const& provider) { return provider.id == id; });
    if (found == known.end())
        throw not_found({"登录方式", "way to log in"});
    return *found;
}

std::optional<std::string> provider_name(Call const& call, std::string_view key)
{
    if (key == wechat_provider)
        return call.say({"微信", "WeChat"});
    for (auto const& provider : settings().sso)
        if (key == provider_key(provider))
            return call.say({provider.name_zh, provider.name_en});
    return std::nullopt;
}

} // namespace concentric::sign_in
