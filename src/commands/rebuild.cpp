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
    auto const& times = report.times;
    fmt::print("{} 条记录 entries, {} 行 rows, {} ms, {} 条/秒 entries/s\n", report.entries, report.rows, report.milliseconds,
        report.entries * 1000 / std::max<std::int64_t>(report.milliseconds, 1));
    fmt::print("名册 directory {} ms, 台账 ledger {} ms, 指标 figures {} ms\n", times.directory, times.ledger, times.figures);
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
