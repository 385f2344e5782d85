#pragma once

#include "core/blobs.hpp"
#include "core/config.hpp"
#include "core/jobs.hpp"

#include <CLI/CLI.hpp>

// What can be done from the command line. Each command has a file of its own with one function here that adds it to the program.
namespace concentric::commands {

// What was said on the command line before the command: where the settings are, and single settings.
struct Setup {
    std::string file; // empty: CONCENTRIC_CONFIG, else var/concentric.toml where there is one
    std::map<std::string, std::string> flags;

    // Reads the settings and sets up what is the same for every command: the log and the cost of passwords. Throws with all faults.
    Settings settings() const;
};

// What every command works with: the data folder, the migrated database, and a call of the system itself.
struct Ground {
    explicit Ground(Setup const& setup);
    // A call with all rights, now, in the installation's county.
    Call call();

    Settings const settings;
    db::Address const address;
    Clock clock;
    Events events;
    Blobs blobs;
    Jobs jobs;
    std::unique_ptr<db::Connection> db;
};

void add_settings(CLI::App& app, Setup& setup);
void add_serve(CLI::App& app, Setup& setup);
void add_migrate(CLI::App& app, Setup& setup);
void add_schema(CLI::App& app, Setup& setup);
void add_openapi(CLI::App& app, Setup& setup);
void add_admin(CLI::App& app, Setup& setup);
void add_plan(CLI::App& app, Setup& setup);
void add_what_if(CLI::App& app, Setup& setup);
void add_rebuild(CLI::App& app, Setup& setup);
void add_demo(CLI::App& app, Setup& setup);
void add_keys(CLI::App& app, Setup& setup);
void add_archive(CLI::App& app, Setup& setup);
void add_verify(CLI::App& app, Setup& setup);

} // namespace concentric::commands
