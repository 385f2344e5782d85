#include "modules/all.hpp"

#include "core/reseal.hpp"
#include "modules/accounts/accounts.hpp"
#include "modules/activities/activities.hpp"
#include "modules/archives/archives.hpp"
#include "modules/calendar/calendar.hpp"
#include "modules/conversations/conversations.hpp"
#include "modules/coursework/coursework.hpp"
#include "modules/coursework/question_import.hpp"
#include "modules/delivery/channels.hpp"
#include "modules/delivery/delivery.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/person_data.hpp"
#include "modules/directory/roster.hpp"
#include "modules/enrolment/enrolment.hpp"
#include "modules/enrolment/person_data.hpp"
#include "modules/families/families.hpp"
#include "modules/feed/feed.hpp"
#include "modules/forms/forms.hpp"
#include "modules/growth/growth.hpp"
#include "modules/imports/imports.hpp"
#include "modules/inbox/inbox.hpp"
#include "modules/instructors/instructors.hpp"
#include "modules/learning/learning.hpp"
#include "modules/ledger/entries.hpp"
#include "modules/ledger/history.hpp"
#include "modules/ledger/merged_people.hpp"
#include "modules/notices/notices.hpp"
#include "modules/paper/paper.hpp"
#include "modules/payments/payments.hpp"
#include "modules/plan/plans.hpp"
#include "modules/privacy/privacy.hpp"
#include "modules/programmes/programmes.hpp"
#include "modules/recognition/recognition.hpp"
#include "modules/rosters/rosters.hpp"
#include "modules/safety/safety.hpp"
#include "modules/seals/seals.hpp"
#include "modules/service/service.hpp"
#include "modules/sign_in/sign_in.hpp"
#include "modules/supervision/supervision.hpp"
#include "modules/tally/tally.hpp"
#include "modules/visits/visits.hpp"
#include "modules/xapi/xapi.hpp"

#include <iterator>

namespace concentric {

void configure_all(Settings const& settings)
{
    sign_in::configure(settings);
    delivery::configure(settings);
    learning::configure(settings);
    payments::configure(settings);
    recognition::configure(settings);
    visits::configure(settings);
    xapi::configure(settings);
}

Routes all_routes()
{
    Routes all;
    for (auto const routes : {
             accounts::routes,
             inbox::routes,
             sign_in::routes,
             delivery::routes,
             directory::routes,
             families::routes,
             paper::routes,
             notices::routes,
             feed::routes,
             imports::routes,
             enrolment::routes,
             plan::routes,
             calendar::routes,
             ledger::routes,
             supervision::routes,
             privacy::routes,
             seals::routes,
             learning::routes,
             programmes::routes,
             coursework::routes,
             activities::routes,
             forms::routes,
             recognition::routes,
             instructors::routes,
             service::routes,
             visits::routes,
             safety::routes,
             rosters::routes,
             growth::routes,
             xapi::routes,
             conversations::routes,
             archives::routes,
         }) {
        auto more = routes();
        all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    }
    return all;
}

void subscribe_all(Events& events)
{
    accounts::subscribe(events);
    inbox::subscribe(events);
    sign_in::subscribe(events);
    delivery::subscribe(events);
    directory::set_up(events);
    families::subscribe(events);
    notices::subscribe(events);
    feed::subscribe(events);
    privacy::subscribe(events);
    calendar::subscribe(events);
    learning::subscribe(events);
    coursework::subscribe(events);
    activities::subscribe(events);
    forms::subscribe(events);
    recognition::subscribe(events);
    instructors::subscribe(events);
    service::subscribe(events);
    visits::subscribe(events);
    safety::subscribe(events);
    rosters::subscribe(events);
    growth::subscribe(events);
    xapi::subscribe(events);
    conversations::subscribe(events);
    events.subscribe<ledger::EntriesAppended>(tally::entries_appended);
    events.subscribe<directory::MembershipsChanged>(tally::memberships_changed);
    events.subscribe<directory::PupilsChangedFamily>(tally::pupils_changed_family);
    events.subscribe<directory::TreeChanged>(tally::tree_changed);
    events.subscribe<plan::PlansChanged>(tally::plans_changed);
    programmes::subscribe(events);
    events.subscribe<directory::RemovalAsked>(ledger::removal_asked);
    events.subscribe<directory::PeopleMerged>(ledger::people_merged);
    events.subscribe<directory::PeopleParted>(ledger::people_parted);
    events.subscribe<directory::RemovalAsked>(plan::removal_asked);
    events.subscribe<directory::PersonDataAsked>(ledger::add_person_data);
    events.subscribe<directory::PersonDataAsked>(enrolment::add_person_data);
    events.subscribe<directory::PersonErased>(enrolment::erase_person);
}

void handle_all_jobs(Jobs& jobs)
{
    jobs.view_as(accounts::viewer_of_person);
    imports::handle_jobs(jobs);
    sign_in::handle_jobs(jobs);
    delivery::handle_jobs(jobs);
    enrolment::handle_jobs(jobs);
    notices::handle_jobs(jobs);
    feed::handle_jobs(jobs);
    privacy::handle_jobs(jobs);
    imports::add_importer(ledger::history_importer());
    programmes::add_importers();
    imports::add_importer(coursework::question_importer());
    jobs.handle(std::string(tally::rebuild_job), tally::run_rebuild_job);
    supervision::handle_jobs(jobs);
    seals::handle_jobs(jobs);
    learning::handle_jobs(jobs);
    programmes::handle_jobs(jobs);
    coursework::handle_jobs(jobs);
    activities::handle_jobs(jobs);
    forms::handle_jobs(jobs);
    recognition::handle_jobs(jobs);
    service::handle_jobs(jobs);
    visits::handle_jobs(jobs);
    safety::handle_jobs(jobs);
    rosters::handle_jobs(jobs);
    xapi::handle_jobs(jobs);
    conversations::handle_jobs(jobs);
    archives::handle_jobs(jobs);
    handle_reseal_job(jobs, all_sealed_columns());
}

std::vector<SealedColumn> all_sealed_columns()
{
    auto all = sealed_columns_of_jobs();
    for (auto const& columns : {
             accounts::sealed_columns(),
             activities::sealed_columns(),
             sign_in::sealed_columns(),
             delivery::sealed_columns(),
             directory::sealed_columns(),
             families::sealed_columns(),
             forms::sealed_columns(),
             imports::sealed_columns(),
             enrolment::sealed_columns(),
             seals::sealed_columns(),
             recognition::sealed_columns(),
             activities::sealed_columns(),
             instructors::sealed_columns(),
             service::sealed_columns(),
             visits::sealed_columns(),
             safety::sealed_columns(),
             rosters::sealed_columns(),
             growth::sealed_columns(),
             xapi::sealed_columns(),
             conversations::sealed_columns(),
             archives::sealed_columns(),
         })
        all.insert(all.end(), columns.begin(), columns.end());
    return all;
}

} // namespace concentric
