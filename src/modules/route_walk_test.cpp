#include "modules/all.hpp"
#include "testing/fresh.hpp"
#include "web/app.hpp"
#include "web/openapi.hpp"

#include <gmock/gmock.h>

#include <future>
#include <set>

// Walks through every route of every module: what must hold for all of them, whoever wrote them.
namespace concentric {
namespace {

struct RouteWalk : testing::Test, Fresh {
    RouteWalk() { app.add(all_routes()); }

    static web::AppOptions options()
    {
        web::AppOptions made;
        made.county = county;
        made.log_requests = false;
        return made;
    }

    int status_without_log_in(Route const& route)
    {
        std::promise<int> status;
        web::Request request;
        request.method = web::method_of(route.verb);
        request.path = request.target = path_of(route);
        request.remote_address = "127.0.0.1";
        request.received = std::chrono::steady_clock::now();
        app.handle(std::move(request), [&](web::Reply&& reply) { status.set_value(reply.status); });
        return status.get_future().get();
    }

    // The path with an id in every gap.
    static std::string path_of(Route const& route)
    {
        auto path = route.path;
        for (auto from = path.find('{'); from != std::string::npos; from = path.find('{'))
            path.replace(from, path.find('}') - from + 1, "1");
        return path;
    }

    web::Lanes lanes{database.address, {}};
    web::App app{{lanes, jobs, blobs, events, clock}, options(),
        {[](Call&, std::span<std::string_view const> tokens) { return std::vector<std::optional<SignedIn>>(tokens.size()); },
            [](Call&) {}}};
};

TEST_F(RouteWalk, no_route_answers_a_stranger)
{
    for (auto const* route : app.routes()) {
        if (route->permission != Permission::anyone) {
            EXPECT_EQ(status_without_log_in(*route), 401) << route->name;
        }
    }
}

// Open days that are told to everybody, what logging in is made of, what proves a certificate or a printed record genuine, what
// WeChat Pay signs, what speaks another's protocol with a log-in of its own, and what brings a proof of its own; this list may only
// shrink.
TEST_F(RouteWalk, only_these_need_no_log_in)
{
    std::set<std::string> open;
    for (auto const* route : app.routes())
        if (route->permission == Permission::anyone)
            open.insert(route->name);

    EXPECT_EQ(open,
        (std::set<std::string>{"session_create", "join_check", "join_create", "session_second_step", "session_by_binding",
            "session_by_phone", "session_by_wechat", "session_by_sso", "sso_attempt_create", "log_in_method_list",
            "log_in_code_send", "password_code_send", "password_code_use", "certificate_check", "certificate_code_check",
            "service_record_check", "public_key_list", "package_file_show", "badge_status_list_show", "badge_issuer_show",
            "badge_achievement_show", "badge_key_show", "payment_notice_take", "xapi_about_show", "xapi_statement_send",
            "xapi_statement_put", "xapi_statement_export", "xapi_activity_export", "xapi_agent_export", "xapi_state_put",
            "xapi_state_merge", "xapi_state_export", "xapi_state_remove", "xapi_activity_profile_put",
            "xapi_activity_profile_merge", "xapi_activity_profile_export", "xapi_activity_profile_remove", "xapi_agent_profile_put",
            "xapi_agent_profile_merge", "xapi_agent_profile_export", "xapi_agent_profile_remove", "calendar_feed_export",
            "open_day_list"}));
}

TEST_F(RouteWalk, every_route_has_a_name_a_summary_and_a_place_in_the_document)
{
    auto const document = web::api_document(app.routes());

    for (auto const* route : app.routes()) {
        EXPECT_THAT(route->name, testing::MatchesRegex("[a-z][a-z_]*_[a-z]+")) << route->path;
        EXPECT_FALSE(route->summary.empty()) << route->name;
        EXPECT_THAT(route->path, testing::MatchesRegex("/api/.*")) << route->name;
        EXPECT_THAT(document, testing::HasSubstr("\"operationId\": \"" + route->name + "\""));
    }
}

TEST_F(RouteWalk, every_gap_in_a_path_is_a_field_of_the_input)
{
    for (auto const* route : app.routes())
        for (auto from = route->path.find('{'); from != std::string::npos; from = route->path.find('{', from + 1)) {
            auto const name = route->path.substr(from + 1, route->path.find('}', from) - from - 1);
            auto const* const end = route->input->fields + route->input->count;
            EXPECT_TRUE(std::any_of(route->input->fields, end, [&](auto const& field) { return name == field.name; }))
                << route->name << " " << name;
        }
}

} // namespace
} // namespace concentric
