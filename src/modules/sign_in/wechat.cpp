#include "modules/sign_in/wechat.hpp"

#include "core/http_client.hpp"
#include "modules/sign_in/links.hpp"
#include "modules/sign_in/parts.hpp"
#include "modules/sign_in/providers.hpp"
#include "modules/sign_in/sign_in.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <spdlog/spdlog.h>

namespace concentric::sign_in {

namespace json = boost::json;

static ApiError wechat_is_away(std::string detail)
{
    ApiError error(ErrorKind::unavailable,
        {"微信暂时没有应答，请稍后再试。", "WeChat does not answer at the moment; please try again shortly."}, std::move(detail));
    error.retry_after_seconds = 5;
    return error;
}

// https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/user-login/code2Session.html
static ApiError refusal(std::int64_t code)
{
    switch (code) {
    case 40029: // not a code
    case 40163: // used already
        return invalid("code", "wrong", {"微信登录已过期，请重试。", "This WeChat log-in has run out; please try again."});
    case 45011: { // too often by this user
        ApiError error(
            ErrorKind::too_many, {"微信登录太频繁，请一分钟后再试。", "Too many WeChat log-ins; please try again in a minute."});
        error.retry_after_seconds = 60;
        return error;
    }
    case 40226:
        return {ErrorKind::forbidden,
            {"微信认为这个用户有风险，请用密码登录。", "WeChat considers this user a risk; please log in with your password."}};
    default: return wechat_is_away("code2session: errcode " + std::to_string(code)); // -1: busy; others: our settings are wrong
    }
}

static json::value code2session(std::string const& code)
{
    auto const query = http::encoded({{"appid", settings().wechat_app_id}, {"secret", settings().wechat_secret}, {"js_code", code},
        {"grant_type", "authorization_code"}});
    http::Answer answer;
    try {
        answer = http::send({"GET", settings().wechat_address + "/sns/jscode2session?" + query});
    } catch (http::Unreachable const& why) {
        throw wechat_is_away(why.what());
    }
    boost::system::error_code failed;
    auto said = json::parse(answer.body, failed); // WeChat calls it text/plain
    if (failed || answer.status != 200 || !said.is_object())
        throw wechat_is_away("code2session: status " + std::to_string(answer.status));
    return said;
}

static std::string openid_of(std::string const& code)
{
    auto const said = code2session(code);
    auto const* const error = said.as_object().if_contains("errcode");
    if (error && error->is_int64() && error->as_int64() != 0)
        throw refusal(error->as_int64());
    auto const* const openid = said.as_object().if_contains("openid");
    if (!openid || !openid->is_string() || openid->as_string().empty())
        throw wechat_is_away("code2session: no openid");
    return std::string(openid->as_string());
}

accounts::LoggedIn log_in_by_wechat(Call& call, WechatLogIn const& input)
{
    if (settings().wechat_app_id.empty())
        throw not_found({"登录方式", "way to log in"});
    Link const link{std::string(wechat_provider), openid_of(input.code)};
    if (auto const person = linked_person(call, link))
        return accounts::admit(call, *person, wechat_provider);
    return ask_for_binding(call, link, {});
}

Routes wechat_routes()
{
    return {
        route(Verb::post, "/api/sessions/wechat", Permission::anyone, "session_by_wechat",
            "Logs in from the WeChat mini-program, or gives a ticket to bind the WeChat user to an account", log_in_by_wechat)
            .slowly(),
    };
}

} // namespace concentric::sign_in
