#pragma once

#include "core/blobs.hpp"
#include "core/jobs.hpp"
#include "core/metrics.hpp"
#include "core/signed_in.hpp"
#include "web/client.hpp"
#include "web/lanes.hpp"
#include "web/rate_limit.hpp"
#include "web/route_table.hpp"
#include "web/server.hpp"

#include <unordered_map>

// The platform's API: finds what a request asks for, checks who asks and whether they may, runs it, and answers.
namespace concentric::web {

// What holds for all that lies below a path.
struct PathRule {
    std::string path; // "/api/packages/"
    std::vector<Header> headers; // of every answer
    bool has_credential = false; // a request brings its own proof: it is no stranger whom to slow down
    std::vector<Header> preflight{}; // tells browsers that pages of other sites may ask (OPTIONS, as the Fetch standard has it)
    std::vector<Header> (*of_moment)(Instant) = nullptr; // headers that tell the time
    std::size_t most_body = 0; // bytes that routes taking a file take here; 0: as elsewhere
    bool names_all_parameters = false; // what a query has besides what the route names, or has twice, is refused
    // Makes the request that is meant of one that came in another form, and tells whether it did so; may throw ApiError.
    bool (*unfold)(Request&) = nullptr;
};

struct AppOptions {
    std::int64_t county = 0; // of those who are not logged in
    std::string public_url;
    std::vector<std::string> trusted_proxies;
    bool open_metrics = false; // else only for this machine
    bool log_requests = true;
    std::int64_t anonymous_per_minute = 120; // requests of one address to routes that need no log-in
    std::int64_t session_days = 30; // that a log-in lasts since it was last seen
    std::chrono::minutes step_up_within{10}; // how long a proof of who one is opens routes declared with_step_up
    std::vector<PathRule> paths{};
};

// How accounts are known to the edge.
struct SessionHooks {
    // The people behind tokens, in their order; nothing where a token is not, or no longer, good.
    std::function<std::vector<std::optional<SignedIn>>(Call&, std::span<std::string_view const> tokens)> signed_in;
    // Notes that the viewer's session is in use; may write.
    std::function<void(Call&)> keep;
};

// Everything that an answer is made with.
struct AppParts {
    Lanes& lanes;
    Jobs& jobs;
    Blobs& blobs;
    Events const& events;
    Clock const& clock;
};

class App {
public:
    App(AppParts parts, AppOptions options, SessionHooks sessions);
    ~App(); // stops the lanes

    // Before the first request.
    void add(Routes routes);
    // Whether the path is the app's, and not that of a page or picture.
    static bool owns(std::string_view path);
    // Answers later, from another thread, or at once; never blocks.
    void handle(Request&& request, Answer&& answer);
    // Most bytes of a body: 64 MiB where a file is taken of who is logged in, what the path's rule says, 1 MiB elsewhere.
    std::size_t body_limit(std::string_view method, std::string_view path) const;
    // Of every answer below this path.
    std::vector<Header> headers_for(std::string_view path) const { return headers_of(rule_of(path)); }
    // Adds the server's own figures to /metrics.
    void watch(Server const& server) { server_ = &server; }

    std::vector<Route const*> const& routes() const { return table_.all(); }

private:
    friend class RequestWork;
    class Readiness;
    class KeepSession;
    class Admission;
    struct RouteFigures;

    void answer_routed(Request&& request, Answer&& answer, PathRule const* rule, Client client);
    Reply reply_to_no_route(Request const& request, RouteTable::Match const& match, bool was_unfolded) const;
    bool answer_own_page(Request const& request, Answer const& answer);
    void admit_listener(Request&& request, Answer&& answer);
    void answer_metrics(Request const& request, Answer const& answer);
    std::string metrics() const;
    void write_route_figures(Exposition& out) const;
    void write_lane_figures(Exposition& out) const;
    void write_other_figures(Exposition& out) const;
    void offer(Lane lane, WorkPointer work, Turn* turn = nullptr);
    void record(Route const* route, Request const& request, int status, PersonId person, std::string const& address);
    void keep_session(Viewer const& viewer, std::int64_t county);
    Call call_with(db::Connection& db) const;
    std::vector<Header> headers_of(PathRule const* rule) const;
    PathRule const* rule_of(std::string_view path) const; // or null

    AppParts const parts_;
    AppOptions const options_;
    SessionHooks const sessions_;
    RouteTable table_;
    std::unordered_map<Route const*, std::unique_ptr<RouteFigures>> figures_;
    std::unique_ptr<RouteFigures> other_figures_;
    std::string document_; // the API document
    RateLimit anonymous_;
    std::mutex kept_mutex_;
    std::unordered_map<std::int64_t, std::chrono::steady_clock::time_point> kept_; // sessions, and when they were last noted
    Server const* server_ = nullptr;
};

} // namespace concentric::web
