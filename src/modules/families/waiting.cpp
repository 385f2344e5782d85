#include "modules/families/waiting.hpp"

#include "modules/directory/kinship.hpp"
#include "modules/families/tables.hpp"

namespace concentric::families {

WaitingRequests count_waiting(Call& call, Nothing const&)
{
    static std::string const changes
        = "SELECT count(*) AS value FROM change_requests r WHERE r.county = $1 AND r.state = $4 AND r.student IN ("
        + directory::pupils_reached + ")";
    auto const joins = call.db.value<std::int64_t>(
        "SELECT count(*) AS value FROM join_requests r WHERE r.county = $1 AND r.state = $4 AND r.class IN (SELECT o.id FROM "
        "organisations o WHERE o.county = $1 AND o.path >= $2 AND o.path < $3)",
        call.county, call.viewer.path, call.viewer.path_end(), JoinState::waiting);
    return {joins.value_or(0),
        call.db.value<std::int64_t>(changes, call.county, call.viewer.path, call.viewer.path_end(), ChangeRequestState::waiting)
            .value_or(0)};
}

Routes waiting_routes()
{
    return {
        route(Verb::get, "/api/family-requests", Permission::approve_families, "family_request_count",
            "How many requests of families wait for a decision", count_waiting),
    };
}

} // namespace concentric::families
