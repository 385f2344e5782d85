#include "modules/calendar/calendar.hpp"

#include "modules/calendar/conflicts.hpp"
#include "modules/calendar/days.hpp"
#include "modules/calendar/feeds.hpp"
#include "modules/directory/merges.hpp"
#include "modules/directory/person_data.hpp"

#include <iterator>

namespace concentric::calendar {
namespace {

struct FeedData {
    std::string name;
    FeedScope scope = FeedScope::own;
    Instant created_at, read_at;
};
BOOST_DESCRIBE_STRUCT(FeedData, (), (name, scope, created_at, read_at))

void add_person_data(Call& call, directory::PersonDataAsked const& asked)
{
    asked.sections->push_back(directory::section_of("calendar_feeds", {"日历订阅", "Calendar subscriptions"},
        call.db.rows<FeedData>("SELECT name, scope, created_at, read_at FROM calendar_feeds WHERE county = $1 AND person = $2 "
                               "ORDER BY id",
            call.county, asked.person)));
}

void end_feeds(Call& call, PersonId person)
{
    call.db.execute(
        "DELETE FROM calendar_told WHERE county = $1 AND feed IN (SELECT id FROM calendar_feeds WHERE county = $1 AND person = $2)",
        call.county, person);
    call.db.execute("DELETE FROM calendar_feeds WHERE county = $1 AND person = $2", call.county, person);
}

void person_erased(Call& call, directory::PersonErased const& erased) { end_feeds(call, erased.person); }
// The other record logs in no more, so what it gave out ends.
void people_merged(Call& call, directory::PeopleMerged const& merged) { end_feeds(call, merged.merged); }

} // namespace

Routes routes()
{
    Routes all;
    for (auto const part : {own_routes, feed_routes, conflict_routes, day_routes})
        std::ranges::move(part(), std::back_inserter(all));
    return all;
}

void subscribe(Events& events)
{
    events.subscribe<directory::HappeningsAsked>(add_days);
    events.subscribe<directory::PeopleMerged>(people_merged);
    events.subscribe<directory::PersonDataAsked>(add_person_data);
    events.subscribe<directory::PersonErased>(person_erased);
}

} // namespace concentric::calendar
