#include "modules/sign_in/entrance.hpp"

#include "modules/accounts/attempts.hpp"
#include "modules/accounts/passwords.hpp"
#include "modules/accounts/sessions.hpp"
#include "modules/sign_in/parts.hpp"
#include "modules/sign_in/providers.hpp"
#include "modules/sign_in/short_messages.hpp"
#include "modules/sign_in/sign_in.hpp"

namespace concentric::sign_in {

LogInMethods show_methods(Call& call, Nothing const&)
{
    LogInMethods methods;
    methods.password_codes = sends_short_messages();
    methods.log_in_codes = sends_short_messages() && settings().sms_log_in;
    methods.wechat = !settings().wechat_app_id.empty();
    for (auto const& provider : settings().sso)
        methods.sso.push_back({provider.id, call.say({provider.name_zh, provider.name_en})});
    return methods;
}

void check(Confirm const& input, Problems& problems)
{
    if (input.password.has_value() == input.code.has_value())
        problems.push_back({"/password", "required", {"请输入密码或验证码。", "Enter your password or a code."}});
}

accounts::Renewed confirm(Call& call, Confirm const& input)
{
    auto const person = call.viewer.person;
    // Whoever took over an open session must not find out the password by trying here.
    auto const attempt = "confirmation:" + std::to_string(call.county) + "/" + std::to_string(person.value);
    accounts::count_attempt(call, attempt);
    if (input.password && !accounts::is_password_of(call, person, *input.password))
        throw invalid("password", "wrong", {"密码不正确。", "This is not your password."});
    if (input.code && !take_code(call, person, *input.code))
        throw invalid("code", "wrong",
            {"验证码不正确或已用过，请等下一个验证码。", "This code is wrong or was used already; please wait for the next one."});
    accounts::forgive_attempt(call, attempt);
    call.audit_subject = "person:" + std::to_string(person.value);
    return {accounts::renew_token(call, true)};
}

Routes entrance_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/log-in-methods", anyone, "log_in_method_list", "The ways to log in that this installation offers",
            show_methods),
        route(Verb::put, "/api/session/confirmation", signed_in, "session_confirm",
            "Proves once more who one is, by password or one-time code, for what asks for it", confirm)
            .slowly(),
    };
}

} // namespace concentric::sign_in
