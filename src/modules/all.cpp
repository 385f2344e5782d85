#include "modules/all.hpp"

#include "modules/accounts/accounts.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/roster.hpp"
#include "modules/imports/imports.hpp"
#include "modules/ledger/entries.hpp"
#include "modules/ledger/history.hpp"
#include "modules/plan/plans.hpp"
#include "modules/supervision/supervision.hpp"
#include "modules/tally/tally.hpp"

#include <iterator>

namespace concentric {

Routes all_routes()
{
    Routes all;
    for (auto const routes : {accounts::routes, directory::routes, imports::routes, plan::routes, ledger::routes, supervision::routes}) {
        auto more = routes();
        all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    }
    return all;
}

void subscribe_all(Events& events)
{
    accounts::subscribe(events);
    directory::set_up(events);
    events.subscribe<ledger::EntriesAppended>(tally::entries_appended);
    events.subscribe<directory::MembershipsChanged>(tally::memberships_changed);
    events.subscribe<directory::TreeChanged>(tally::tree_changed);
    events.subscribe<plan::PlansChanged>(tally::plans_changed);
    events.subscribe<directory::RemovalAsked>(ledger::removal_asked);
    events.subscribe<directory::RemovalAsked>(plan::removal_asked);
}

void handle_all_jobs(Jobs& jobs)
{
    jobs.view_as(accounts::viewer_of_person);
    imports::handle_jobs(jobs);
    imports::add_importer(ledger::history_importer());
    jobs.handle(std::string(tally::rebuild_job), tally::run_rebuild_job);
    supervision::handle_jobs(jobs);
}

} // namespace concentric
