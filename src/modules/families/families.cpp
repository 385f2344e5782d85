#include "modules/families/families.hpp"

#include "core/route_parts.hpp"
#include "modules/directory/kinship.hpp"
#include "modules/families/access.hpp"
#include "modules/families/campaigns.hpp"
#include "modules/families/children.hpp"
#include "modules/families/class_codes.hpp"
#include "modules/families/join_requests.hpp"
#include "modules/families/merging.hpp"
#include "modules/families/own_data.hpp"
#include "modules/families/person_data.hpp"
#include "modules/families/waiting.hpp"

namespace concentric::families {

Routes routes()
{
    return joined({class_code_routes, invitation_routes, joining_routes, join_request_routes, delegation_routes, children_routes,
        no_contact_routes, merging_routes, change_request_routes, campaign_routes, own_data_routes, waiting_routes});
}

std::vector<SealedColumn> sealed_columns() { return {{"change_fields", "request, place", "wanted"}}; }

void subscribe(Events& events)
{
    events.subscribe<directory::ChildrenAsked>(children_asked);
    events.subscribe<accounts::AccessAsked>(add_access);
    events.subscribe<directory::PersonDataAsked>(add_person_data);
    events.subscribe<directory::PersonErased>(erase_person);
}

} // namespace concentric::families
