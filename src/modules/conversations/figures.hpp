#pragma once

#include "core/route.hpp"
#include "modules/directory/posts.hpp"

// How soon families are answered, class by class: what a school's leader sees of conversations, and nothing of what is in them.
// Confidential ones are not in it.
namespace concentric::conversations {

struct FindFigures {
    Day from, to;
};
BOOST_DESCRIBE_STRUCT(FindFigures, (), (from, to))
void check(FindFigures const&, Problems&);

struct ClassFigures {
    OrganisationId unit; // none: all together
    std::string class_name, school_name;
    std::int64_t begun = 0; // in these days
    std::int64_t answered = 0, within_a_day = 0; // answers to families in these days
    std::optional<double> median_hours; // that a family waited
    std::int64_t unanswered = 0; // now
    std::optional<std::int64_t> longest_days; // that somebody waits now
};
BOOST_DESCRIBE_STRUCT(
    ClassFigures, (), (unit, class_name, school_name, begun, answered, within_a_day, median_hours, unanswered, longest_days))

struct ConversationFigures {
    ClassFigures whole;
    std::vector<ClassFigures> items; // classes within reach in which anything was written
};
BOOST_DESCRIBE_STRUCT(ConversationFigures, (), (whole, items))

// The middle of waiting times, in hours to one place; nothing of nothing.
std::optional<double> median_hours(std::vector<std::int64_t> milliseconds);

ConversationFigures show_figures(Call&, FindFigures const&);

Routes figure_routes();

} // namespace concentric::conversations
