#include "modules/demo/demo.hpp"
#include "commands/commands.hpp"
#include "lib/text.hpp"

#include <fmt/format.h>

namespace concentric::commands {
namespace {

// A terminal gives a Chinese character two columns.
std::size_t columns_of(std::string_view text)
{
    std::size_t columns = 0;
    for (std::size_t at = 0; at < text.size();)
        columns += lib::next_character(text, at) < 0x2E80 ? 1 : 2;
    return columns;
}

void print_table(std::vector<std::vector<std::string>> const& rows)
{
    std::vector<std::size_t> widths(rows.front().size());
    for (auto const& row : rows)
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], columns_of(row[i]));
    for (auto const& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i)
            line += row[i] + (i + 1 < row.size() ? std::string(widths[i] - columns_of(row[i]) + 3, ' ') : "");
        fmt::print("  {}\n", line);
    }
}

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
