#pragma once

#include "modules/calendar/own.hpp"

// What else people have at a time, asked before something is planned. It warns; nobody is kept from anything.
namespace concentric::calendar {

struct AskConflicts {
    Instant from, until; // 31 days at most
    std::vector<PersonId> people; // colleagues within reach, or children of the viewer; 50 at most
    std::optional<bool> own; // the viewer too
    std::optional<Text<1, 60>> except; // the item that is being planned: "activity-123"
};
BOOST_DESCRIBE_STRUCT(AskConflicts, (), (from, until, people, own, except))
void check(AskConflicts const&, Problems&);

struct Conflict {
    std::optional<directory::PersonBrief> person; // left out: the viewer
    std::string title; // empty for others than the viewer and their children: these are occupied, and that is all
    Instant from, until;
};
BOOST_DESCRIBE_STRUCT(Conflict, (), (person, title, from, until))
struct Conflicts {
    std::vector<Conflict> items; // the viewer's, then each person's in the order asked, by time
};
BOOST_DESCRIBE_STRUCT(Conflicts, (), (items))

// 404 for whoever is neither a child of the viewer nor holds a post within the viewer's reach.
Conflicts find_conflicts(Call&, AskConflicts const&);

Routes conflict_routes();

} // namespace concentric::calendar
