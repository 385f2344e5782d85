#include "modules/calendar/calendar.hpp"

#include "modules/calendar/conflicts.hpp"
#include "modules/calendar/days.hpp"
#include "modules/calendar/feeds.hpp"
#include "modules/calendar/public_holidays.hpp"
#include "modules/calendar/told.hpp"
#include "modules/families/family_county_for_test.hpp"

#include <gmock/gmock.h>

namespace concentric::calendar {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

// Days since 1 January 1970, a Thursday.
bool is_weekend(Day day) { return (days_since_1970(day) + 3) % 7 >= 5; }

TEST(PublicHolidays, every_day_worked_in_exchange_is_a_weekend_day_and_no_holiday)
{
    for (auto const& worked : public_days()) {
        if (!worked.is_working)
            continue;
        EXPECT_TRUE(is_weekend(worked.from)) << worked.from.number;
        for (auto const& other : public_days())
            EXPECT_FALSE(!other.is_working && other.from <= worked.from && worked.from <= other.to) << worked.from.number;
    }
}

// By the notices: 28 days off in 2025 with 5 worked in exchange, 33 in 2026 with 6.
TEST(PublicHolidays, each_year_has_as_many_days_off_as_its_notice_gives)
{
    auto const count = [](int year, bool is_working) {
        std::int64_t days = 0;
        for (auto const& one : public_days())
            if (one.from.year() == year && one.is_working == is_working)
                days += days_since_1970(one.to) - days_since_1970(one.from) + 1;
        return days;
    };

    EXPECT_EQ(count(2025, false), 1 + 8 + 3 + 5 + 3 + 8);
    EXPECT_EQ(count(2025, true), 5);
    EXPECT_EQ(count(2026, false), 3 + 9 + 3 + 5 + 3 + 3 + 7);
    EXPECT_EQ(count(2026, true), 6);
}

// It is Thursday, 5 March 2026. The mother leads a meeting tomorrow from 9 to 10, to which she is invited besides, and 李梅 is
// visited at 17:00.
struct Calendars : families::FamilyCounty {
    static Instant at(int hour) { return {start_of({20260306}).milliseconds + hour * 3'600'000LL}; }

    Calendars()
    {
        calendar::subscribe(events);
        events.subscribe<directory::HappeningsAsked>([this](Call&, directory::HappeningsAsked const& asked) {
            for (auto const person : asked.people) {
                if (person == mother.value)
                    for (bool const is_binding : {false, true})
                        add(asked, HappeningKind::activity, "activity-1", "家委会", {person}, at(9), is_binding);
                if (person == mei.value)
                    add(asked, HappeningKind::visit, "visit-2", "家访", {person}, at(17), true);
            }
        });
    }
    static void add(directory::HappeningsAsked const& asked, HappeningKind kind, char const* id, char const* title, PersonId person,
        Instant from, bool is_binding)
    {
        Instant const until{from.milliseconds + 3'600'000};
        if (from >= asked.until || until <= asked.from || (asked.only_binding && !is_binding))
            return;
        auto& one = asked.items->emplace_back();
        one.kind = kind;
        one.id = id;
        one.title = title;
        one.about = kind == HappeningKind::visit ? "李梅" : "";
        one.person = person;
        one.from = from;
        one.until = until;
        one.is_binding = is_binding;
        one.is_confidential = kind == HappeningKind::visit;
    }
    OwnCalendar calendar_of(PersonId person, Day from = {20260305}, Day to = {20260310})
    {
        auto as_person = by(person);
        return show_own(as_person, {from, to});
    }
    Conflicts conflicts_for(Call asking, PersonId person, int from, int until)
    {
        AskConflicts input{at(from), at(until), {person}, {}, {}};
        return find_conflicts(asking, input);
    }
};

TEST_F(Calendars, what_one_takes_part_in_stands_there_once_and_not_as_an_invitation)
{
    auto const items = calendar_of(mother).items;

    ASSERT_THAT(items, SizeIs(2));
    EXPECT_EQ(items[0].title, "家委会");
    EXPECT_TRUE(items[0].is_binding);
    EXPECT_EQ(items[1].child.value().name, "李梅");
    EXPECT_EQ(items[1].about, "");
}

TEST_F(Calendars, holidays_are_whole_days_and_those_at_the_edge_belong)
{
    auto const items = calendar_of(mother, {20260221}, {20260228}).items;

    ASSERT_THAT(items, SizeIs(2));
    EXPECT_EQ(items[0].first_day, Day{20260215});
    EXPECT_EQ(items[0].last_day, Day{20260223});
    EXPECT_EQ(items[1].kind, HappeningKind::working_day);
}

TEST_F(Calendars, a_file_names_no_child_and_says_nothing_of_a_visit_but_that_there_is_one)
{
    auto as_mother = by(mother);

    auto const written = own_file(as_mother, {});

    EXPECT_THAT(written.bytes, AllOf(HasSubstr("SUMMARY:家委会"), HasSubstr("SUMMARY:孩子：家访"), Not(HasSubstr("李梅"))));
    EXPECT_TRUE(as_mother.version.has_value());
}

TEST_F(Calendars, what_one_takes_part_in_collides_and_the_invitation_to_it_does_not)
{
    auto const all = conflicts_for(by(mother), mother, 9, 10).items;

    ASSERT_THAT(all, SizeIs(1));
    EXPECT_EQ(all[0].title, "家委会");
    EXPECT_FALSE(all[0].person.has_value());
}

TEST_F(Calendars, a_child_is_asked_about_by_its_family_alone)
{
    EXPECT_THAT(conflicts_for(by(father), mei, 17, 18).items, SizeIs(1));
    EXPECT_EQ(error_of([&] { conflicts_for(by(teacher), mei, 17, 18); }).kind, ErrorKind::not_found);
}

TEST_F(Calendars, days_of_the_county_are_set_for_the_whole_county_alone)
{
    CountyDayContent const input{{20260320}, {20260321}, CountyDayKind::day_off, Text<1, 60>("春假")};
    auto as_head = by(head);
    EXPECT_EQ(error_of([&] { add_day(as_head, input); }).kind, ErrorKind::forbidden);

    auto const added = add_day(call, input);

    EXPECT_EQ(calendar_of(mother, {20260321}, {20260321}).items.at(0).title, "春假");
    remove_day(call, {added.id});
    EXPECT_THAT(calendar_of(mother, {20260321}, {20260321}).items, IsEmpty());
}

// What an address of the mother's tells of a meeting from one reading to the next.
struct Followed : Calendars {
    char const* meeting = "家委会";
    bool has_meeting = true;

    std::string entry()
    {
        auto as_mother = by(mother);
        lib::CalendarFile told;
        if (has_meeting) {
            lib::CalendarEntry one;
            one.uid = "activity-1";
            one.summary = meeting;
            one.starts_at = at(9).milliseconds;
            one.ends_at = at(10).milliseconds;
            one.changed_at = one.starts_at;
            told.entries.push_back(one);
        }
        settle_told(as_mother, FeedId{4711}, told);
        auto const text = lib::write_icalendar(told);
        auto const from = text.find("UID:activity-1");
        return from == text.npos ? "" : text.substr(from, text.find("END:VEVENT", from) - from);
    }
    // As the file writes moments: 20260305T010000Z.
    std::string moment_now()
    {
        auto text = text_of(Instant{clock.now().milliseconds - 8 * 3'600'000LL}).substr(0, 19);
        std::erase_if(text, [](char letter) { return letter == '-' || letter == ':'; });
        return text + "Z";
    }
};

TEST_F(Followed, a_change_is_told_with_its_time_and_a_number_that_grows)
{
    EXPECT_THAT(entry(), HasSubstr("SEQUENCE:0"));
    EXPECT_THAT(entry(), HasSubstr("SEQUENCE:0"));

    clock.advance(std::chrono::hours(1));
    meeting = "家委会（改在会议室）";

    EXPECT_THAT(entry(), AllOf(HasSubstr("SEQUENCE:1"), HasSubstr("LAST-MODIFIED:" + moment_now())));
    clock.advance(std::chrono::hours(1));
    EXPECT_THAT(entry(), AllOf(HasSubstr("SEQUENCE:1"), Not(HasSubstr(moment_now()))));
}

TEST_F(Followed, what_was_taken_away_is_called_off_once_and_may_come_back)
{
    entry();
    has_meeting = false;

    EXPECT_THAT(entry(), AllOf(HasSubstr("STATUS:CANCELLED"), HasSubstr("SEQUENCE:1"), Not(HasSubstr("家委会"))));
    EXPECT_EQ(entry(), "");

    has_meeting = true;
    EXPECT_THAT(entry(), AllOf(HasSubstr("STATUS:CONFIRMED"), HasSubstr("SEQUENCE:2")));
}

TEST_F(Followed, what_is_over_is_not_called_off)
{
    entry();
    has_meeting = false;
    clock.advance(std::chrono::hours(72));

    EXPECT_EQ(entry(), "");
}

TEST_F(Calendars, an_address_is_made_anew_and_ended_by_its_owner_alone)
{
    auto as_mother = by(mother);
    auto const made = create_feed(as_mother, {Text<1, 40>("手机"), FeedScope::own});
    auto as_father = by(father);
    EXPECT_EQ(error_of([&] { revoke_feed(as_father, {made.id}); }).kind, ErrorKind::not_found);

    auto const renewed = renew_feed(as_mother, {made.id});

    EXPECT_NE(renewed.path, made.path);
    revoke_feed(as_mother, {made.id});
    EXPECT_THAT(list_feeds(as_mother, {}).items, IsEmpty());
}

} // namespace
} // namespace concentric::calendar
