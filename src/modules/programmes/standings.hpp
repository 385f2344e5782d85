#pragma once

#include "modules/plan/plans.hpp"
#include "modules/programmes/access.hpp"
#include "modules/tally/credentials.hpp"

// What the tally says of a class's learners, as it is shown and as it is kept beside each of them.
namespace concentric::programmes {

// What a part of a certificate counts in.
enum class Unit { credit_hours, times, points };
BOOST_DESCRIBE_ENUM(Unit, credit_hours, times, points)

// A condition of a certificate as a heading.
struct NeedView {
    std::string title;
    std::string source, text; // of the plan
    Unit unit = Unit::times;
    double needed = 0;
};
BOOST_DESCRIBE_STRUCT(NeedView, (), (title, source, text, unit, needed))
// One for each part of each need, in the order of the plan: the order of MemberRow::amounts.
std::vector<NeedView> needs_of(Call const&, tally::CredentialRule const&);
// The amounts in the units of those needs.
std::vector<double> amounts_in_units(tally::CredentialRule const&, std::string_view amounts);

// The credential that a class leads to; nothing once its plan is not in force any more.
std::optional<tally::CredentialRule> rule_of(Call&, ClassRow const&);
// The kind of people who can earn it; staff where nobody knows any more.
directory::SubjectKind kind_of(std::optional<tally::CredentialRule> const&);

// What somebody did in a class beside what the certificate asks.
struct ClassWork {
    std::int64_t lessons_done = 0, lessons = 0;
    std::int64_t minutes_attended = 0, session_minutes = 0; // of the classroom days that concern them
};
// How far the process is, 0 to 100: the share of everything that is asked but for what the mark itself brings (training.completed).
// Each part counts up to its need, and weighs what it needs in minutes, as classroom days weigh theirs; a part counted in times or
// points weighs one credit hour. Where there is nothing else, the share of the lessons.
std::int64_t process_percent(tally::CredentialRule const&, tally::CredentialStanding const&, ClassWork const&);

// Asks the tally anew for these learners of a class, all in a few statements, and keeps the answer.
void refresh(Call&, ClassRow const&, std::span<std::int64_t const> people);

// Listeners: after the tally has counted.
void entries_appended(Call&, ledger::EntriesAppended const&);
void plans_changed(Call&, plan::PlansChanged const&);

// The courses of a class in its order.
std::vector<ClassCourseRow> courses_of(Call&, ClassId);
std::vector<std::int64_t> course_ids(std::vector<ClassCourseRow> const&);
// Those that a learner of this track is to take.
std::vector<ClassCourseRow> courses_for(std::vector<ClassCourseRow> const&, Track);

} // namespace concentric::programmes
