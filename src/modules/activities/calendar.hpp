#pragma once

#include "modules/activities/notices.hpp"
#include "modules/activities/views.hpp"

// The timetable: what is there for somebody, what they run, and what they come to themselves.
namespace concentric::activities {

enum class Order { soonest, latest };
BOOST_DESCRIBE_ENUM(Order, soonest, latest)

struct ListActivities {
    std::optional<Day> from, to; // days on which an event begins
    std::optional<Text<1, 40>> kind; // or all kinds of that beginning: "service"
    std::optional<ActivityState> state;
    std::optional<OrganisationId> organiser; // with all below it
    std::optional<Text<1, 60>> q;
    std::optional<bool> is_mine; // only what the viewer may run
    std::optional<Order> order; // soonest when it is left out
    std::optional<Text<1, 60>> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListActivities, (), (from, to, kind, state, organiser, q, is_mine, order, after, limit))

struct KindView {
    std::string kind, name;
    bool has_slots = false;
    Comers comers = Comers::anybody;
    bool travels = false;
};
BOOST_DESCRIBE_STRUCT(KindView, (), (kind, name, has_slots, comers, travels))
struct Kinds {
    std::vector<KindView> items;
};
BOOST_DESCRIBE_STRUCT(Kinds, (), (items))

// What the viewer comes to or came to, and what they were told.
struct OwnActivities {
    std::vector<ActivityBrief> coming; // the soonest first
    std::vector<ActivityBrief> past; // the latest first; 50 at most
    std::int64_t attended = 0, minutes = 0; // of all closed ones
};
BOOST_DESCRIBE_STRUCT(OwnActivities, (), (coming, past, attended, minutes))

Kinds list_kinds(Call&, Nothing const&);
Page<ActivityBrief> list_activities(Call&, ListActivities const&);
ActivityView show_activity(Call&, OneActivity const&);
OwnActivities own_activities(Call&, Nothing const&);

} // namespace concentric::activities
