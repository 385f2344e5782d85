#pragma once

#include "modules/activities/attendee_codes.hpp"

// One's own codes as they stay on paper, for whoever comes without a phone, and whether they are in by now.
namespace concentric::activities {

struct OwnPaperCode {
    PersonId person;
    std::string name, code;
    bool was_there = false;
    std::optional<Instant> left_at; // by the last scan out
};
BOOST_DESCRIBE_STRUCT(OwnPaperCode, (), (person, name, code, was_there, left_at))
struct OwnPaperCodes {
    std::vector<OwnPaperCode> items;
};
BOOST_DESCRIBE_STRUCT(OwnPaperCodes, (), (items))
OwnPaperCodes show_own_paper_codes(Call&, OneActivity const&);

} // namespace concentric::activities
