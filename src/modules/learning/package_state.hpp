#pragma once

#include "core/fields.hpp"

// What a teaching package says of one of its pages, read out of the data model of its runtime (SCORM 1.2 RTE 3.4.2, SCORM 2004 RTE
// 4.2): how far it is, and with which score.
namespace concentric::learning {

inline constexpr std::size_t most_data = 1'500; // elements of a page
inline constexpr std::size_t most_data_bytes = 256 << 10; // names and values together

struct PackageData {
    Text<1, 160> name; // "cmi.core.lesson_status"
    Text<0, 65'536> value;
};
BOOST_DESCRIBE_STRUCT(PackageData, (), (name, value))

enum class PageState { not_attempted, incomplete, completed, passed, failed };
BOOST_DESCRIBE_ENUM(PageState, not_attempted, incomplete, completed, passed, failed)

struct PageReport {
    PageState state = PageState::not_attempted;
    std::optional<std::int64_t> score; // hundredths of what the package counts; of a scaled one hundredths of a per cent
    bool is_done() const { return state == PageState::completed || state == PageState::passed; }
};

// Adds a problem for names that are none of the data model's, for too much, and for a score that is no number.
PageReport report_of(std::vector<PackageData> const& data, Problems& problems);

} // namespace concentric::learning
