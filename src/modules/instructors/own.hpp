#pragma once

#include "modules/instructors/items.hpp"
#include "modules/instructors/memberships.hpp"
#include "modules/instructors/ratings.hpp"

// An instructor's own page, and what officials see of an instructor.
namespace concentric::instructors {

struct HeldCertificate {
    std::string number, title;
    Day from;
    std::optional<Day> to; // none where certificates do not expire
    bool is_valid = false;
    std::optional<Day> revoked_on;
};
BOOST_DESCRIBE_STRUCT(HeldCertificate, (), (number, title, from, to, is_valid, revoked_on))

struct WeeklyWindow {
    Within<1, 7> weekday; // 1: Monday
    Within<0, 1440> from_minute, until_minute; // of the day
};
BOOST_DESCRIBE_STRUCT(WeeklyWindow, (), (weekday, from_minute, until_minute))
// A day on which other times count: besides those of the week, or not at all.
struct SingleWindow {
    Day day;
    Within<0, 1440> from_minute, until_minute;
    bool is_away = false;
};
BOOST_DESCRIBE_STRUCT(SingleWindow, (), (day, from_minute, until_minute, is_away))
struct Times {
    std::vector<WeeklyWindow> weekly;
    std::vector<SingleWindow> single;
};
BOOST_DESCRIBE_STRUCT(Times, (), (weekly, single))
void check(Times const&, Problems&);

struct SaveIntroduction {
    Text<0, 2000> introduction;
};
BOOST_DESCRIBE_STRUCT(SaveIntroduction, (), (introduction))

struct InstructorView {
    directory::PersonBrief person;
    std::string introduction;
    std::vector<HeldCertificate> certificates;
    std::vector<MembershipView> memberships;
    std::vector<DecisionView> decisions;
    std::vector<Team> may_apply_for; // today, by the certificates held
    std::vector<ItemView> items;
    Times times; // single days from today on
    std::int64_t sessions = 0, minutes = 0; // carried out, by the ledger
    std::int64_t requests = 0; // that wait for an answer
    RatingSummary ratings;
    std::vector<RatingView> opinions;
};
BOOST_DESCRIBE_STRUCT(InstructorView, (),
    (person, introduction, certificates, memberships, decisions, may_apply_for, items, times, sessions, minutes, requests, ratings,
        opinions))

struct OneInstructor {
    PersonId person;
};
BOOST_DESCRIBE_STRUCT(OneInstructor, (), (person))

InstructorView show_own(Call&, Nothing const&);
InstructorView show_instructor(Call&, OneInstructor const&);
InstructorView save_introduction(Call&, SaveIntroduction const&);
// Instead of those before.
Times save_times(Call&, Times const&);

} // namespace concentric::instructors
