#pragma once

#include "modules/visits/views.hpp"

// What a pupil's growth book tells of home visits: that they were and what was agreed, nothing of what was found.
namespace concentric::visits {

struct VisitInBook {
    Instant held_at;
    Form form = Form::home;
    std::string class_name, visitor; // who led
    std::vector<PointView> points;
};
BOOST_DESCRIBE_STRUCT(VisitInBook, (), (held_at, form, class_name, visitor, points))

// Those that were made, the oldest first. Without asking for reach.
std::vector<VisitInBook> visits_in_book(Call&, PersonId student);
Words words_of(Form);

} // namespace concentric::visits
