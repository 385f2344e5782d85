#include "modules/privacy/privacy.hpp"

#include "modules/privacy/person_data.hpp"
#include "modules/privacy/purposes.hpp"
#include "modules/privacy/requests.hpp"

#include <iterator>

namespace concentric::privacy {

Routes routes()
{
    Routes all;
    for (auto const part : {purpose_routes, request_routes, consent_routes, consent_answer_routes, own_consent_routes,
             reading_routes, data_routes, retention_routes, yearly_audit_routes}) {
        auto more = part();
        all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    }
    return all;
}

void subscribe(Events& events)
{
    events.subscribe<directory::FileOpened>(guard_file);
    events.subscribe<directory::FilesListed>(guard_files);
    events.subscribe<accounts::AccessAsked>(add_access);
    events.subscribe<directory::PersonDataAsked>(add_person_data);
}

} // namespace concentric::privacy
