#include "lib/icalendar.hpp"

#include <gmock/gmock.h>

namespace concentric::lib {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// 1772668800000 is 5 March 2026, 00:00 UTC.
constexpr std::int64_t midnight = 1'772'668'800'000, hour = 3'600'000;

CalendarEntry lecture()
{
    CalendarEntry entry;
    entry.uid = "activity-7@360100.concentric";
    entry.summary = "讲座";
    entry.starts_at = midnight + 6 * hour;
    entry.ends_at = midnight + 7 * hour + hour / 2;
    entry.changed_at = midnight;
    return entry;
}

std::string written(CalendarEntry const& entry) { return write_icalendar({"我的日历", 60, 8 * hour, {entry}}); }

TEST(Icalendar, an_entry_has_its_moments_in_utc)
{
    auto const text = written(lecture());

    EXPECT_THAT(text, HasSubstr("\r\nDTSTART:20260305T060000Z\r\nDTEND:20260305T073000Z\r\n"));
    EXPECT_THAT(text, HasSubstr("\r\nDTSTAMP:20260305T000000Z\r\n"));
    EXPECT_THAT(text, HasSubstr("\r\nSTATUS:CONFIRMED\r\n"));
}

TEST(Icalendar, whole_days_are_those_of_the_place_and_their_end_is_the_day_after)
{
    auto holiday = lecture();
    holiday.is_whole_days = true;
    holiday.starts_at = midnight - 8 * hour; // 5 March in China
    holiday.ends_at = holiday.starts_at + 48 * hour;

    EXPECT_THAT(written(holiday), HasSubstr("\r\nDTSTART;VALUE=DATE:20260305\r\nDTEND;VALUE=DATE:20260307\r\n"));
}

TEST(Icalendar, a_moment_without_length_has_no_end)
{
    auto deadline = lecture();
    deadline.ends_at = deadline.starts_at;

    EXPECT_THAT(written(deadline), Not(HasSubstr("DTEND")));
}

TEST(Icalendar, what_was_called_off_says_so)
{
    auto gone = lecture();
    gone.is_cancelled = true;

    EXPECT_THAT(written(gone), HasSubstr("\r\nSTATUS:CANCELLED\r\n"));
}

TEST(Icalendar, a_text_cannot_begin_a_line_of_its_own)
{
    auto entry = lecture();
    entry.summary = "一;二,三\\四\r\nBEGIN:VALARM";

    EXPECT_THAT(written(entry), HasSubstr("\r\nSUMMARY:一\\;二\\,三\\\\四\\nBEGIN:VALARM\r\n"));
}

// "SUMMARY:" takes 8 octets, so 22 characters of 3 octets fit (74), and 24 in each line that follows (73).
TEST(Icalendar, long_lines_are_folded_between_characters)
{
    auto entry = lecture();
    std::string fifty;
    for (int i = 0; i < 50; ++i)
        fifty += "字";
    entry.summary = fifty;

    EXPECT_THAT(written(entry),
        HasSubstr("SUMMARY:" + fifty.substr(0, 66) + "\r\n " + fifty.substr(66, 72) + "\r\n " + fifty.substr(138) + "\r\n"));
}

} // namespace
} // namespace concentric::lib
