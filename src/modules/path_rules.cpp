#include "modules/path_rules.hpp"

#include "modules/form_requests.hpp"
#include "modules/xapi/endpoint.hpp"
#include "modules/xapi/telling.hpp"

namespace concentric {

// A teaching package is a stranger's program. `sandbox` without allow-same-origin gives each of its pages an origin of its own that
// is nobody's, also where one is opened by its address: no session, no storage, no page of ours. What it may load is its own files
// only, so that nothing it learns leaves for elsewhere. Its ticket opens nothing but these files, so anybody's page may read them.
static web::PathRule packages()
{
    return {"/api/packages/",
        {{"Content-Security-Policy",
             "sandbox allow-scripts allow-forms allow-modals; default-src 'none'; "
             "script-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; style-src 'self' 'unsafe-inline'; "
             "img-src 'self' data: blob:; media-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' data: blob:; "
             "frame-src 'self' data: blob:; worker-src blob:; form-action 'none'; base-uri 'self'"},
            {"Access-Control-Allow-Origin", "*"}, {"Referrer-Policy", "no-referrer"}},
        true};
}

// Learning records: players stand on other sites and speak from the learner's browser. What opens the door is the log-in in the
// head of the request; no cookie is asked for here, so anybody's page may try. What players kept comes back with whatever type they
// gave it, so a browser must never run it as a page of ours.
static web::PathRule learning_records()
{
    web::PathRule rule{"/api/xapi/",
        {{"X-Experience-API-Version", "1.0.3"}, {"Access-Control-Allow-Origin", "*"},
            {"Content-Security-Policy", "sandbox; default-src 'none'"},
            {"Access-Control-Expose-Headers",
                "ETag, Last-Modified, X-Experience-API-Version, X-Experience-API-Consistent-Through"}},
        true};
    rule.preflight = {{"X-Experience-API-Version", "1.0.3"}, {"Access-Control-Allow-Origin", "*"},
        {"Access-Control-Allow-Methods", "GET, POST, PUT, DELETE"},
        {"Access-Control-Allow-Headers", "Authorization, Content-Type, If-Match, If-None-Match, X-Experience-API-Version"},
        {"Access-Control-Max-Age", "86400"}};
    rule.most_body = xapi::most_of_request;
    rule.names_all_parameters = true; // xAPI 1.0.3, Communication 3.2
    rule.unfold = unfold_form;
    rule.of_moment = [](Instant now) -> std::vector<web::Header> {
        return {{"X-Experience-API-Consistent-Through", text_of(xapi::settled_until(now))}};
    };
    return rule;
}

std::vector<web::PathRule> all_path_rules() { return {packages(), learning_records()}; }

} // namespace concentric
