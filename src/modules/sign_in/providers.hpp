#pragma once

#include "core/call.hpp"
#include "core/config.hpp"

// The log-ins elsewhere that this installation knows by its settings.
namespace concentric::sign_in {

inline constexpr std::string_view wechat_provider = "wechat";
// "sso:bureau"
std::string provider_key(SsoProvider const& provider);
// 404 for an id that is not in the settings.
SsoProvider const& sso_provider(std::string_view id);
// How people know it; nothing for one that the settings do not have.
std::optional<std::string> provider_name(Call const& call, std::string_view key);

} // namespace concentric::sign_in
