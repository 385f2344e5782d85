#include "modules/accounts/accounts.hpp"

#include "core/crypto.hpp"
#include "lib/mask.hpp"
#include "lib/text.hpp"
#include "modules/accounts/access.hpp"
#include "modules/accounts/attempts.hpp"
#include "modules/accounts/passwords.hpp"
#include "modules/accounts/reach.hpp"
#include "modules/accounts/role_changes.hpp"
#include "modules/accounts/roles.hpp"
#include "modules/accounts/sessions.hpp"
#include "modules/directory/holders.hpp"

#include <algorithm>

namespace concentric::accounts {

static Words const the_account{"账号", "account"};

std::optional<Words> UserName::check(std::string_view text)
{
    static constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._@-";
    if (text.size() < 2 || text.size() > 40 || text.find_first_not_of(allowed) != std::string_view::npos)
        return Words{"用户名为 2 到 40 个字母、数字或 . _ - @。", "A user name has 2 to 40 letters, digits or . _ - @."};
    if (!Phone::check(text))
        return Words{
            "用户名不能是手机号，手机号请填在手机一栏。", "A mobile number is no user name; put it into the field for the phone."};
    return std::nullopt;
}

static AccountRow manageable_account(Call& call, PersonId person)
{
    require_manageable(call, person);
    auto account
        = call.db.row<AccountRow>("SELECT * FROM accounts WHERE county = $1 AND person = $2 FOR_UPDATE", call.county, person);
    if (!account)
        throw not_found(the_account);
    return std::move(*account);
}

static void note_subject(Call& call, PersonId person, std::string detail = {})
{
    call.audit_subject = "person:" + std::to_string(person.value);
    call.audit_detail = std::move(detail);
}

// ---- Creating. ----

using lib::unless_empty;

static void require_free(Call& call, PersonId person, std::string const& user_name, std::string const& phone)
{
    static constexpr std::string_view taken = "SELECT person AS value FROM accounts WHERE county = $1 AND person <> $2 AND ";
    Problems problems;
    static std::string const same_name = std::string(taken) + "user_name = $3 AND user_name <> ''";
    static std::string const same_phone = std::string(taken) + "substr(phone, 1, 28) = $3 AND phone <> ''";
    if (!user_name.empty() && call.db.value<PersonId>(same_name, call.county, person, user_name))
        problems.push_back({"user_name", "taken", {"这个用户名已被使用。", "This user name is taken."}});
    if (!phone.empty() && call.db.value<PersonId>(same_phone, call.county, person, whole_everywhere(phone)))
        problems.push_back({"phone", "taken", {"这个手机号已用于另一个账号。", "This phone belongs to another account."}});
    if (!problems.empty())
        throw invalid(std::move(problems));
}

static AccountRow row_of(Call& call, CreateAccount const& input)
{
    AccountRow row;
    row.county = call.county;
    row.person = input.person;
    row.user_name = input.user_name ? folded_name(*input.user_name) : "";
    row.phone = input.phone.value_or("");
    if (row.user_name.empty() && row.phone.empty())
        row.phone = directory::person_phone(call, input.person).value_or("");
    if (row.user_name.empty() && Phone::check(row.phone))
        throw invalid("user_name", "required",
            {"此人没有手机号，请填写用户名。", "This person has no mobile number; please give a user name."});
    row.created_at = row.password_changed_at = call.now;
    row.must_change = true;
    return row;
}

NewAccount create_account(Call& call, CreateAccount const& input)
{
    auto const password = one_time_password();
    auto const hash = crypto::hash_password(password);
    require_manageable(call, input.person);
    if (call.db.value<bool>("SELECT TRUE AS value FROM accounts WHERE county = $1 AND person = $2", call.county, input.person))
        throw conflict({"此人已有账号。", "This person has an account already."});
    auto row = row_of(call, input);
    require_free(call, row.person, row.user_name, row.phone);
    row.password_hash = hash;
    call.db.insert("accounts", row);
    note_subject(call, row.person);
    return {row.person, unless_empty(row.user_name), unless_empty(lib::mask_phone(row.phone)), password};
}

// ---- Changing. ----

OneTimePassword reset_password(Call& call, ResetPassword const& input)
{
    require_other(call, input.person);
    auto const password = one_time_password();
    auto const hash = crypto::hash_password(password);
    auto const account = manageable_account(call, input.person);
    call.db.execute("UPDATE accounts SET password_hash = $3, must_change = TRUE, password_changed_at = $4, version = version + 1 "
                    "WHERE county = $1 AND person = $2",
        call.county, input.person, hash, call.now);
    end_sessions(call, input.person, {});
    for (std::string const& name : {account.user_name, std::string(account.phone)})
        forget_failures(call, name);
    note_subject(call, input.person);
    return {password};
}

static std::vector<Account> shown(Call& call, std::vector<AccountRow> const& rows)
{
    std::vector<std::int64_t> people;
    for (auto const& row : rows)
        people.push_back(row.person.value);
    auto const names = directory::names_of(call, people);
    auto const seen = last_seen(call, people);
    std::vector<Account> accounts;
    for (auto const& row : rows) {
        auto const name = names.find(row.person.value);
        auto const at = seen.find(row.person.value);
        accounts.push_back({row.person, name == names.end() ? "" : name->second, unless_empty(row.user_name),
            unless_empty(lib::mask_phone(row.phone)), row.disabled, row.must_change, row.has_second_factor,
            at == seen.end() ? std::nullopt : std::optional(at->second), {}, row.version});
    }
    auto const by_person = [&](PersonId person) { return std::ranges::lower_bound(accounts, person, {}, &Account::person); };
    for (auto const& post : directory::posts_of(call, people, call.today()))
        by_person(post.person)->posts.push_back(directory::brief_of(call, post));
    return accounts;
}

static std::string changed_name(std::optional<std::string> const& wanted, std::string const& present, char const* field,
    std::optional<Words> (*check)(std::string_view), Problems& problems)
{
    if (!wanted)
        return present;
    auto name = folded_name(*wanted);
    if (auto words = name.empty() ? std::nullopt : check(name))
        problems.push_back({field, "invalid", std::move(*words)});
    return name;
}

// Which fields changed; never their content.
static std::string changes_between(AccountRow const& before, AccountRow const& after)
{
    std::vector<std::string> fields;
    if (before.user_name != after.user_name)
        fields.push_back("user_name");
    if (before.phone != after.phone)
        fields.push_back("phone");
    if (before.disabled != after.disabled)
        fields.push_back(after.disabled ? "disabled" : "enabled");
    return R"({"changed":)" + to_json(fields) + "}";
}

Account change_account(Call& call, ChangeAccount const& input)
{
    if (input.disabled.value_or(false))
        require_other(call, input.person);
    auto const before = manageable_account(call, input.person);
    call.require_version(before.version);
    auto after = before;
    Problems problems;
    after.user_name = changed_name(input.user_name, before.user_name, "user_name", UserName::check, problems);
    after.phone = changed_name(input.phone, before.phone, "phone", Phone::check, problems);
    after.disabled = input.disabled.value_or(before.disabled);
    if (problems.empty() && after.user_name.empty() && after.phone.empty())
        problems.push_back(
            {"user_name", "required", {"用户名和手机号至少保留一个。", "Keep at least one of user name and phone."}});
    if (!problems.empty())
        throw invalid(std::move(problems));

    require_free(call, after.person, after.user_name, after.phone);
    call.version = ++after.version;
    call.db.execute("UPDATE accounts SET user_name = $3, phone = $4, disabled = $5, version = $6 WHERE county = $1 AND person = $2",
        call.county, after.person, after.user_name, after.phone, after.disabled, after.version);
    if (after.disabled) {
        end_sessions(call, after.person, {});
        auto const keepers = directory::county_holders(call, Permission::manage_roles, call.today());
        if (std::ranges::find(keepers, after.person.value) != keepers.end())
            require_role_keeper(call, call.today());
    }
    note_subject(call, after.person, changes_between(before, after));
    return shown(call, {after}).front();
}

// ---- Listing. ----

Page<Account> list_accounts(Call& call, FindAccounts const& input)
{
    static constexpr std::int64_t most_named = 1000;
    static std::string const reached
        = "SELECT * FROM accounts WHERE county = $1 AND ($5 OR person IN (" + directory::people_reached + ")) AND person > $6 ";
    static std::string const all = reached + "ORDER BY person LIMIT $7";
    static std::string const found = reached
        + "AND (person ANY_OF($8) OR user_name = $9 OR substr(phone, 1, 28) = $10 AND phone <> '') ORDER BY person LIMIT $7";

    auto const& viewer = call.viewer;
    auto const limit = input.limit.value_or(Limit{50}).value;
    auto const query = [&](std::string const& sql, auto const&... more) {
        return call.db.rows<AccountRow>(sql, call.county, viewer.path, viewer.path_end(), call.today(),
            reaches_whole_county(viewer), input.after.value_or(PersonId{}), limit + 1, more...);
    };
    auto const name = folded_name(input.q.value_or(""));
    auto rows = input.q
        ? query(found, db::IntegerList{directory::people_named(call, *input.q, most_named)}, name, whole_everywhere(name))
        : query(all);
    Page<Account> page;
    if (static_cast<std::int64_t>(rows.size()) > limit) {
        rows.pop_back();
        page.next = std::to_string(rows.back().person.value);
    }
    page.items = shown(call, rows);
    return page;
}

std::vector<SealedColumn> sealed_columns() { return {{"accounts", "person", "phone", SealedLogInNumber::sealing}}; }

Routes routes()
{
    using enum Permission;
    return {
        route(Verb::post, "/api/sessions", anyone, "session_create", "Logs in with a user name or phone and a password", log_in)
            .slowly(),
        route(Verb::get, "/api/session", signed_in, "session_show", "Who is logged in, in which post and with which permissions",
            show_me),
        route(Verb::del, "/api/session", signed_in, "session_end", "Logs out", log_out),
        route(Verb::put, "/api/session/acting-as", signed_in, "session_act_as", "Chooses the post to act in", act_as),
        route(Verb::get, "/api/sessions", signed_in, "session_list", "One's own devices that are logged in", list_sessions),
        route(Verb::del, "/api/sessions/{id}", signed_in, "session_revoke", "Logs one of one's own devices out", end_session),
        route(Verb::put, "/api/password", signed_in, "password_change", "Changes one's own password and logs the other devices out",
            change_password)
            .slowly(),
        route(Verb::get, "/api/accounts", manage_accounts, "account_list", "Accounts of the people within reach", list_accounts),
        route(Verb::post, "/api/accounts", manage_accounts, "account_create", "Gives a person an account with a one-time password",
            create_account)
            .slowly(),
        route(Verb::put, "/api/accounts/{person}/password", manage_accounts, "password_reset",
            "Gives an account a new one-time password", reset_password)
            .slowly()
            .with_step_up(),
        route(Verb::patch, "/api/accounts/{person}", manage_accounts, "account_change",
            "Changes an account's names, disables or enables it", change_account),
        route(Verb::get, "/api/roles", signed_in, "role_list", "The roles that a post can give, and what each may do", list_roles),
        route(Verb::post, "/api/roles", manage_roles, "role_create", "Adds a role to the county", create_role).with_step_up(),
        route(
            Verb::patch, "/api/roles/{role}", manage_roles, "role_change", "Changes what a role is called and may do", change_role)
            .with_step_up(),
        route(Verb::del, "/api/roles/{role}", manage_roles, "role_remove", "Removes a role that nobody ever held", remove_role)
            .with_step_up(),
        route(Verb::get, "/api/people/{id}/access", read_people, "access_show", "Who can see a person's file, and why", show_access)
            .as_personal_file(),
        route(Verb::get, "/api/audit", read_audit, "audit_list", "Who did what, and who read whose file, within reach", list_audit),
    };
}

} // namespace concentric::accounts
