#include "commands/commands.hpp"
#include "commands/output.hpp"
#include "modules/directory/members.hpp"
#include "modules/supervision/trial_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace concentric::commands {
namespace {

using supervision::Trial;
using supervision::TrialTable;

struct Asked {
    std::string file, against, organisation, day, format = "table", language = "zh";
    bool all = false;
};

std::shared_ptr<plan::InForce const> plan_in(Call& call, std::string const& file)
{
    auto parsed = plan::parse(read_file(file), file);
    print_faults(parsed.faults);
    if (!parsed.plan)
        throw std::runtime_error("方案文件有错误 / the plan file has faults");
    return plan::as_if_loaded(call, std::move(*parsed.plan));
}

// Another plan file, the key of a plan in force, or else the plan of the same key in force.
std::shared_ptr<plan::InForce const> plan_against(Call& call, std::string const& named, std::string const& key)
{
    if (named.ends_with(".toml"))
        return plan_in(call, named);
    auto found = plan::version_in_force(call, named.empty() ? key : named);
    if (!found && !named.empty())
        throw std::runtime_error(fmt::format("没有执行中的方案 {0} / no plan {0} is in force", named));
    return found;
}

directory::OrganisationRef organisation_of(Call& call, std::string const& named)
{
    if (named.empty()) {
        auto const root = directory::open_children(call.db, call.county, {}, call.today());
        if (root.empty())
            throw std::runtime_error("还没有单位 / there are no organisations yet");
        return root.front();
    }
    auto const found = directory::organisation_called(call.db, call.county, named);
    auto const by_id = found || named.find_first_not_of("0123456789") != std::string::npos
        ? found
        : directory::organisation(call.db, call.county, {std::stoll(named)});
    if (!by_id)
        throw std::runtime_error("找不到这个单位 / there is no such organisation: " + named);
    return *by_id;
}

std::vector<supervision::TrialOutcome> outcomes_of(Trial const& trial, OrganisationId unit)
{
    std::vector<supervision::TrialOutcome> outcomes;
    for (auto const& outcome : trial.outcomes) {
        auto const found
            = std::find_if(outcome.units.begin(), outcome.units.end(), [&](auto const& one) { return one.unit == unit; });
        outcomes.push_back(found == outcome.units.end()
                ? supervision::TrialOutcome{}
                : supervision::TrialOutcome{found->before, found->after, found->newly_covered, found->newly_missing});
    }
    return outcomes;
}

// The organisations right below, under the obligations where anything differs.
std::vector<supervision::TrialLine> lines_below(Call& call, Trial const& trial, OrganisationId unit)
{
    std::vector<supervision::TrialLine> lines;
    for (auto const& child : directory::open_children(call.db, call.county, unit, trial.summary.day)) {
        auto const outcomes = outcomes_of(trial, child.id);
        for (std::size_t i = 0; i < outcomes.size(); ++i)
            if (outcomes[i].differs())
                lines.push_back({i, child.name, outcomes[i]});
    }
    return lines;
}

// Leaves out what both plans say and find alike.
void keep_what_differs(supervision::TrialSummary& summary, std::vector<supervision::TrialOutcome>& outcomes)
{
    std::size_t kept = 0;
    for (std::size_t i = 0; i < outcomes.size(); ++i)
        if (summary.obligations[i].change != supervision::PlanChange::same || outcomes[i].differs()) {
            summary.obligations[kept] = std::move(summary.obligations[i]);
            outcomes[kept++] = outcomes[i];
        }
    summary.obligations.resize(kept);
    outcomes.resize(kept);
    std::erase_if(summary.point_rules, [](auto const& rule) { return rule.change == supervision::PlanChange::same; });
}

struct PrintedFigure {
    std::string obligation;
    std::int64_t total_before = 0, covered_before = 0, excused_before = 0, total_after = 0, covered_after = 0, excused_after = 0;
    std::int64_t newly_covered = 0, newly_missing = 0;
};
BOOST_DESCRIBE_STRUCT(PrintedFigure, (),
    (obligation, total_before, covered_before, excused_before, total_after, covered_after, excused_after, newly_covered,
        newly_missing))

struct Printed {
    supervision::TrialSummary trial;
    std::string organisation;
    std::vector<PrintedFigure> figures;
};
BOOST_DESCRIBE_STRUCT(Printed, (), (trial, organisation, figures))

void print_json(supervision::TrialSummary const& summary, std::string const& organisation,
    std::vector<supervision::TrialOutcome> const& outcomes)
{
    Printed printed{summary, organisation, {}};
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        auto const& [before, after] = std::tie(outcomes[i].before, outcomes[i].after);
        printed.figures.push_back({summary.obligations[i].key, before.total, before.covered, before.excused, after.total,
            after.covered, after.excused, outcomes[i].newly_covered, outcomes[i].newly_missing});
    }
    fmt::print("{}\n", to_json(printed));
}

void print(std::vector<TrialTable> const& tables, std::string const& format)
{
    for (auto const& table : tables) {
        if (table.rows.empty())
            continue;
        if (format == "csv") {
            fmt::print("{}\n", lib::write_csv(table.headings, table.rows));
            continue;
        }
        fmt::print("\n{}\n", table.title);
        std::vector<std::vector<std::string>> lines{table.headings};
        for (auto const& row : table.rows) {
            auto& line = lines.emplace_back();
            for (auto const& cell : row)
                line.push_back(std::holds_alternative<std::string>(cell) ? std::get<std::string>(cell)
                                                                         : std::to_string(std::get<std::int64_t>(cell)));
        }
        print_table(lines);
    }
}

void what_if(Setup const& setup, Asked const& asked)
{
    Ground ground(setup);
    auto call = ground.call();
    call.language = asked.language == "en" ? Language::en : Language::zh;
    auto const day = asked.day.empty() ? call.today() : parse_day(asked.day);
    if (!day)
        throw std::runtime_error("--day 请写成 2026-03-05 这样的日期 / --day wants a day such as 2026-03-05");
    db::Transaction const reading(*ground.db, true);
    auto const changed = plan_in(call, asked.file);
    auto trial = supervision::try_plan(call, changed, plan_against(call, asked.against, changed->plan.key), *day);
    auto& summary = trial.summary;
    auto const organisation = organisation_of(call, asked.organisation);
    auto outcomes = outcomes_of(trial, organisation.id);
    if (asked.format == "json")
        return print_json(summary, organisation.name, outcomes);
    using namespace supervision;
    auto const organisations = organisations_table(call.language, summary, lines_below(call, trial, organisation.id));
    if (!asked.all)
        keep_what_differs(summary, outcomes);
    print({obligations_table(call.language, summary, outcomes), organisations, point_rules_table(call.language, summary),
              points_table(call.language, summary), credentials_table(call.language, summary)},
        asked.format);
    fmt::print(stderr, "{} 条记录 entries, {} ms\n", summary.entries, summary.milliseconds);
}

} // namespace

void add_what_if(CLI::App& app, Setup& setup)
{
    static Asked asked;
    auto* const command = app.add_subcommand(
        "what-if", "试算：修改后的方案会怎样，不写入任何数据 / what a changed plan would make of the ledger; writes nothing");
    command->add_option("file", asked.file, "TOML")->required()->check(CLI::ExistingFile);
    command->add_option(
        "--against", asked.against, "与哪个方案相比：文件或执行中方案的 key / a plan file, or the key of a plan in force");
    command->add_option("--organisation", asked.organisation, "单位的名称、代码或编号 / name, code or id");
    command->add_option("--day", asked.day, "看哪一天所在的周期 / the periods that hold this day");
    command->add_option("--format", asked.format, "输出格式 / format")
        ->check(CLI::IsMember({"table", "json", "csv"}))
        ->capture_default_str();
    command->add_flag("--all", asked.all, "也列出没有变化的指标 / also the obligations that stay as they are");
    command->add_option("--language", asked.language, "语言 / language")->check(CLI::IsMember({"zh", "en"}))->capture_default_str();
    command->callback([&setup] { what_if(setup, asked); });
}

} // namespace concentric::commands
