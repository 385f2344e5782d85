#include "web/app.hpp"

#include "core/log.hpp"
#include "core/migrations.hpp"
#include "web/openapi.hpp"
#include "web/problem.hpp"
#include "web/request_work.hpp"

#include <boost/beast/core/string.hpp>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>

namespace concentric::web {
namespace {

constexpr std::size_t usual_body = 1 << 20;
constexpr std::size_t file_body = 64 << 20;
constexpr auto keep_interval = std::chrono::minutes(5);
constexpr std::size_t most_kept_sessions = 200'000;
constexpr std::array statuses{200, 201, 204, 206, 400, 401, 403, 404, 405, 409, 412, 413, 416, 422, 429, 500, 503};
constexpr std::array<std::string_view, lane_count> lane_names{"read", "write", "batch", "slow", "quick", "look"};

constexpr std::string_view live_path = "/api/live"; // no route: what follows is no HTTP

bool asks_for_websocket(Request const& request)
{
    return boost::beast::iequals(request.header("upgrade"), "websocket") && !request.header("sec-websocket-key").empty()
        && request.header("sec-websocket-version") == "13";
}

Lane lane_of(Route const& route)
{
    if (route.is_slow)
        return Lane::slow;
    if (route.run_batch)
        return Lane::batch;
    if (route.writes || route.logs_reads)
        return route.writes ? Lane::write : Lane::look; // a look is answered when its audit line is on the disk
    return route.is_quick ? Lane::quick : Lane::read;
}

Reply page(int status, std::string content_type, std::string body)
{
    Reply reply;
    reply.status = status;
    reply.content_type = std::move(content_type);
    reply.headers = {{"Cache-Control", "no-store"}, {"X-Content-Type-Options", "nosniff"}};
    reply.body = std::move(body);
    return reply;
}

// The server leaves a body out by the method that came over the network, not by the one that was meant.
Answer without_body(Answer answer)
{
    return [answer = std::move(answer)](Reply&& reply) {
        reply.body.clear();
        answer(std::move(reply));
    };
}

} // namespace

struct App::RouteFigures {
    std::array<std::atomic<std::uint64_t>, statuses.size()> answers{};
    Histogram took;
};

// "ready" when the database answers and its schema is this program's.
class App::Readiness final : public Work {
public:
    explicit Readiness(Answer answer) : answer_(std::move(answer)) { }

    void run(db::Connection& db) override
    {
        auto const state = db.value<std::int64_t>("SELECT max(number) AS value FROM migrations").value_or(0);
        if (state != db::migrations().back().number)
            throw std::runtime_error("the schema is another version's");
    }
    void end(std::exception_ptr error) override
    {
        answer_(error ? page(503, "text/plain", "not ready\n") : page(200, "text/plain", "ready\n"));
    }

private:
    Answer answer_;
};

class App::KeepSession final : public Work {
public:
    KeepSession(App& app, Viewer viewer, std::int64_t county) : app_(app), viewer_(std::move(viewer)), county_(county) { }

    void run(db::Connection& db) override
    {
        auto call = app_.call_with(db);
        call.viewer = viewer_;
        call.county = county_;
        app_.sessions_.keep(call);
    }
    void end(std::exception_ptr) override { } // the next request tries again in five minutes

private:
    App& app_;
    Viewer viewer_;
    std::int64_t county_;
};

// A WebSocket is opened for whoever is logged in.
class App::Admission final : public Work {
public:
    Admission(App& app, Request&& request, Answer&& answer, bool is_secure)
        : app_(app), listening_(std::make_shared<Listening>()), answer_(std::move(answer)), is_secure_(is_secure)
    {
        listening_->request = std::move(request);
    }

    void run(db::Connection& db) override
    {
        auto call = app_.call_with(db);
        std::array const tokens{credential_of(listening_->request, is_secure_).token};
        auto const who = app_.sessions_.signed_in(call, tokens).front();
        if (!who)
            throw ApiError(ErrorKind::unauthenticated, {"登录已失效，请重新登录。", "Your log-in has ended; please log in again."});
        listening_->county = who->county;
        listening_->person = who->viewer.person.value;
    }
    void end(std::exception_ptr error) override
    {
        Reply reply;
        if (error)
            reply = problem_reply(error, language_of(listening_->request), listening_->request.id);
        else
            reply.listening = std::move(listening_);
        answer_(std::move(reply));
    }

private:
    App& app_;
    std::shared_ptr<Listening> listening_;
    Answer answer_;
    bool is_secure_;
};

App::App(AppParts parts, AppOptions options, SessionHooks sessions)
    : parts_(parts), options_(std::move(options)), sessions_(std::move(sessions)), other_figures_(std::make_unique<RouteFigures>()),
      anonymous_(options_.anonymous_per_minute)
{
}

App::~App() { parts_.lanes.stop(); } // what they still do is done for us

void App::add(Routes routes)
{
    for (auto& route : routes)
        table_.add(std::move(route));
    for (auto const* route : table_.all())
        figures_.try_emplace(route, std::make_unique<RouteFigures>());
    document_ = api_document(table_.all());
}

bool App::owns(std::string_view path)
{
    return path.starts_with("/api/") || path == "/api" || path == "/healthz" || path == "/readyz" || path == "/metrics";
}

std::size_t App::body_limit(std::string_view method, std::string_view path) const
{
    auto const match = table_.find(method, path);
    if (!match.route || !match.route->takes_file)
        return usual_body;
    if (auto const* const rule = rule_of(path); rule && rule->most_body)
        return rule->most_body;
    return match.route->permission == Permission::anyone ? usual_body : file_body;
}

void App::handle(Request&& request, Answer&& answer)
{
    if (answer_own_page(request, answer))
        return;
    if (request.path == live_path)
        return admit_listener(std::move(request), std::move(answer));
    auto const* const rule = rule_of(request.path);
    if (rule && request.method == "OPTIONS" && !rule->preflight.empty())
        return answer({.status = 204, .headers = rule->preflight});
    auto client = client_of(request, options_.trusted_proxies, options_.public_url);
    answer_routed(std::move(request), std::move(answer), rule, std::move(client));
}

void App::answer_routed(Request&& request, Answer&& answer, PathRule const* rule, Client client)
{
    auto const refuse = [&](Reply&& reply) {
        std::ranges::move(headers_of(rule), std::back_inserter(reply.headers));
        record(nullptr, request, reply.status, {}, client.address);
        answer(std::move(reply));
    };
    bool was_unfolded = false;
    try {
        was_unfolded = rule && rule->unfold && rule->unfold(request);
    } catch (ApiError const& error) {
        return refuse(problem_reply(error, language_of(request), request.id));
    }
    auto match = table_.find(request.method, request.path);
    if (!match.route)
        return refuse(reply_to_no_route(request, match, was_unfolded));
    if (was_unfolded && request.method == "HEAD")
        answer = without_body(std::move(answer));
    auto const lane = lane_of(*match.route);
    auto* const turn = request.turn;
    auto work = std::make_unique<RequestWork>(*this, std::move(match), std::move(request), std::move(answer), std::move(client));
    try {
        work->check_first();
    } catch (ApiError const&) {
        return work->end(std::current_exception());
    }
    offer(lane, std::move(work), turn);
}

Reply App::reply_to_no_route(Request const& request, RouteTable::Match const& match, bool was_unfolded) const
{
    auto const problem = [&](ErrorKind kind, Words words) {
        return problem_reply(ApiError(kind, std::move(words)), language_of(request), request.id);
    };
    if (match.allowed.empty())
        return problem(ErrorKind::not_found, {"没有这个页面。", "There is no such page."});
    if (was_unfolded)
        return problem(ErrorKind::malformed, {"这里没有这种请求方法。", "There is no such method here."});
    auto reply = edge_problem(405);
    reply.headers.push_back({"Allow", match.allowed});
    return reply;
}

std::vector<Header> App::headers_of(PathRule const* rule) const
{
    auto headers = rule ? rule->headers : std::vector<Header>{};
    if (rule && rule->of_moment)
        std::ranges::move(rule->of_moment(parts_.clock.now()), std::back_inserter(headers));
    return headers;
}

void App::offer(Lane lane, WorkPointer work, Turn* turn)
{
    if (!parts_.lanes.offer(lane, work, turn))
        work->end(std::make_exception_ptr(too_busy({})));
}

bool App::answer_own_page(Request const& request, Answer const& answer)
{
    if (request.method != "GET" && request.method != "HEAD")
        return false;
    if (request.path == "/healthz")
        answer(page(200, "text/plain", "alive\n"));
    else if (request.path == "/readyz")
        offer(Lane::read, std::make_unique<Readiness>(answer));
    else if (request.path == "/metrics")
        answer_metrics(request, answer);
    else if (request.path == "/api/openapi.json")
        answer(page(200, "application/json", document_));
    else
        return false;
    return true;
}

// A browser sends its cookie along whichever page opens a WebSocket, so the page must be one of ours.
void App::admit_listener(Request&& request, Answer&& answer)
{
    auto const client = client_of(request, options_.trusted_proxies, options_.public_url);
    auto const credential = credential_of(request, client.is_secure);
    auto const refuse = [&](ErrorKind kind, Words words) {
        answer(problem_reply(ApiError(kind, std::move(words)), language_of(request), request.id));
    };
    if (request.method != "GET" || !asks_for_websocket(request)) {
        auto reply = edge_problem(426);
        reply.headers.push_back({"Upgrade", "websocket"});
        return answer(std::move(reply));
    }
    if (credential.token.empty())
        return refuse(ErrorKind::unauthenticated, {"请先登录。", "Please log in."});
    if (credential.is_cookie && is_cross_site(request, true, options_.public_url))
        return refuse(ErrorKind::forbidden, {"请求不是从本平台的页面发出的。", "This did not come from a page of this platform."});
    offer(Lane::read, std::make_unique<Admission>(*this, std::move(request), std::move(answer), client.is_secure));
}

void App::answer_metrics(Request const& request, Answer const& answer)
{
    auto const client = client_of(request, options_.trusted_proxies, options_.public_url);
    if (options_.open_metrics || client.is_local)
        answer(page(200, "text/plain; version=0.0.4", metrics()));
    else
        answer(edge_problem(404));
}

std::string App::metrics() const
{
    Exposition out;
    write_route_figures(out);
    write_lane_figures(out);
    write_other_figures(out);
    return out.take();
}

void App::write_route_figures(Exposition& out) const
{
    auto const each_route = [&](auto const& sample) {
        for (auto const* route : table_.all())
            sample(fmt::format("route=\"{}\"", route->name), *figures_.at(route));
        sample(std::string("route=\"none\""), *other_figures_);
    };
    out.family("concentric_requests_total", MetricKind::counter, "Requests answered.");
    each_route([&](std::string const& route, RouteFigures const& figures) {
        for (std::size_t i = 0; i < statuses.size(); ++i)
            if (auto const count = figures.answers[i].load(); count > 0)
                out.sample(fmt::format("{},status=\"{}\"", route, statuses[i]), static_cast<double>(count));
    });
    out.family("concentric_request_seconds", MetricKind::histogram, "Time from the head of a request to its answer.");
    each_route([&](std::string const& route, RouteFigures const& figures) { out.sample(route, figures.took); });
}

void App::write_lane_figures(Exposition& out) const
{
    auto const each_lane = [&](std::string_view name, MetricKind kind, std::string_view help, auto LaneFigures::*figure) {
        out.family(name, kind, help);
        for (std::size_t i = 0; i < lane_count; ++i)
            out.sample(
                fmt::format("lane=\"{}\"", lane_names[i]), static_cast<double>(parts_.lanes.figures(static_cast<Lane>(i)).*figure));
    };
    each_lane("concentric_lane_waiting", MetricKind::gauge, "Requests that wait for their turn.", &LaneFigures::waiting);
    each_lane("concentric_lane_works_total", MetricKind::counter, "Requests done.", &LaneFigures::works);
    each_lane("concentric_lane_transactions_total", MetricKind::counter,
        "Transactions; works by transactions is the size of a batch.", &LaneFigures::transactions);
    each_lane("concentric_lane_refused_total", MetricKind::counter, "Requests refused because the queue was full.",
        &LaneFigures::refused);
    each_lane("concentric_lane_database_faults_total", MetricKind::counter, "Locks, deadlocks and lost connections.",
        &LaneFigures::faults);
}

void App::write_other_figures(Exposition& out) const
{
    auto const jobs = parts_.jobs.figures();
    out.family("concentric_jobs_running", MetricKind::gauge, "Jobs that run now.");
    out.sample("", static_cast<double>(jobs.running));
    out.family("concentric_jobs_total", MetricKind::counter, "Jobs ended, by how.");
    out.sample("state=\"done\"", static_cast<double>(jobs.done));
    out.sample("state=\"failed\"", static_cast<double>(jobs.failed));
    if (server_) {
        auto const server = server_->figures();
        out.family("concentric_connections", MetricKind::gauge, "Open connections.");
        out.sample("", static_cast<double>(server.open_connections));
        out.family("concentric_connections_refused_total", MetricKind::counter, "Connections over the limit.");
        out.sample("", static_cast<double>(server.turned_away));
        out.family("concentric_listeners", MetricKind::gauge, "Open WebSockets.");
        out.sample("", static_cast<double>(server.listeners));
    }
    out.family("process_resident_memory_bytes", MetricKind::gauge, "Memory held.");
    out.sample("", static_cast<double>(resident_bytes()));
}

void App::record(Route const* route, Request const& request, int status, PersonId person, std::string const& address)
{
    auto const took = std::chrono::steady_clock::now() - request.received;
    auto& figures = route ? *figures_.at(route) : *other_figures_;
    if (auto const found = std::find(statuses.begin(), statuses.end(), status); found != statuses.end())
        ++figures.answers[static_cast<std::size_t>(found - statuses.begin())];
    figures.took.add(took);
    if (options_.log_requests)
        log_request({request.method, route ? route->name : "", status, std::chrono::duration<double, std::milli>(took).count(),
            request.id, person, address});
}

void App::keep_session(Viewer const& viewer, std::int64_t county)
{
    auto const now = std::chrono::steady_clock::now();
    {
        std::lock_guard const lock(kept_mutex_);
        if (kept_.size() > most_kept_sessions)
            kept_.clear();
        auto const [place, is_new] = kept_.try_emplace(viewer.session.value, now);
        if (!is_new && now - place->second < keep_interval)
            return;
        place->second = now;
    }
    WorkPointer work = std::make_unique<KeepSession>(*this, viewer, county);
    parts_.lanes.offer(Lane::write, work); // when too much is going on, the next request does it
}

PathRule const* App::rule_of(std::string_view path) const
{
    auto const found = std::ranges::find_if(options_.paths, [&](auto const& rule) { return path.starts_with(rule.path); });
    return found == options_.paths.end() ? nullptr : &*found;
}

Call App::call_with(db::Connection& db) const
{
    Call call{db, options_.county, {}, parts_.clock.now(), parts_.jobs, parts_.blobs, parts_.events};
    call.session_days = options_.session_days;
    return call;
}

} // namespace concentric::web
