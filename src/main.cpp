#include "commands/commands.hpp"

#include <fmt/format.h>

int main(int argc, char** argv)
{
    namespace commands = concentric::commands;
    CLI::App app{"同心圆：教联体平台 / Concentric: the platform of a county's education consortium", "concentric"};
    app.require_subcommand(1);
    app.fallthrough();
    commands::Setup setup;
    commands::add_settings(app, setup);
    commands::add_serve(app, setup);
    commands::add_migrate(app, setup);
    commands::add_schema(app, setup);
    commands::add_openapi(app, setup);
    commands::add_admin(app, setup);
    commands::add_plan(app, setup);
    commands::add_what_if(app, setup);
    commands::add_rebuild(app, setup);
    commands::add_demo(app, setup);
    commands::add_keys(app, setup);
    commands::add_archive(app, setup);
    commands::add_verify(app, setup);
    int status = 0;
    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& error) {
        status = app.exit(error);
    } catch (std::exception const& error) {
        fmt::print(stderr, "concentric: {}\n", error.what());
        status = 1;
    }
    concentric::flush_log();
    return status;
}
