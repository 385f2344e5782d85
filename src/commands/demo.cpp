#include "modules/demo/demo.hpp"
#include "commands/commands.hpp"
#include "commands/output.hpp"

#include <fmt/format.h>

namespace concentric::commands {
namespace {

void print(demo::Made const& made)
{
    fmt::print(
        "演示县 / demo county: {} 名学生 pupils, {} 个家庭 families, {} 人 people, {} 个机构 organisations, {} 条台账 entries\n\n",
        made.pupils, made.families, made.people, made.organisations, made.entries);
    std::vector<std::vector<std::string>> rows{{"用户名 user name", "姓名 name", "身份 role", "单位 organisation"}};
    for (auto const& log_in : made.log_ins)
        rows.push_back({log_in.user_name, log_in.person, log_in.role, log_in.place});
    print_table(rows);
    fmt::print("\n  密码都是 / the password of all: {}\n", demo::password);
}

void make(Setup const& setup, demo::Order order, std::string const& today)
{
    Ground ground(setup);
    auto call = ground.call();
    auto const day = today.empty() ? call.today() : parse_day(today);
    if (!day)
        throw std::runtime_error("--today 请写成 2026-03-05 这样的日期 / --today wants a day such as 2026-03-05");
    order.today = *day;
    print(demo::make(call, order,
        [](Words const& step, double seconds) { fmt::print(stderr, "{} / {}: {:.1f} s\n", step.zh, step.en, seconds); }));
}

} // namespace

void add_demo(CLI::App& app, Setup& setup)
{
    static demo::Order order;
    static std::string today;
    auto* const command = app.add_subcommand("demo", "建一个演示县 / makes a demo county in an empty database");
    command->add_option("--schools", order.schools, "学校和幼儿园 / schools and kindergartens")
        ->check(CLI::Range(1, 5000))
        ->capture_default_str();
    command->add_option("--pupils", order.pupils, "学生 / pupils")->check(CLI::Range(1, 3'000'000))->capture_default_str();
    command->add_option("--seed", order.seed, "相同的种子得到相同的县 / the same seed gives the same county")
        ->capture_default_str();
    command->add_option("--entries", order.entries, "大约多少条台账 / about how many ledger entries")
        ->check(CLI::Range(1, 100'000'000));
    command->add_option("--today", today, "到哪一天为止 / the day up to which there is history");
    command->callback([&setup] { make(setup, order, today); });
}

} // namespace concentric::commands
