#pragma once

#include "core/call.hpp"
#include "core/sealed.hpp"

#include <utility>

// Where somebody lives, their staff number (工号) and a pupil's number in the class's list (班内学号).
namespace concentric::directory {

struct DetailFields {
    SealedText address, staff_number, class_number;
    bool operator==(DetailFields const&) const = default;
};
BOOST_DESCRIBE_STRUCT(DetailFields, (), (address, staff_number, class_number))

// All empty for somebody of whom nothing was told.
DetailFields details_of(db::Connection&, std::int64_t county, PersonId);
void set_details(db::Connection&, std::int64_t county, std::vector<std::pair<PersonId, DetailFields>> const&);
void remove_details(db::Connection&, std::int64_t county, PersonId);

// Who has this staff number, whole as it was told.
std::vector<PersonId> people_with_staff_number(db::Connection&, std::int64_t county, std::string_view number);

} // namespace concentric::directory
