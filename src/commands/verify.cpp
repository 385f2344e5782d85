#include "commands/commands.hpp"
#include "commands/teller.hpp"
#include "modules/seals/sealing.hpp"
#include "modules/seals/verification.hpp"

#include <fmt/format.h>

namespace concentric::commands {
namespace {

seals::Verification verified(Call& call)
{
    Progress progress;
    Teller const teller(progress);
    return seals::verify(call, {}, progress);
}

void print(std::int64_t county, seals::Fault const& fault)
{
    auto const stream = seals::words_of(fault.stream);
    fmt::print("{:06} {} {} 第 {} 块 / block {}{}: {} {} {}\n", county, stream.zh, stream.en, fault.block, fault.block,
        fault.row ? fmt::format(", 编号 id {}", fault.row->value) : "", name_of(fault.kind), fault.zh, fault.en);
}

std::vector<std::int64_t> counties(Ground& ground)
{
    return ground.db->values<std::int64_t>("SELECT county AS value FROM counties WHERE county > 0 ORDER BY county");
}

void seal(Setup const& setup)
{
    Ground ground(setup);
    for (auto const county : counties(ground)) {
        auto call = ground.call();
        call.county = county;
        Progress progress;
        auto const sealed = seals::seal_until(call, {call.now.milliseconds + 1}, progress);
        fmt::print("{:06}: {} 块 blocks, {} 行 rows\n", county, sealed.blocks, sealed.rows);
    }
}

void verify(Setup const& setup)
{
    Ground ground(setup);
    std::int64_t faults = 0;
    for (auto const county : counties(ground)) {
        auto call = ground.call();
        call.county = county;
        auto const report = verified(call);
        faults += report.fault_count;
        for (auto const& fault : report.faults)
            print(county, fault);
        fmt::print("{:06}: {} 块 blocks, {} 行 rows, {} 行待封存 waiting, {} 处问题 faults, {:.1f} s, {:.0f} 行/秒 rows/s\n",
            county, report.blocks, report.rows, report.waiting, report.fault_count, static_cast<double>(report.milliseconds) / 1000,
            report.milliseconds ? static_cast<double>(report.rows) * 1000 / static_cast<double>(report.milliseconds) : 0.0);
        for (auto const stream : seals::all_streams)
            if (auto const last = seals::newest(*ground.db, county, stream))
                fmt::print("  {} {}: 第 {} 块 / block {} {}\n", seals::words_of(stream).zh, seals::words_of(stream).en,
                    last->number, last->number, seals::digest_of(*last));
    }
    if (faults)
        throw std::runtime_error(fmt::format("{} 处与封存不符 / {} differences from what was sealed", faults, faults));
}

} // namespace

void add_verify(CLI::App& app, Setup& setup)
{
    app.add_subcommand(
           "seal", "立即封存台账和审计日志，例如在备份之前 / seals ledger and audit log now, before a back-up for example")
        ->callback([&setup] { seal(setup); });
    app.add_subcommand("verify", "核验台账和审计日志自封存以来未被改动 / proves that ledger and audit log are what was sealed")
        ->callback([&setup] { verify(setup); });
}

} // namespace concentric::commands
