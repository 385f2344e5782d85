#pragma once

#include "modules/activities/access.hpp"

// How long each pupil served at an event: what scans, lists and the community's own word say, for modules above.
namespace concentric::activities {

// One source's word about somebody's time at an event of service.
struct Served {
    ActivityId activity;
    PersonId person;
    Instant from_at, until_at; // cut to the event
    PresenceSource source = PresenceSource::list;
    std::string title, organiser_name;
    OrganisationId organiser, resource;
    Stretch time() const { return {from_at, until_at}; }
};
BOOST_DESCRIBE_STRUCT(Served, (), (activity, person, from_at, until_at, source, title, organiser_name, organiser, resource))

// Of these people, at closed events of service that touch the time; by person and beginning.
std::vector<Served> served_by(Call&, std::vector<std::int64_t> const& people, Stretch time);
// Of everybody at one event, closed or not.
std::vector<Served> served_at(Call&, ActivityId);

// The event's own word about somebody's time instead of what was there; without a time the person was not there. The event is held.
void set_time(Call&, OwnedActivity const&, PersonId, std::optional<Stretch>);

// Where service is or was offered: resources, and organisers of what needs none; ascending.
std::vector<std::int64_t> bases_of_service(Call&);

// Whether a closed event left this person an entry.
bool has_result(Call&, ActivityId, PersonId);

} // namespace concentric::activities
