#include "modules/accounts/passwords.hpp"

#include "core/crypto.hpp"
#include "lib/pinyin.hpp"
#include "modules/accounts/attempts.hpp"
#include "modules/accounts/sessions.hpp"

#include <algorithm>

namespace concentric::accounts {

// What guessers try first, of eight characters and more, in lower case. Runs such as 12345678 and 88888888 are found by rule.
static constexpr std::string_view commonest[]{"00112233", "01020304", "0123456789a", "11223344", "112233445566", "11235813",
    "121212121212", "12121212", "12312312", "123123123", "123321123", "1234abcd", "1234qwer", "12341234", "12344321", "123454321",
    "12345678a", "12345678910", "123456789a", "123456789q", "123456aa", "123456ab", "123456abc", "123456qq", "123456qwe", "1314520",
    "13141314", "13145200", "1314520520", "1314521", "147258369", "159357258", "1q2w3e4r", "1q2w3e4r5t", "1qaz2wsx", "1qaz2wsx3edc",
    "1qazxsw2", "20082008", "31415926", "3.1415926", "5201314520", "52013140", "52013145", "520131400", "5211314521", "52121314",
    "741852963", "789456123", "a1234567", "a12345678", "a123456789", "aa112233", "aa123456", "aa12345678", "aaa123456", "abc12345",
    "abc123456", "abcd1234", "abcd123456", "administrator", "admin123", "admin1234", "admin888", "asd12345", "asd123456",
    "asdf1234", "asdfasdf", "asdfghjkl", "baseball", "changeme", "computer", "concentric", "football", "iloveyou", "internet",
    "jiatianxia", "letmein1", "michelle", "p@ssw0rd", "p@ssword", "passw0rd", "password", "password1", "password123", "princess",
    "q1w2e3r4", "qazwsxedc", "qq123456", "qq123456789", "qwe12345", "qwe123456", "qweasdzxc", "qwer1234", "qwerasdf", "qwerty12",
    "qwerty123", "qwertyui", "qwertyuiop", "sunshine", "superman", "trustno1", "w123456789", "welcome1", "woaini11", "woaini123",
    "woaini1314", "woaini520", "woaini521", "woaiwojia", "xiaoming", "xuexiao123", "z123456789", "zaq12wsx", "zxc123456",
    "zxcvbnm1", "zxcvbnm123"};

// All the same character, or each one higher (or lower) than the one before: 88888888, 23456789, hgfedcba.
static bool is_run(std::string_view text)
{
    auto const step = text.size() > 1 ? text[1] - text[0] : 0;
    if (step < -1 || step > 1)
        return false;
    for (std::size_t i = 1; i < text.size(); ++i)
        if (text[i] - text[i - 1] != step)
            return false;
    return true;
}

static bool is_common(std::string_view folded)
{
    return is_run(folded) || std::ranges::find(commonest, folded) != std::end(commonest);
}

// Short names would forbid too much: with "li" no word with "li" in it.
static bool contains(std::string_view password, std::string_view name)
{
    static constexpr std::size_t shortest = 4;
    return password == name || (name.size() >= shortest && password.find(name) != std::string_view::npos);
}

std::optional<Problem> fault_of_password(std::string_view password, AccountRow const& account, std::string_view person_name)
{
    auto const folded = lib::search_fold(password);
    if (contains(folded, lib::search_fold(account.user_name)) || contains(folded, account.phone)
        || contains(folded, lib::search_fold(person_name)))
        return Problem{"new", "holds_name",
            {"密码不能包含姓名、用户名或手机号。", "The password must not contain your name, user name or phone."}};
    if (is_common(folded))
        return Problem{"new", "common", {"这个密码太常见，请换一个。", "This password is too common; please choose another."}};
    return std::nullopt;
}

std::string one_time_password()
{
    static constexpr std::string_view alphabet = "23456789abcdefghjkmnpqrstuvwxyz";
    auto const group = [] { return crypto::random_text(4, alphabet); };
    return group() + "-" + group() + "-" + group();
}

std::string hash_of_good_password(Call& call, AccountRow const& account, std::string_view password)
{
    if (auto const fault = fault_of_password(password, account, directory::person_name(call, account.person).value_or("")))
        throw invalid(Problems{*fault});
    return crypto::hash_password(password);
}

void set_password(Call& call, AccountRow const& account, std::string const& hash)
{
    call.db.execute("UPDATE accounts SET password_hash = $3, must_change = FALSE, password_changed_at = $4, version = version + 1 "
                    "WHERE county = $1 AND person = $2",
        call.county, account.person, hash, call.now);
    end_sessions(call, account.person, {});
    for (std::string const& name : {account.user_name, std::string(account.phone)})
        forget_failures(call, name);
}

bool is_password_of(Call& call, PersonId person, std::string_view password)
{
    auto const hash = call.db.value<std::string>(
        "SELECT password_hash AS value FROM accounts WHERE county = $1 AND person = $2", call.county, person);
    return hash && crypto::verify_password(password, *hash);
}

void require_new_password(Call& call, PersonId person)
{
    call.db.execute(
        "UPDATE accounts SET must_change = TRUE, version = version + 1 WHERE county = $1 AND person = $2", call.county, person);
}

Renewed change_password(Call& call, ChangePassword const& input)
{
    auto const account
        = call.db.row<AccountRow>("SELECT * FROM accounts WHERE county = $1 AND person = $2", call.county, call.viewer.person);
    // Whoever took over an open session must not find out the password by trying here.
    auto const attempt = "session:" + std::to_string(call.viewer.session.value);
    count_attempt(call, attempt);
    if (!account || !crypto::verify_password(input.current, account->password_hash))
        throw invalid("current", "wrong", {"当前密码不正确。", "This is not your present password."});
    if (input.current == input.new_)
        throw invalid("new", "same", {"新密码不能与当前密码相同。", "The new password must differ from the present one."});
    if (auto const fault = fault_of_password(input.new_, *account, call.viewer.name))
        throw invalid(Problems{*fault});

    auto const hash = crypto::hash_password(input.new_);
    auto const changed = call.db.execute(
        "UPDATE accounts SET password_hash = $3, must_change = FALSE, password_changed_at = $4, version = version + 1 "
        "WHERE county = $1 AND person = $2 AND version = $5",
        call.county, call.viewer.person, hash, call.now, account->version);
    if (changed == 0)
        throw conflict({"密码刚刚被修改过，请重新登录。", "The password was changed meanwhile; please log in again."});
    end_sessions(call, call.viewer.person, call.viewer.session);
    forgive_attempt(call, attempt);
    call.audit_subject = "person:" + std::to_string(call.viewer.person.value);
    return {renew_token(call, true)};
}

} // namespace concentric::accounts
