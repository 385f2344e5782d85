#pragma once

#include "core/route.hpp"
#include "modules/directory/posts.hpp"
#include "modules/notices/composing.hpp"

// How far a notice came: class by class, who is missing, and reminding only those.
namespace concentric::notices {

struct UnitProgress : NoticeFigures {
    directory::OrganisationBrief unit;
    std::string school;
};
BOOST_DESCRIBE_STRUCT(UnitProgress, (NoticeFigures), (unit, school))

struct UnitsProgress {
    std::vector<UnitProgress> items; // those with the most missing first
};
BOOST_DESCRIBE_STRUCT(UnitsProgress, (), (items))

enum class Standing { missing, done, everybody };
BOOST_DESCRIBE_ENUM(Standing, missing, done, everybody)

struct FindSubjects {
    NoticeId id;
    std::optional<OrganisationId> unit; // it and all below
    std::optional<Standing> standing; // missing when it is left out
    std::optional<Text<1, 60>> search; // a name
    std::optional<Text<1, 40>> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(FindSubjects, (), (id, unit, standing, search, after, limit))

struct SubjectLine {
    directory::PersonBrief person; // the pupil, or the member of the staff
    std::string unit;
    std::optional<Instant> read_at, done_at, reminded_at;
    std::optional<std::string> read_by, done_by, answer, entered_by;
};
BOOST_DESCRIBE_STRUCT(SubjectLine, (), (person, unit, read_at, done_at, reminded_at, read_by, done_by, answer, entered_by))

struct AnswerCount {
    std::string answer;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(AnswerCount, (), (answer, count))
struct AnswerCounts {
    std::vector<AnswerCount> items;
};
BOOST_DESCRIBE_STRUCT(AnswerCounts, (), (items))

struct RemindMissing {
    NoticeId id;
    std::optional<OrganisationId> unit; // its missing people only
};
BOOST_DESCRIBE_STRUCT(RemindMissing, (), (id, unit))

struct RemindersGoing {
    std::int64_t reminded = 0; // pupils or staff whose people hear of it
    std::int64_t lately = 0; // missing, but reminded within the county's pause
    Instant at; // the end of the quiet hours, or now
};
BOOST_DESCRIBE_STRUCT(RemindersGoing, (), (reminded, lately, at))

struct OneNoticeUnit {
    NoticeId id;
    std::optional<OrganisationId> unit;
};
BOOST_DESCRIBE_STRUCT(OneNoticeUnit, (), (id, unit))

UnitsProgress list_units(Call&, OneNotice const&);
Page<SubjectLine> list_subjects(Call&, FindSubjects const&);
AnswerCounts count_answers(Call&, OneNoticeUnit const&);
Download export_subjects(Call&, OneNoticeUnit const&);
RemindersGoing remind_missing(Call&, RemindMissing const&);

// The path whose people a viewer may see of a notice: that of the unit, within reach. 404 for others.
std::string path_within(Call&, std::optional<OrganisationId> unit);

Routes progress_routes();

} // namespace concentric::notices
