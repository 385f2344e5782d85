#include "modules/privacy/privacy.hpp"

#include "core/route_parts.hpp"
#include "modules/privacy/person_data.hpp"
#include "modules/privacy/purposes.hpp"
#include "modules/privacy/requests.hpp"

namespace concentric::privacy {

Routes routes()
{
    return joined({purpose_routes, request_routes, consent_routes, consent_answer_routes, own_consent_routes, reading_routes,
        data_routes, retention_routes, yearly_audit_routes});
}

void subscribe(Events& events)
{
    events.subscribe<directory::FileOpened>(guard_file);
    events.subscribe<directory::FilesListed>(guard_files);
    events.subscribe<accounts::AccessAsked>(add_access);
    events.subscribe<directory::PersonDataAsked>(add_person_data);
}

} // namespace concentric::privacy
