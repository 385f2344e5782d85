#include "core/crypto.hpp"
#include "lib/text.hpp"
#include "modules/accounts/attempts.hpp"
#include "modules/accounts/entering.hpp"
#include "modules/accounts/sessions.hpp"
#include "modules/directory/merges.hpp"

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
std::vector<AccountRow> accounts_with_phone(Call& call, std::string const& phone, std::int64_t county)
{
    return call.db.rows<AccountRow>("SELECT * FROM accounts WHERE substr(phone, 1, 28) = $2 AND phone <> '' AND (county = $1 OR $1 "
                                    "= 0) ORDER BY county LIMIT 4",
        county, whole_everywhere(phone));
}

std::vector<AccountRow> accounts_with_user_name(Call& call, std::string const& user_name, std::int64_t county)
{
    return call.db.rows<AccountRow>(
        "SELECT * FROM accounts WHERE user_name = $1 AND user_name <> '' AND (county = $2 OR $2 = 0) ORDER BY county LIMIT 4",
        user_name, county);
}

static std::vector<AccountRow> accounts_named(Call& call, std::string const& name, std::int64_t county)
{
    return Phone::check(name) ? accounts_with_user_name(call, name, county) : accounts_with_phone(call, name, county);
}

static ApiError wrong_name_or_password()
{
    return {ErrorKind::unauthenticated, {"用户名、手机号或密码不正确。", "The name, phone or password is not right."}};
}

// Who was tried and from where: a line for each account of this name. What was typed is not kept, because people type passwords
// into the field for the name.
static void note_refusal(Call& call, std::span<AccountRow const> tried)
{
    auto const county = call.county;
    for (auto const& account : tried) {
        call.county = account.county;
        call.audit_subject = "person:" + std::to_string(account.person.value);
        record_audit(call, "session_refuse");
        call.events.publish(call, LogInRefused{account.person, "password"});
    }
    call.county = county;
    call.audit_subject.clear();
    if (tried.empty())
        record_audit(call, "session_refuse");
}

static void tell_of_refusal(Call& call, std::string const& name, std::vector<AccountRow> const& accounts)
{
    db::Transaction transaction(call.db);
    note_failure(call, name);
    note_refusal(call, accounts);
    transaction.commit();
}

static void require_enabled(AccountRow const& account)
{
    if (account.disabled)
        throw ApiError(
            ErrorKind::forbidden, {"此账号已停用，请联系管理员。", "This account is disabled; please ask your administrator."});
}

static AccountRow account_with_password(Call& call, std::string const& name, LogIn const& input)
{
    auto accounts = accounts_named(call, name, input.county.value_or(0));
    for (auto& account : accounts)
        if (crypto::verify_password(input.password, account.password_hash))
            return std::move(account);
    // As much work as a wrong password, so that the time of the answer does not tell which names there are.
    if (accounts.empty())
        crypto::hash_password(input.password);
    tell_of_refusal(call, name, accounts);
    throw wrong_name_or_password();
}

AccountRow prove_password(Call& call, LogIn const& input)
{
    auto const name = folded_name(input.name);
    count_attempt(call, name);
    auto account = account_with_password(call, name, input);
    if (account.disabled)
        tell_of_refusal(call, name, {account});
    require_enabled(account);
    auto const hash = crypto::needs_rehash(account.password_hash) ? crypto::hash_password(input.password) : account.password_hash;

    call.county = account.county;
    forgive_attempt(call, name);
    // The password may have been reset, or the account disabled, while its hash was computed.
    if (call.db.execute(
            "UPDATE accounts SET password_hash = $3 WHERE county = $1 AND person = $2 AND password_hash = $4 AND NOT disabled",
            call.county, account.person, hash, account.password_hash)
        == 0)
        throw wrong_name_or_password();
    return account;
}

std::optional<AccountRow> account_of(Call& call, PersonId person)
{
    return call.db.row<AccountRow>("SELECT * FROM accounts WHERE county = $1 AND person = $2", call.county, person);
}

std::optional<AccountRow> open_account(Call& call, PersonId person)
{
    auto account = account_of(call, person);
    if (account)
        require_enabled(*account);
    return account;
}

void note_second_factor(Call& call, PersonId person, bool is_on)
{
    call.db.execute("UPDATE accounts SET has_second_factor = $3, version = version + 1 WHERE county = $1 AND person = $2",
        call.county, person, is_on);
}

LoggedIn admit(Call& call, PersonId proven, std::string_view method)
{
    auto const person = directory::kept_record(call, proven);
    LoggedIn answer;
    call.audit_subject = "person:" + std::to_string(person.value);
    call.events.publish(call, LogInProven{person, method, &answer.next});
    return answer.next ? answer : let_in(call, person, method, method == "password");
}

LoggedIn let_in(Call& call, PersonId person, std::string_view method, bool is_confirmed)
{
    auto const session = start_session(call, person, method, is_confirmed);
    auto const viewer = viewer_of(call, session.token);
    if (!viewer)
        throw wrong_name_or_password();
    call.viewer = *viewer;
    call.audit_subject = "person:" + std::to_string(person.value);
    call.events.publish(call, LogInDone{person, method, session.id});
    return {show_me(call, {}), session.token, {}};
}

LoggedIn log_in(Call& call, LogIn const& input) { return admit(call, prove_password(call, input).person, "password"); }

} // namespace concentric::accounts
