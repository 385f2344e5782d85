#include "commands/commands.hpp"
#include "core/migrations.hpp"

#include <fmt/format.h>

namespace concentric::commands {

void add_schema(CLI::App& app, Setup& setup)
{
    app.add_subcommand("schema", "输出数据库结构 / prints the database's schema")->callback([&setup] {
        setup.settings();
        fmt::print("{}", db::schema_text());
    });
}

} // namespace concentric::commands
