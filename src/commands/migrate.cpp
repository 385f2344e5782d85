#include "commands/commands.hpp"

#include <fmt/format.h>

namespace concentric::commands {

void add_migrate(CLI::App& app, Setup& setup)
{
    app.add_subcommand("migrate", "升级数据库结构 / brings the database's schema up to date")->callback([&setup] {
        auto const settings = setup.settings();
        std::filesystem::create_directories(settings.data.c_str());
        auto const db = db::open(db::parse_address(settings.database_or_default()));
        fmt::print("{}\n", db::migrate(*db));
    });
}

} // namespace concentric::commands
