#include "modules/path_rules.hpp"

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

std::vector<web::PathRule> all_path_rules() { return {packages()}; }

} // namespace concentric
