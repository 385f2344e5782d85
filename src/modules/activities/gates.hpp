#pragma once

#include "modules/activities/scan_rules.hpp"
#include "modules/activities/views.hpp"

// How people are let in to an event: once or in and out, and by which gates (入口).
namespace concentric::activities {

using GateName = Text<1, 40>;

struct GateFigures {
    std::string name; // empty: by no gate of a name
    std::int64_t came = 0, left = 0, repeated = 0;
};
BOOST_DESCRIBE_STRUCT(GateFigures, (), (name, came, left, repeated))

struct Admission {
    CheckType check_type = CheckType::once;
    std::vector<std::string> gates;
    std::vector<GateFigures> figures; // of the gates, then of what was scanned elsewhere
    std::int64_t inside = 0; // in and not out again; of an event that lets in once everybody who came
    std::int64_t late = 0; // scans that were handed in after the event was closed
    std::int64_t without_consent = 0; // pupils who were let in off line on a journey that no guardian had agreed to
};
BOOST_DESCRIBE_STRUCT(Admission, (), (check_type, gates, figures, inside, late, without_consent))

struct SetAdmission {
    ActivityId id;
    CheckType check_type = CheckType::once;
    std::vector<GateName> gates;
};
BOOST_DESCRIBE_STRUCT(SetAdmission, (), (id, check_type, gates))
void check(SetAdmission const&, Problems&);

Admission show_admission(Call&, OneActivity const&);
// What was scanned before is reckoned anew. 409 once the event is closed.
Admission set_admission(Call&, SetAdmission const&);

CheckType check_type_of(Call&, ActivityId);
std::vector<std::string> gates_of(Call&, ActivityId);

} // namespace concentric::activities
