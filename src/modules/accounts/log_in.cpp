#include "core/crypto.hpp"
#include "lib/text.hpp"
#include "modules/accounts/attempts.hpp"
#include "modules/accounts/sessions.hpp"

#include <algorithm>

namespace concentric::accounts {

std::string folded_name(std::string_view typed)
{
    auto const half_width = lib::fold_width(typed);
    std::string name(lib::trim(half_width));
    std::ranges::transform(name, name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return name;
}

// The same name may be there in several counties of an installation; few enough to try the password on each.
static std::vector<AccountRow> accounts_named(Call& call, std::string const& name, std::int64_t county)
{
    std::string_view const by_phone
        = "SELECT * FROM accounts WHERE substr(phone, 1, 28) = $2 AND phone <> '' AND (county = $1 OR $1 = 0) ORDER BY county LIMIT 4";
    std::string_view const by_user_name
        = "SELECT * FROM accounts WHERE user_name = $1 AND user_name <> '' AND (county = $2 OR $2 = 0) ORDER BY county LIMIT 4";
    return Phone::check(name) ? call.db.rows<AccountRow>(by_user_name, name, county) : call.db.rows<AccountRow>(by_phone, county, whole_everywhere(name));
}

static AccountRow const* account_with_password(std::vector<AccountRow> const& accounts, LogIn const& input)
{
    for (auto const& account : accounts)
        if (crypto::verify_password(input.password, account.password_hash))
            return &account;
    // As much work as a wrong password, so that the time of the answer does not tell which names there are.
    if (accounts.empty())
        crypto::hash_password(input.password);
    return nullptr;
}

static ApiError wrong_name_or_password()
{
    return {ErrorKind::unauthenticated, {"用户名、手机号或密码不正确。", "The name, phone or password is not right."}};
}

// Who was tried and from where, whatever becomes of the request: a line for each account of this name. What was typed is not kept, because
// people type passwords into the field for the name.
static void note_refusal(Call& call, std::span<AccountRow const> tried)
{
    db::Transaction transaction(call.db);
    auto const county = call.county;
    for (auto const& account : tried) {
        call.county = account.county;
        call.audit_subject = "person:" + std::to_string(account.person.value);
        record_audit(call, "session_refuse");
    }
    call.county = county;
    call.audit_subject.clear();
    if (tried.empty())
        record_audit(call, "session_refuse");
    transaction.commit();
}

LoggedIn log_in(Call& call, LogIn const& input)
{
    auto const name = folded_name(input.name);
    count_attempt(call, name);
    auto const accounts = accounts_named(call, name, input.county.value_or(0));
    auto const* const account = account_with_password(accounts, input);
    if (!account) {
        note_refusal(call, accounts);
        throw wrong_name_or_password();
    }
    if (account->disabled) {
        note_refusal(call, {account, 1});
        throw ApiError(
            ErrorKind::forbidden, {"此账号已停用，请联系管理员。", "This account is disabled; please ask your administrator."});
    }
    auto const hash = crypto::needs_rehash(account->password_hash) ? crypto::hash_password(input.password) : account->password_hash;

    call.county = account->county;
    forgive_attempt(call, name);
    // The password may have been reset, or the account disabled, while its hash was computed.
    if (call.db.execute(
            "UPDATE accounts SET password_hash = $3 WHERE county = $1 AND person = $2 AND password_hash = $4 AND NOT disabled",
            call.county, account->person, hash, account->password_hash)
        == 0)
        throw wrong_name_or_password();
    LoggedIn answer;
    answer.token = call.token = start_session(call, account->person);
    auto const viewer = viewer_of(call, answer.token);
    if (!viewer)
        throw wrong_name_or_password();
    call.viewer = *viewer;
    static_cast<Me&>(answer) = show_me(call, {});
    call.audit_subject = "person:" + std::to_string(account->person.value);
    return answer;
}

} // namespace concentric::accounts
