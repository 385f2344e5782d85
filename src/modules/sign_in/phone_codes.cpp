#include "modules/sign_in/phone_codes.hpp"

#include "core/crypto.hpp"
#include "modules/accounts/passwords.hpp"
#include "modules/sign_in/history.hpp"
#include "modules/sign_in/parts.hpp"
#include "modules/sign_in/short_messages.hpp"
#include "modules/sign_in/sign_in.hpp"

#include <algorithm>

namespace concentric::sign_in {

static constexpr std::int64_t code_milliseconds = 10 * 60'000;
static constexpr std::int64_t most_tries = 5;

std::optional<Words> PhoneCode::check(std::string_view text)
{
    if (text.size() == 6 && text.find_first_not_of("0123456789") == std::string_view::npos)
        return std::nullopt;
    return Words{"请输入六位数字验证码。", "Enter the code of six digits."};
}

static ApiError wrong_code() { return invalid("code", "wrong", {"验证码不正确或已过期。", "This code is wrong or has run out."}); }

static std::string hash_of_code(std::string const& phone_key, std::string_view code)
{
    return crypto::sha256_hex(phone_key + "/" + std::string(code));
}

static std::string text_with(Call const& call, std::string const& code)
{
    return call.say({"【同心圆】验证码 " + code + "，10 分钟内有效。请勿告诉任何人。",
        "[Concentric] Your code is " + code + ", good for 10 minutes. Never tell anybody."});
}

void send_phone_code(Call& call, Phone const& phone, CodePurpose purpose, bool is_known)
{
    require_may_send(call, phone);
    auto const code = crypto::random_text(6, "0123456789");
    auto const key = key_of_phone(call, phone);
    call.db.execute("DELETE FROM phone_codes WHERE county = $1 AND (expires_at <= $4 OR (purpose = $2 AND phone_key = $3))",
        call.county, purpose, key, call.now);
    call.db.execute(
        "INSERT INTO phone_codes (county, purpose, phone_key, code_hash, tries, expires_at) VALUES ($1, $2, $3, $4, 0, $5)",
        call.county, purpose, key, hash_of_code(key, code), call.now.milliseconds + code_milliseconds);
    queue_short_message(call, phone, is_known ? text_with(call, code) : "");
}

void require_phone_code(Call& call, Phone const& phone, CodePurpose purpose, std::string_view code)
{
    auto const key = key_of_phone(call, phone);
    db::Transaction transaction(call.db);
    auto const hash = call.db.value<std::string>("UPDATE phone_codes SET tries = tries + 1 WHERE county = $1 AND purpose = $2 AND "
                                                 "phone_key = $3 AND expires_at > $4 AND tries < $5 "
                                                 "RETURNING code_hash AS value",
        call.county, purpose, key, call.now, most_tries);
    transaction.commit();
    if (!hash || !crypto::equal_in_constant_time(*hash, hash_of_code(key, code)))
        throw wrong_code();
}

void use_phone_code(Call& call, Phone const& phone, CodePurpose purpose)
{
    if (call.db.execute("DELETE FROM phone_codes WHERE county = $1 AND purpose = $2 AND phone_key = $3", call.county, purpose,
            key_of_phone(call, phone))
        == 0)
        throw wrong_code();
}

void verify_phone(Call& call, Phone const& phone, std::string_view code)
{
    require_phone_code(call, phone, CodePurpose::phone, code);
    use_phone_code(call, phone, CodePurpose::phone);
}

// The one that may log in; the number may be known in several counties of the installation, and then the call's own comes first.
static std::optional<accounts::AccountRow> account_with_phone(Call& call, std::string const& phone)
{
    auto accounts = accounts::accounts_with_phone(call, phone, 0);
    std::erase_if(accounts, [](auto const& account) { return account.disabled; });
    if (accounts.empty())
        return std::nullopt;
    auto const own = std::ranges::find(accounts, call.county, &accounts::AccountRow::county);
    return own == accounts.end() ? accounts.front() : *own;
}

// ---- A forgotten password. ----

Nothing send_code_for_password(Call& call, AskForCode const& input)
{
    send_phone_code(call, input.phone, CodePurpose::password, account_with_phone(call, input.phone).has_value());
    return {};
}

Nothing reset_by_code(Call& call, ResetByCode const& input)
{
    auto const account = account_with_phone(call, input.phone);
    require_phone_code(call, input.phone, CodePurpose::password, input.code);
    if (!account)
        throw wrong_code();
    auto const county = std::exchange(call.county, account->county);
    auto const hash = accounts::hash_of_good_password(call, *account, input.new_);
    call.county = county;
    use_phone_code(call, input.phone, CodePurpose::password);
    call.county = account->county;
    accounts::set_password(call, *account, hash);
    notify(call, account->person, NoticeKind::password_reset);
    call.audit_subject = "person:" + std::to_string(account->person.value);
    return {};
}

// ---- Logging in. ----

static void require_log_in_by_code()
{
    if (!settings().sms_log_in)
        throw not_found({"登录方式", "way to log in"});
}

Nothing send_code_for_log_in(Call& call, AskForCode const& input)
{
    require_log_in_by_code();
    send_phone_code(call, input.phone, CodePurpose::log_in, account_with_phone(call, input.phone).has_value());
    return {};
}

accounts::LoggedIn log_in_by_code(Call& call, LogInByCode const& input)
{
    require_log_in_by_code();
    auto const account = account_with_phone(call, input.phone);
    require_phone_code(call, input.phone, CodePurpose::log_in, input.code);
    use_phone_code(call, input.phone, CodePurpose::log_in);
    if (!account)
        throw wrong_code();
    call.county = account->county;
    return accounts::admit(call, account->person, "sms");
}

// ---- A number that changes. ----

Nothing send_code_to_new_phone(Call& call, AskForCode const& input)
{
    send_phone_code(call, input.phone, CodePurpose::phone, true);
    return {};
}

Routes phone_routes()
{
    using enum Permission;
    return {
        route(Verb::post, "/api/password-codes", anyone, "password_code_send",
            "Sends a code for a new password to a phone, if it belongs to an account; the answer is the same for any",
            send_code_for_password),
        route(Verb::put, "/api/password-codes", anyone, "password_code_use", "Sets a new password with the code that was sent",
            reset_by_code)
            .slowly(),
        route(Verb::post, "/api/log-in-codes", anyone, "log_in_code_send",
            "Sends a code to log in with to a phone, if it belongs to an account; the answer is the same for any",
            send_code_for_log_in),
        route(Verb::post, "/api/sessions/phone", anyone, "session_by_phone", "Logs in with the code that was sent to the phone",
            log_in_by_code)
            .slowly(),
        route(Verb::post, "/api/phone-codes", signed_in, "phone_code_send", "Sends a code to a phone that is to become one's own",
            send_code_to_new_phone),
    };
}

} // namespace concentric::sign_in
