#pragma once

#include "modules/directory/posts.hpp"
#include "modules/learning/watching.hpp"

// The rows of this module's tables, and the words that courses are told apart by.
namespace concentric::learning {

using MediaId = Id<struct MediaTag>;

// Whom a course is for (课程线): parents of children under three, of those who enter school, of pupils; grandparents and other
// carers; staff.
enum class Line { pre_school, entering, in_school, grandparents, staff };
BOOST_DESCRIBE_ENUM(Line, pre_school, entering, in_school, grandparents, staff)

// Whose parent school it is: the county's 家长大课堂, a community's 家长加油站 or a school's 家长学校.
enum class Level { county, community, school };
BOOST_DESCRIBE_ENUM(Level, county, community, school)

enum class Topic {
    double_reduction,
    mental_health,
    parent_child,
    study_guidance,
    life_education,
    emotions,
    family_meetings,
    safety,
    co_education
};
BOOST_DESCRIBE_ENUM(Topic, double_reduction, mental_health, parent_child, study_guidance, life_education, emotions, family_meetings,
    safety, co_education)

enum class CourseState { draft, published, withdrawn };
BOOST_DESCRIBE_ENUM(CourseState, draft, published, withdrawn)

enum class UnitKind { video, audio, text, document, quiz, package };
BOOST_DESCRIBE_ENUM(UnitKind, video, audio, text, document, quiz, package)
inline bool is_played(UnitKind kind) { return kind == UnitKind::video || kind == UnitKind::audio; }

enum class MediaKind { video, audio, document, subtitles, picture, package };
BOOST_DESCRIBE_ENUM(MediaKind, video, audio, document, subtitles, picture, package)

enum class MediaState { uploading, checking, ready, failed };
BOOST_DESCRIBE_ENUM(MediaState, uploading, checking, ready, failed)

// Where a unit stands in a course. Its name belongs to the place, so that renaming costs nobody what they learnt.
struct UnitPlace {
    UnitId id;
    std::string title;
    bool is_required = true;
};
BOOST_DESCRIBE_STRUCT(UnitPlace, (), (id, title, is_required))
struct SectionRow {
    std::string title;
    std::vector<UnitPlace> units;
};
BOOST_DESCRIBE_STRUCT(SectionRow, (), (title, units))
using Sections = std::vector<SectionRow>;

// The units of all sections, in order.
inline std::vector<UnitPlace> units_in(Sections const& sections)
{
    std::vector<UnitPlace> all;
    for (auto const& section : sections)
        all.insert(all.end(), section.units.begin(), section.units.end());
    return all;
}

struct CourseRow {
    std::int64_t county = 0;
    CourseId id;
    OrganisationId owner;
    Level level = Level::county;
    Line line = Line::in_school;
    bool is_compulsory = false;
    std::string title, summary, topics, search;
    MediaId cover;
    Json sections;
    CourseState state = CourseState::draft;
    std::int64_t edition = 0;
    bool is_changed = false; // since the newest edition
    PersonId created_by;
    Instant created_at, changed_at;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(CourseRow, (),
    (county, id, owner, level, line, is_compulsory, title, summary, topics, search, cover, sections, state, edition, is_changed,
        created_by, created_at, changed_at, version))

struct EditionRow {
    std::int64_t county = 0;
    CourseId course;
    std::int64_t number = 0;
    Line line = Line::in_school;
    bool is_compulsory = false;
    std::string title, summary, topics, search;
    MediaId cover;
    Json sections;
    std::int64_t seconds = 0, lessons = 0;
    std::string note;
    PersonId published_by;
    Instant published_at;
};
BOOST_DESCRIBE_STRUCT(EditionRow, (),
    (county, course, number, line, is_compulsory, title, summary, topics, search, cover, sections, seconds, lessons, note,
        published_by, published_at))

struct UnitRow {
    std::int64_t county = 0;
    UnitId id;
    CourseId course;
    UnitKind kind = UnitKind::text;
    MediaId media, subtitles;
    std::string body; // Markdown; of a quiz its QuizSettings as JSON
    std::int64_t seconds = 0; // how long it is, or takes to read
    std::int64_t share = 90; // per cent of it that complete it
    bool is_published = false;
};
BOOST_DESCRIBE_STRUCT(UnitRow, (), (county, id, course, kind, media, subtitles, body, seconds, share, is_published))

struct MediaRow {
    std::int64_t county = 0;
    MediaId id;
    CourseId course;
    MediaKind kind = MediaKind::video;
    std::string file_name, content_type;
    std::int64_t size = 0, received = 0; // bytes
    MediaState state = MediaState::uploading;
    std::string problem_zh, problem_en;
    std::int64_t seconds = 0;
    std::string thumbnail; // a blob
    PersonId created_by;
    Instant created_at;
};
BOOST_DESCRIBE_STRUCT(MediaRow, (),
    (county, id, course, kind, file_name, content_type, size, received, state, problem_zh, problem_en, seconds, thumbnail,
        created_by, created_at))

struct LearnerRow {
    std::int64_t county = 0;
    PersonId person;
    CourseId course;
    std::int64_t edition = 0;
    Instant started_at, changed_at, completed_at; // completed_at 0: not yet
};
BOOST_DESCRIBE_STRUCT(LearnerRow, (), (county, person, course, edition, started_at, changed_at, completed_at))

struct ProgressRow {
    std::int64_t county = 0;
    PersonId person;
    UnitId unit;
    CourseId course;
    std::int64_t length = 0, share = 0, fastest = 0;
    std::string watched;
    std::int64_t seconds = 0, position_ms = 0;
    Instant completed_at;
};
BOOST_DESCRIBE_STRUCT(
    ProgressRow, (), (county, person, unit, course, length, share, fastest, watched, seconds, position_ms, completed_at))

inline Words const the_course{"课程", "course"};
inline Words const the_unit{"课时", "lesson"};
inline Words const the_media{"课程文件", "file of a course"};

} // namespace concentric::learning
