#pragma once

#include "modules/directory/tables.hpp"

#include <span>

// Deals pupils into classes so that girls and boys are spread evenly.
namespace concentric::enrolment {

struct Dealt {
    directory::Sex sex = directory::Sex::unknown;
    std::int64_t number = 0; // of the class that a list says; 0: any
    std::size_t class_ = none; // place in `numbers`; stays `none` where the list names a class that there is not
    static constexpr std::size_t none = static_cast<std::size_t>(-1);
};

// `numbers` are those of the classes. Whoever is on the list goes where it says; each other pupil, girls first, to the class with
// the fewest of the same sex, then with the fewest pupils, then the first. Classes end up within one pupil of each other in each
// sex.
void deal(std::span<Dealt> pupils, std::vector<std::int64_t> const& numbers);

} // namespace concentric::enrolment
