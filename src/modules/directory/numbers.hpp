#pragma once

#include "modules/directory/people.hpp"

#include <unordered_map>

// Telephone, identity and pupil numbers in clear: for whoever needs one for a stated reason, which is written down, and for
// oneself.
namespace concentric::directory {

struct AskNumbers {
    PersonId id;
    Text<2, 200> purpose; // in the asker's words; part of the audit line
};
BOOST_DESCRIBE_STRUCT(AskNumbers, (), (id, purpose))

struct Numbers {
    std::optional<std::string> identity, phone, student_number, school_number;
};
BOOST_DESCRIBE_STRUCT(Numbers, (), (identity, phone, student_number, school_number))

// 404 when the viewer's post does not reach the person.
Numbers show_numbers(Call&, AskNumbers const&);
Numbers show_own_numbers(Call&, Nothing const&);

// For exports of modules above, which have checked permission and reach and write the purpose down.
struct ClearNumbers {
    std::int64_t id = 0;
    SealedNumber identity_number, phone;
};
BOOST_DESCRIBE_STRUCT(ClearNumbers, (), (id, identity_number, phone))
std::unordered_map<std::int64_t, ClearNumbers> numbers_in_clear(Call&, std::vector<std::int64_t> const& people);

} // namespace concentric::directory
