#pragma once

#include "modules/learning/media.hpp"
#include "modules/learning/quizzes.hpp"

// Making courses: a draft that its authors change as they like, and editions of it that never change.
namespace concentric::learning {

struct UnitDraft {
    UnitId id; // another one after saving where a published unit was changed
    std::string title;
    UnitKind kind = UnitKind::text;
    bool is_required = true;
    std::optional<Media> media, subtitles;
    std::string body; // Markdown
    std::optional<QuizSettings> quiz;
    std::int64_t seconds = 0; // 0 while the film or recording is not there
    std::int64_t share = 90;
    bool is_published = false;
};
BOOST_DESCRIBE_STRUCT(UnitDraft, (), (id, title, kind, is_required, media, subtitles, body, quiz, seconds, share, is_published))

struct SectionDraft {
    std::string title;
    std::vector<UnitDraft> units;
};
BOOST_DESCRIBE_STRUCT(SectionDraft, (), (title, units))

struct EditionView {
    std::int64_t number = 0;
    std::string note, published_by;
    Instant published_at;
    std::int64_t lessons = 0, seconds = 0;
    std::int64_t learners = 0, completed = 0; // who learn in this edition now
};
BOOST_DESCRIBE_STRUCT(EditionView, (), (number, note, published_by, published_at, lessons, seconds, learners, completed))

struct CourseBrief {
    CourseId id;
    directory::OrganisationBrief owner;
    Level level = Level::county;
    Line line = Line::in_school;
    bool is_compulsory = false; // of staff: 必修; else 选修
    std::string title;
    CourseState state = CourseState::draft;
    std::int64_t edition = 0; // 0: never published
    bool is_changed = false;
    std::int64_t learners = 0, completed = 0;
    Instant changed_at;
};
BOOST_DESCRIBE_STRUCT(
    CourseBrief, (), (id, owner, level, line, is_compulsory, title, state, edition, is_changed, learners, completed, changed_at))

struct CourseDraft : CourseBrief {
    std::string summary; // Markdown
    std::vector<Topic> topics;
    std::optional<Media> cover;
    std::vector<SectionDraft> sections;
    std::vector<EditionView> editions; // the newest first
    std::string created_by;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(CourseDraft, (CourseBrief), (summary, topics, cover, sections, editions, created_by, version))

struct CreateCourse {
    std::optional<OrganisationId> owner; // the viewer's organisation when it is left out
    Text<1, 120> title;
    Line line = Line::in_school;
};
BOOST_DESCRIBE_STRUCT(CreateCourse, (), (owner, title, line))

using ReadingMinutes = Within<1, 360>;
using Share = Within<50, 100>;

struct SaveUnit {
    std::optional<UnitId> id;
    Text<1, 120> title;
    UnitKind kind = UnitKind::text;
    std::optional<bool> is_required;
    std::optional<MediaId> media, subtitles;
    std::optional<Text<0, 60'000>> body;
    std::optional<SaveQuiz> quiz;
    std::optional<ReadingMinutes> minutes; // of texts and documents; a text's own length says it else
    std::optional<Share> share;
};
BOOST_DESCRIBE_STRUCT(SaveUnit, (), (id, title, kind, is_required, media, subtitles, body, quiz, minutes, share))
struct SaveSection {
    Text<0, 120> title;
    std::vector<SaveUnit> units;
};
BOOST_DESCRIBE_STRUCT(SaveSection, (), (title, units))
struct SaveCourse {
    CourseId id;
    Text<1, 120> title;
    Line line = Line::in_school;
    std::optional<bool> is_compulsory;
    Text<0, 4'000> summary;
    std::vector<Topic> topics;
    std::optional<MediaId> cover;
    std::vector<SaveSection> sections;
};
BOOST_DESCRIBE_STRUCT(SaveCourse, (), (id, title, line, is_compulsory, summary, topics, cover, sections))
void check(SaveCourse const&, Problems&);

struct OneCourse {
    CourseId id;
};
BOOST_DESCRIBE_STRUCT(OneCourse, (), (id))
struct PublishCourse {
    CourseId id;
    std::optional<Text<0, 200>> note; // what is new
};
BOOST_DESCRIBE_STRUCT(PublishCourse, (), (id, note))
struct SetWithdrawal {
    CourseId id;
    bool is_withdrawn = false;
};
BOOST_DESCRIBE_STRUCT(SetWithdrawal, (), (id, is_withdrawn))
struct ListDrafts {
    std::optional<Text<1, 60>> q;
    std::optional<CourseState> state;
    std::optional<Line> line;
    std::optional<Text<1, 40>> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListDrafts, (), (q, state, line, after, limit))

// All of them give 404 for a course out of the reach of the viewer's post.
CourseDraft create_course(Call&, CreateCourse const&);
CourseDraft show_draft(Call&, OneCourse const&);
CourseDraft save_course(Call&, SaveCourse const&);
// 422 naming everything that is not ready yet.
CourseDraft publish_course(Call&, PublishCourse const&);
CourseDraft set_withdrawal(Call&, SetWithdrawal const&);
// 409 once it was published.
Nothing remove_course(Call&, OneCourse const&);
Page<CourseBrief> list_drafts(Call&, ListDrafts const&);

// The draft as its author sees it.
CourseDraft draft_of(Call&, CourseId);
std::unordered_map<UnitId, UnitRow> units_of(Call&, CourseId);

// Seconds that reading takes, at 300 characters a minute; half a minute at least.
std::int64_t reading_seconds(std::string_view text);
std::vector<Topic> topics_in(std::string_view list);
std::optional<EditionRow> edition_of(Call&, CourseId, std::int64_t number);

Routes course_routes();

} // namespace concentric::learning
