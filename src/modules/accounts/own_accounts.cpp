#include "modules/accounts/own_accounts.hpp"

#include "core/crypto.hpp"
#include "modules/accounts/entering.hpp"
#include "modules/accounts/passwords.hpp"
#include "modules/accounts/sessions.hpp"
#include "modules/directory/merges.hpp"

namespace concentric::accounts {

static Problem phone_taken()
{
    return {"phone", "taken",
        {"这个手机号已有账号，请先用它登录，再输入班级码。",
            "This phone has an account already; please log in with it, then enter the code."}};
}

std::string hash_of_own_password(std::string const& password, std::string const& name, Phone const& phone)
{
    AccountRow row;
    row.phone = phone;
    if (auto fault = fault_of_password(password, row, name)) {
        fault->path = "password";
        throw invalid(Problems{std::move(*fault)});
    }
    return crypto::hash_password(password);
}

void open_own_account(Call& call, PersonId person, Phone const& phone, std::string const& password_hash)
{
    if (account_with_phone(call, phone))
        throw invalid(Problems{phone_taken()});
    AccountRow row;
    row.county = call.county;
    row.person = person;
    row.phone = phone;
    row.password_hash = password_hash;
    row.created_at = row.password_changed_at = call.now;
    call.db.insert("accounts", row);
}

bool has_account(Call& call, PersonId person)
{
    return call.db.value<bool>("SELECT TRUE AS value FROM accounts WHERE county = $1 AND person = $2", call.county, person)
        .has_value();
}

std::unordered_set<std::int64_t> with_account(Call& call, std::vector<std::int64_t> const& people)
{
    auto const found = call.db.values<std::int64_t>(
        "SELECT person AS value FROM accounts WHERE county = $1 AND person ANY_OF($2)", call.county, db::IntegerList{people});
    return {found.begin(), found.end()};
}

std::optional<PersonId> account_with_phone(Call& call, std::string const& phone)
{
    auto const found = accounts_with_phone(call, phone, call.county);
    return found.empty() ? std::nullopt : std::optional(found.front().person);
}

void follow_phone(Call& call, PersonId person, std::string const& old_phone, Phone const& phone)
{
    auto const holder = account_with_phone(call, phone);
    if (holder == person)
        return;
    if (holder)
        throw invalid(Problems{phone_taken()});
    auto const account = call.db.row<AccountRow>("SELECT * FROM accounts WHERE county = $1 AND person = $2", call.county, person);
    if (account && !account->phone.empty() && account->phone == old_phone)
        call.db.execute("UPDATE accounts SET phone = $3, version = version + 1 WHERE county = $1 AND person = $2", call.county,
            person, SealedLogInNumber(phone));
}

static void move_account(Call& call, PersonId from, PersonId to)
{
    call.db.execute(
        "UPDATE accounts SET person = $3, version = version + 1 WHERE county = $1 AND person = $2", call.county, from, to);
}

static void move_sessions(Call& call, PersonId from, PersonId to)
{
    call.db.execute("UPDATE sessions SET person = $3, acting_as = 0 WHERE county = $1 AND person = $2", call.county, from, to);
}

void close_account(Call& call, PersonId person)
{
    end_sessions(call, person, {});
    call.db.execute("DELETE FROM accounts WHERE county = $1 AND person = $2", call.county, person);
}

static bool has_second_factor(Call& call, PersonId person)
{
    return call.db
        .value<bool>("SELECT has_second_factor AS value FROM accounts WHERE county = $1 AND person = $2", call.county, person)
        .value_or(false);
}

// Without a log-in of its own the kept record takes over the other's; else both open it: one person with two telephones.
static void people_merged(Call& call, directory::PeopleMerged const& event)
{
    if (!has_account(call, event.merged))
        return;
    if (!directory::posts_of(call, event.kept, call.today()).empty())
        throw conflict({"这位家长同时担任岗位：请其用本人原有的账号登录后再加入。",
            "This carer holds a post as well: they join after logging in with the account that they have."});
    *event.moved_log_in = !has_account(call, event.kept);
    if (*event.moved_log_in && has_second_factor(call, event.merged))
        throw conflict(
            {"其中一条记录的账号开通了二次验证：请保留那条记录。", "One record's log-in has a second factor: keep that record."});
    if (*event.moved_log_in)
        move_account(call, event.merged, event.kept);
    move_sessions(call, event.merged, event.kept);
}

static void people_parted(Call& call, directory::PeopleParted const& event)
{
    if (event.moved_log_in) {
        move_account(call, event.kept, event.merged);
        move_sessions(call, event.kept, event.merged);
    } else if (has_account(call, event.merged)) {
        end_sessions(call, event.kept, {}); // by which of the two log-ins they came is not known
    }
}

void subscribe_to_merges(Events& events)
{
    events.subscribe<directory::PeopleMerged>(people_merged);
    events.subscribe<directory::PeopleParted>(people_parted);
}

} // namespace concentric::accounts
