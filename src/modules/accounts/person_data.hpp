#pragma once

#include "modules/accounts/accounts.hpp"
#include "modules/directory/person_data.hpp"

// What this module holds about a person, and who looked at or changed a person's file.
namespace concentric::accounts {

void add_person_data(Call& call, directory::PersonDataAsked const& asked);
// Ends every log-in and takes the account away.
void erase_person(Call& call, directory::PersonErased const& erased);

// Audit lines about a person by others, newest first, before an id; does not look at reach.
std::vector<AuditLine> lines_about(Call& call, PersonId person, AuditId before, std::int64_t most);

// How often what was done between two moments, by action and by the role that did it. No people: it was about nobody else's file,
// such as a log-in.
struct ActionCount {
    std::string action, role;
    std::int64_t times = 0, people = 0, actors = 0; // people whose file it was; those who acted
};
BOOST_DESCRIBE_STRUCT(ActionCount, (), (action, role, times, people, actors))
std::vector<ActionCount> actions_on_people(Call& call, Instant from, Instant to);

} // namespace concentric::accounts
