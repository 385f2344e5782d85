#include "commands/commands.hpp"
#include "commands/output.hpp"
#include "modules/plan/plans.hpp"
#include "modules/tally/tally.hpp"

#include <fmt/format.h>

namespace concentric::commands {
namespace {

void check(std::vector<std::string> const& names)
{
    std::size_t faults = 0;
    for (auto const& name : names) {
        auto const parsed = plan::parse(read_file(name), name);
        print_faults(parsed.faults);
        faults += parsed.faults.size();
        if (parsed.plan)
            fmt::print("{}: {} ({}): {} 项要求 requirements, {} 条积分规则 point rules, {} 种证书 credentials, {} 项评优 awards, "
                       "{} 个阶段 milestones\n",
                name, parsed.plan->title.zh, parsed.plan->key, parsed.plan->requirements.size(), parsed.plan->points.size(),
                parsed.plan->credentials.size(), parsed.plan->awards.size(), parsed.plan->milestones.size());
    }
    if (faults)
        throw std::runtime_error(fmt::format("{} 处错误 / {} faults", faults, faults));
}

void load(Setup const& setup, std::vector<std::string> const& names, std::string const& note)
{
    Ground ground(setup);
    auto call = ground.call();
    db::Transaction transaction(*ground.db);
    for (auto const& name : names) {
        auto const loaded = plan::load(call, read_file(name), name.substr(name.rfind('/') + 1), note);
        print_faults(loaded.faults);
        if (!loaded.faults.empty())
            throw std::runtime_error("方案没有载入 / nothing was loaded");
    }
    record_audit(call, "plan_load");
    transaction.commit();
    ground.jobs.run_all();
    fmt::print("{} 个方案已执行 / plans are in force\n", names.size());
}

} // namespace

void add_plan(CLI::App& app, Setup& setup)
{
    static std::vector<std::string> files;
    static std::string note;
    auto* const plan = app.add_subcommand("plan", "检查或载入方案 / checks or loads plans");
    plan->require_subcommand(1);
    auto* const checking = plan->add_subcommand("check", "检查方案文件 / checks plan files");
    checking->add_option("file", files, "TOML")->required()->check(CLI::ExistingFile);
    checking->callback([] { check(files); });
    auto* const loading = plan->add_subcommand("load", "载入并执行方案 / loads plans and puts them in force");
    loading->add_option("file", files, "TOML")->required()->check(CLI::ExistingFile);
    loading->add_option("--note", note, "说明 / what changed");
    loading->callback([&setup] { load(setup, files, note); });
}

} // namespace concentric::commands
