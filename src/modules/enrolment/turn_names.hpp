#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// Names for new classes in the manner of those that a school has.
namespace concentric::enrolment {

struct NameSample {
    std::string name;
    std::int64_t number = 0; // of the class, as its name says
};

// "一年级（2）班" with number 2 gives "一年级（5）班" for 5; nothing where no sample shows its number.
std::optional<std::string> name_like(std::vector<NameSample> const& samples, std::int64_t number);

} // namespace concentric::enrolment
