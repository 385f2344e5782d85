#include "commands/commands.hpp"
#include "modules/accounts/accounts.hpp"

#include <fmt/format.h>

namespace concentric::commands {
namespace {

struct NewAdmin {
    std::string name, user, county_name;
};

std::string both(Words const& words) { return words.zh + " / " + words.en; }

std::string fault_of_user_name(std::string const& text)
{
    auto const fault = accounts::UserName::check(text);
    return fault ? both(*fault) : "";
}

// The county is founded when it is not there yet; in one that is there, another official is added.
accounts::NewAccount add_official(Call& call, NewAdmin const& wanted)
{
    if (directory::county_name(call).empty() && wanted.county_name.empty())
        throw invalid("county-name", "required",
            {"新建县（市、区）时请用 --county-name 写明名称。", "A new county needs its name: --county-name."});
    db::Transaction transaction(call.db);
    auto const person = directory::found_county(call, wanted.county_name, wanted.name);
    auto account = accounts::create_account(call, {person, accounts::UserName(wanted.user), {}});
    record_audit(call, "admin_create");
    transaction.commit();
    return account;
}

void create(Setup const& setup, NewAdmin const& wanted)
try {
    Ground ground(setup);
    auto call = ground.call();
    auto const account = add_official(call, wanted);
    fmt::print("县（市、区） / county: {} ({})\n用户名 / user name: {}\n一次性密码 / one-time password: {}\n首次登录后必须修改。 / "
               "It must be changed at the first log-in.\n",
        directory::county_name(call), call.county, account.user_name.value_or(""), account.password);
} catch (ApiError const& error) {
    throw std::runtime_error(both(error.problems.empty() ? error.words : error.problems.front().words));
}

} // namespace

void add_admin(CLI::App& app, Setup& setup)
{
    auto const wanted = std::make_shared<NewAdmin>();
    auto* const admin = app.add_subcommand("admin", "管理员 / administrators")->require_subcommand(1);
    auto* const command = admin->add_subcommand("create",
        "新建县（市、区）及其管理员，用 --county 指定行政区划代码 / founds a county and its first official; --county gives its "
        "code");
    command->add_option("--name", wanted->name, "姓名 / the person's name")->required();
    command->add_option("--user", wanted->user, "用户名 / the user name to log in with")->required()->check(fault_of_user_name);
    command->add_option(
        "--county-name", wanted->county_name, "县（市、区）名称，新建时必填 / the county's name, needed when it is new");
    command->callback([&setup, wanted] { create(setup, *wanted); });
}

} // namespace concentric::commands
