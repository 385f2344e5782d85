#include "commands/commands.hpp"
#include "modules/tally/tally.hpp"

#include <fmt/format.h>

namespace concentric::commands {

static void rebuild(Setup const& setup, bool only_checks)
{
    Ground ground(setup);
    auto call = ground.call();
    db::Transaction transaction(*ground.db);
    auto const report = tally::rebuild(call, only_checks ? tally::Rebuild::check : tally::Rebuild::write);
    if (!only_checks)
        transaction.commit();
    auto const rate = [&](std::int64_t microseconds) {
        return microseconds ? static_cast<double>(report.entries) * 1e6 / static_cast<double>(microseconds) : 0.0;
    };
    auto const seconds = [](std::int64_t microseconds) { return static_cast<double>(microseconds) / 1e6; };
    auto const& times = report.processor;
    fmt::print("{} 条记录 entries, {} 行 rows, {} ms, {:.0f} 条/秒 entries/s\n", report.entries, report.rows, report.milliseconds,
        rate(report.milliseconds * 1000));
    fmt::print("处理器时间 processor time: 名册 directory {:.2f} s, 台账 ledger {:.2f} s, 计数 counting {:.2f} s, 判定 standing "
               "{:.2f} s, 写入 storing {:.2f} s\n",
        seconds(times.directory), seconds(times.ledger), seconds(times.counting), seconds(times.standing), seconds(times.storing));
    fmt::print("读取并计算 reading and computing: {:.0f} 条/秒 entries/s; 计算 computing: {:.0f} 条/秒 entries/s\n",
        rate(times.directory + times.ledger + times.counting + times.standing), rate(times.counting + times.standing));
    for (auto const& difference : report.differences)
        fmt::print(stderr, "{} {}: 现存 stored [{}] 应为 computed [{}]\n", difference.table, difference.key, difference.stored,
            difference.computed);
    if (report.different)
        throw std::runtime_error(fmt::format("{} 处不一致 / {} figures differ", report.different, report.different));
}

void add_rebuild(CLI::App& app, Setup& setup)
{
    static bool only_checks = false;
    auto* const command = app.add_subcommand("rebuild", "由台账重新计算全部数据 / computes all figures anew from the ledger");
    command->add_flag("--check", only_checks, "只核对，不写入 / only compares");
    command->callback([&setup] { rebuild(setup, only_checks); });
}

} // namespace concentric::commands
