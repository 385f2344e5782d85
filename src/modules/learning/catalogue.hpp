#pragma once

#include "core/route.hpp"
#include "modules/learning/courses.hpp"

// What learners see: the courses that are there for them, the edition in which they learn, and what they have done of it.
namespace concentric::learning {

// How far the viewer is in a course.
struct OwnProgress {
    std::int64_t edition = 0;
    std::int64_t lessons_done = 0, lessons = 0;
    std::int64_t seconds = 0; // really watched or read, of the edition's lessons
    Instant started_at, changed_at;
    std::optional<Instant> completed_at;
};
BOOST_DESCRIBE_STRUCT(OwnProgress, (), (edition, lessons_done, lessons, seconds, started_at, changed_at, completed_at))

struct CatalogueItem {
    CourseId id;
    directory::OrganisationBrief owner;
    Level level = Level::county;
    Line line = Line::in_school;
    bool is_compulsory = false;
    std::string title, summary;
    std::vector<Topic> topics;
    std::optional<MediaId> cover;
    std::int64_t edition = 0, lessons = 0, seconds = 0;
    Instant published_at;
    std::optional<OwnProgress> own;
};
BOOST_DESCRIBE_STRUCT(CatalogueItem, (),
    (id, owner, level, line, is_compulsory, title, summary, topics, cover, edition, lessons, seconds, published_at, own))

struct ListCatalogue {
    std::optional<Text<1, 60>> q;
    std::optional<Line> line;
    std::optional<Topic> topic;
    std::optional<Level> level;
    std::optional<Text<1, 40>> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListCatalogue, (), (q, line, topic, level, after, limit))

struct Lesson {
    UnitId id;
    std::string title;
    UnitKind kind = UnitKind::text;
    bool is_required = true;
    std::int64_t seconds = 0, share = 90;
    std::int64_t learnt = 0; // seconds
    bool is_completed = false;
};
BOOST_DESCRIBE_STRUCT(Lesson, (), (id, title, kind, is_required, seconds, share, learnt, is_completed))
struct LessonSection {
    std::string title;
    std::vector<Lesson> lessons;
};
BOOST_DESCRIBE_STRUCT(LessonSection, (), (title, lessons))

struct NewerEdition {
    std::int64_t number = 0;
    std::string note;
    Instant published_at;
    std::int64_t kept = 0; // lessons done that it has too
};
BOOST_DESCRIBE_STRUCT(NewerEdition, (), (number, note, published_at, kept))

// As CatalogueItem, of the edition in which the viewer learns.
struct CourseView : CatalogueItem {
    std::vector<LessonSection> sections;
    std::optional<NewerEdition> newer;
    bool may_manage = false;
};
BOOST_DESCRIBE_STRUCT(CourseView, (CatalogueItem), (sections, newer, may_manage))

struct UnitView {
    UnitId id;
    CourseId course;
    UnitKind kind = UnitKind::text;
    std::string body; // Markdown
    std::optional<MediaId> media, subtitles;
    std::string content_type, file_name;
    bool has_thumbnail = false;
    std::int64_t seconds = 0, share = 90;
    std::int64_t learnt = 0, position_ms = 0;
    bool is_completed = false;
};
BOOST_DESCRIBE_STRUCT(UnitView, (),
    (id, course, kind, body, media, subtitles, content_type, file_name, has_thumbnail, seconds, share, learnt, position_ms,
        is_completed))

struct OneUnit {
    UnitId id;
};
BOOST_DESCRIBE_STRUCT(OneUnit, (), (id))
struct MoveToEdition {
    CourseId id;
    Within<1, 1'000'000> number;
};
BOOST_DESCRIBE_STRUCT(MoveToEdition, (), (id, number))

struct OwnLearning {
    std::int64_t courses = 0, completed = 0, lessons_done = 0, seconds = 0;
    std::vector<CatalogueItem> items; // the latest first; 200 at most
};
BOOST_DESCRIBE_STRUCT(OwnLearning, (), (courses, completed, lessons_done, seconds, items))

Page<CatalogueItem> list_catalogue(Call&, ListCatalogue const&);
CourseView show_course(Call&, OneCourse const&);
UnitView show_unit(Call&, OneUnit const&);
// To the newest edition: what did not change stays done.
CourseView move_to_edition(Call&, MoveToEdition const&);
OwnLearning own_learning(Call&, Nothing const&);

// Whoever asks; for what goes on without its learner.
std::optional<UnitRow> unit_with(Call&, UnitId);
// A unit of the edition that the viewer learns in or would begin with, or of a draft that is theirs; else 404.
UnitRow visible_unit(Call&, UnitId);
// A published lesson of a course that is there for the viewer, such as the replay of an event; nothing for others.
struct LessonRef {
    CourseId course;
    UnitId unit;
    std::string title, course_title;
};
BOOST_DESCRIBE_STRUCT(LessonRef, (), (course, unit, title, course_title))
std::optional<LessonRef> lesson_shown(Call&, UnitId);
std::optional<LearnerRow> learner_of(Call&, PersonId, CourseId);

Routes catalogue_routes();

} // namespace concentric::learning
