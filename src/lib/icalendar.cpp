#include "lib/icalendar.hpp"

#include <fmt/format.h>

#include <chrono>

namespace concentric::lib {
namespace {

constexpr std::size_t longest_line = 75; // octets, without the line's end

bool continues_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

void add_line(std::string& out, std::string_view line)
{
    std::size_t room = longest_line;
    while (line.size() > room) {
        auto cut = room;
        while (continues_character(line[cut]))
            --cut;
        out.append(line.substr(0, cut)).append("\r\n ");
        line.remove_prefix(cut);
        room = longest_line - 1; // the blank that marks a folded line counts
    }
    out.append(line).append("\r\n");
}

// Section 3.3.11. Other control characters are not allowed in a text at all.
std::string escaped(std::string_view text)
{
    std::string safe;
    for (char const c : text) {
        if (c == '\n')
            safe += "\\n";
        else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) {
            if (c == '\\' || c == ';' || c == ',')
                safe += '\\';
            safe += c;
        }
    }
    return safe;
}

std::chrono::sys_time<std::chrono::milliseconds> moment(std::int64_t milliseconds)
{
    return std::chrono::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(milliseconds));
}

std::string day_text(std::int64_t milliseconds)
{
    std::chrono::year_month_day const day(std::chrono::floor<std::chrono::days>(moment(milliseconds)));
    return fmt::format(
        "{:04}{:02}{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
}

std::string moment_text(std::int64_t milliseconds)
{
    auto const at = moment(milliseconds);
    std::chrono::hh_mm_ss const time(std::chrono::floor<std::chrono::seconds>(at - std::chrono::floor<std::chrono::days>(at)));
    return fmt::format(
        "{}T{:02}{:02}{:02}Z", day_text(milliseconds), time.hours().count(), time.minutes().count(), time.seconds().count());
}

void add_times(std::string& out, CalendarFile const& file, CalendarEntry const& entry)
{
    if (entry.is_whole_days) {
        add_line(out, "DTSTART;VALUE=DATE:" + day_text(entry.starts_at + file.offset));
        add_line(out, "DTEND;VALUE=DATE:" + day_text(entry.ends_at + file.offset));
        return;
    }
    add_line(out, "DTSTART:" + moment_text(entry.starts_at));
    if (entry.ends_at > entry.starts_at) // an end has to be later than its start (section 3.8.2.2)
        add_line(out, "DTEND:" + moment_text(entry.ends_at));
}

void add_entry(std::string& out, CalendarFile const& file, CalendarEntry const& entry)
{
    add_line(out, "BEGIN:VEVENT");
    add_line(out, "UID:" + escaped(entry.uid));
    // Without METHOD both say when the entry last changed (section 3.8.7.2).
    add_line(out, "DTSTAMP:" + moment_text(entry.changed_at));
    add_line(out, "LAST-MODIFIED:" + moment_text(entry.changed_at));
    add_line(out, fmt::format("SEQUENCE:{}", entry.sequence));
    add_times(out, file, entry);
    add_line(out, "SUMMARY:" + escaped(entry.summary));
    if (!entry.location.empty())
        add_line(out, "LOCATION:" + escaped(entry.location));
    if (!entry.url.empty())
        add_line(out, "URL:" + entry.url);
    add_line(out, entry.is_cancelled ? "STATUS:CANCELLED" : "STATUS:CONFIRMED");
    add_line(out, entry.is_free ? "TRANSP:TRANSPARENT" : "TRANSP:OPAQUE");
    add_line(out, "CLASS:PRIVATE");
    add_line(out, "END:VEVENT");
}

} // namespace

std::string write_icalendar(CalendarFile const& file)
{
    std::string out;
    add_line(out, "BEGIN:VCALENDAR");
    add_line(out, "VERSION:2.0");
    add_line(out, "PRODID:-//Concentric//Calendar//ZH");
    add_line(out, "CALSCALE:GREGORIAN");
    add_line(out, "NAME:" + escaped(file.name)); // RFC 7986; older readers know the next line
    add_line(out, "X-WR-CALNAME:" + escaped(file.name));
    add_line(out, fmt::format("REFRESH-INTERVAL;VALUE=DURATION:PT{}M", file.refresh_minutes));
    add_line(out, fmt::format("X-PUBLISHED-TTL:PT{}M", file.refresh_minutes));
    for (auto const& entry : file.entries)
        add_entry(out, file, entry);
    add_line(out, "END:VCALENDAR");
    return out;
}

} // namespace concentric::lib
