#include "commands/commands.hpp"
#include "core/crypto.hpp"
#include "core/keyring.hpp"
#include "modules/all.hpp"

#include <cstdlib>

namespace concentric::commands {

static constexpr char const* usual_file = "var/concentric.toml";

static std::filesystem::path file_of(Setup const& setup)
{
    if (!setup.file.empty())
        return setup.file;
    if (char const* const named = std::getenv("CONCENTRIC_CONFIG"))
        return named;
    return std::filesystem::exists(usual_file) ? usual_file : "";
}

void add_settings(CLI::App& app, Setup& setup)
{
    app.add_option("--config", setup.file, "设置文件 / settings file (TOML)");
    auto const& type = reflect::type_of<Settings>;
    for (auto const* field = type.fields; field != type.fields + type.count; ++field) {
        std::string const name = field->name;
        auto flag = "--" + name;
        std::replace(flag.begin(), flag.end(), '_', '-');
        auto const about = about_setting(name);
        app.add_option_function<std::string>(
               flag, [&setup, name](std::string const& value) { setup.flags[name] = value; }, about.zh + " / " + about.en)
            ->group("设置 / Settings");
    }
}

Settings Setup::settings() const
{
    auto read = read_settings({file_of(*this), settings_environment(), flags});
    set_up_log(read.log_level, read.log_format);
    crypto::set_password_cost(
        {static_cast<std::size_t>(read.password_kibibytes) * 1024, static_cast<unsigned>(read.password_passes)});
    return read;
}

static std::filesystem::path made(std::filesystem::path const& folder)
{
    std::filesystem::create_directories(folder);
    return folder;
}

static db::Address address_with_keys(Settings const& settings)
{
    auto address = db::parse_address(settings.database_or_default());
    address.keys = std::make_shared<Keyring>(address, settings.keys_or_default(), settings.crypto_suite);
    return address;
}

Ground::Ground(Setup const& setup)
    : settings(setup.settings()), address(address_with_keys(settings)), blobs(made(settings.data.c_str()) / "files", address.keys),
      jobs(address, blobs, events, clock), db(db::open(address))
{
    configure_all(settings);
    db::migrate(*db);
    address.keys->prepare(*db, settings.county);
    subscribe_all(events);
    handle_all_jobs(jobs);
}

Call Ground::call()
{
    return {*db, settings.county, the_system(), clock.now(), jobs, blobs, events, "command", "local", "concentric"};
}

} // namespace concentric::commands
