#include "commands/commands.hpp"
#include "core/news.hpp"
#include "modules/accounts/accounts.hpp"
#include "modules/accounts/viewer.hpp"
#include "modules/activities/activities.hpp"
#include "modules/all.hpp"
#include "modules/coursework/quiz_ends.hpp"
#include "modules/delivery/rounds.hpp"
#include "modules/feed/clearing.hpp"
#include "modules/path_rules.hpp"
#include "modules/privacy/privacy.hpp"
#include "modules/programmes/bills.hpp"
#include "modules/programmes/payment_checks.hpp"
#include "modules/rosters/rosters.hpp"
#include "modules/safety/telling.hpp"
#include "modules/seals/sealing.hpp"
#include "modules/service/service.hpp"
#include "modules/xapi/outgoing.hpp"
#include "web/app.hpp"
#include "web/static_files.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <csignal>
#include <cstdio>
#include <unistd.h>

namespace concentric::commands {
namespace {

constexpr unsigned longest_stop = 10; // seconds

// Signals that end the server wait for us; every thread that starts later keeps out of it.
sigset_t block_end_signals()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    return signals;
}

std::optional<web::StaticFiles> console_files(std::string const& told)
{
    if (!told.empty())
        return std::optional<web::StaticFiles>(std::in_place, told);
    for (auto const* const usual : {"web/console/dist", "/usr/share/concentric/console"})
        if (std::filesystem::is_directory(usual))
            return std::optional<web::StaticFiles>(std::in_place, usual);
    spdlog::warn("no web console: its files are not there");
    return std::nullopt;
}

web::LanesOptions lanes_options(Settings const& settings)
{
    auto const number = [](std::int64_t value) { return static_cast<int>(value); };
    auto const size = [](std::int64_t value) { return static_cast<std::size_t>(value); };
    return {number(settings.read_workers), number(settings.write_workers), number(settings.batch_workers),
        number(settings.slow_workers), size(settings.read_queue), size(settings.write_queue), size(settings.slow_queue),
        std::chrono::seconds(settings.answer_seconds)};
}

web::ServerOptions server_options(Settings const& settings, web::App const& app)
{
    web::ServerOptions options;
    options.listen = settings.listen;
    options.io_threads = static_cast<int>(settings.io_threads);
    options.max_connections = static_cast<std::size_t>(settings.connections);
    options.body_limit = [&app](std::string_view method, std::string_view path) { return app.body_limit(method, path); };
    options.refusal_headers = [&app](std::string_view path) { return app.headers_for(path); };
    options.answer_timeout = std::chrono::seconds(settings.answer_seconds);
    options.drain_timeout = std::chrono::seconds(settings.drain_seconds);
    return options;
}

web::Handler handler_of(web::App& app, std::optional<web::StaticFiles> const& console)
{
    return [&app, &console](web::Request&& request, web::Answer&& answer) {
        if (web::App::owns(request.path))
            return app.handle(std::move(request), std::move(answer));
        auto page = console ? console->find(request) : std::nullopt;
        answer(page ? std::move(*page) : web::edge_problem(404));
    };
}

void keep_recurring_work(Ground& ground)
{
    auto call = ground.call();
    db::Transaction transaction(*ground.db);
    seals::keep_sealing(call, ground.settings.seal_minutes);
    privacy::keep_checking_retention(call);
    activities::keep_reminding(call);
    activities::keep_offering(call);
    safety::keep_reminding(call);
    service::keep_reminding(call);
    rosters::keep_reminding_duties(call);
    delivery::keep_delivering(call);
    feed::keep_clearing(call);
    programmes::keep_checking_payments(call);
    programmes::keep_fetching_bills(call);
    coursework::begin_ending_quizzes(call);
    xapi::keep_handing_on(call);
    transaction.commit();
}

void serve(Setup const& setup)
{
    auto const end_signals = block_end_signals();
    Ground ground(setup);
    auto const& settings = ground.settings;
    web::Lanes lanes(ground.address, lanes_options(settings));
    accounts::RememberedViewers viewers;
    web::App app({lanes, ground.jobs, ground.blobs, ground.events, ground.clock},
        {settings.county, settings.public_url, settings.trusted_proxies, settings.open_metrics, settings.log_requests,
            settings.anonymous_per_minute, settings.session_days, std::chrono::minutes(settings.step_up_minutes), all_path_rules()},
        {[&viewers](Call& call, std::span<std::string_view const> tokens) { return viewers.signed_in(call, tokens); },
            accounts::keep_session});
    app.add(all_routes());
    auto const console = console_files(settings.console);
    web::Server server(server_options(settings, app), handler_of(app, console));
    app.watch(server);
    NewsWire const wire(
        ground.address, ground.events,
        [&server](std::int64_t county, News const& news) { server.tell(county, news.topic, news.people); },
        [&server] { server.tell_all("all"); });
    server.start();
    keep_recurring_work(ground);
    ground.jobs.start(static_cast<int>(settings.job_workers));
    fmt::print("同心圆 Concentric http://{}\n", server.address());
    std::fflush(stdout);

    int signal = 0;
    sigwait(&end_signals, &signal);
    spdlog::info("stopping");
    alarm(longest_stop); // what has not ended by then is cut off; nothing that was acknowledged is lost by that
    std::thread jobs_end([&] { ground.jobs.stop(); });
    server.stop();
    lanes.stop();
    jobs_end.join();
}

} // namespace

void add_serve(CLI::App& app, Setup& setup)
{
    app.add_subcommand("serve", "运行服务器 / runs the server")->callback([&setup] { serve(setup); });
}

} // namespace concentric::commands
