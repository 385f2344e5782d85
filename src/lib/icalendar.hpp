#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// A calendar as telephones and Outlook read it (iCalendar, RFC 5545).
namespace concentric::lib {

struct CalendarEntry {
    std::string uid; // the same each time the entry is written
    std::string summary, location, url;
    std::int64_t starts_at = 0, ends_at = 0; // milliseconds since 1970 UTC; equal for a moment without length
    bool is_whole_days = false; // both are midnights by `offset`; the last day is the one before ends_at
    bool is_cancelled = false;
    bool is_free = false; // takes nobody's time: others are not told "busy"
    std::int64_t sequence = 0;
    std::int64_t changed_at = 0;
};

struct CalendarFile {
    std::string name;
    int refresh_minutes = 60; // how often a reader may look again
    std::int64_t offset = 8 * 60 * 60 * 1000; // of the place whose midnights begin days, from UTC
    std::vector<CalendarEntry> entries;
};

// Lines end with CRLF and are folded at 75 octets, never within a character (section 3.1). Moments are UTC.
std::string write_icalendar(CalendarFile const&);

} // namespace concentric::lib
