#include "modules/learning/courses.hpp"

#include "lib/pinyin.hpp"
#include "lib/text.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/lookup.hpp"

#include <fmt/format.h>

#include <set>

namespace concentric::learning {
namespace {

constexpr std::size_t most_units = 200;

struct LearnerFigures {
    CourseId course;
    std::int64_t edition = 0, learners = 0, completed = 0;
};
BOOST_DESCRIBE_STRUCT(LearnerFigures, (), (course, edition, learners, completed))

std::vector<LearnerFigures> learner_figures(Call& call, std::vector<std::int64_t> const& courses)
{
    return call.db.rows<LearnerFigures>(
        "SELECT course, edition, count(*) AS learners, SUM(CASE WHEN completed_at > 0 THEN 1 ELSE 0 END) AS completed "
        "FROM course_learners WHERE county = $1 AND course ANY_OF($2) GROUP BY course, edition",
        call.county, db::IntegerList{courses});
}

CourseBrief brief_of(OwnedCourse const& course)
{
    CourseBrief brief;
    brief.id = course.id;
    brief.owner = {course.owner, directory::OrganisationKind(course.owner_kind), course.owner_name};
    brief.level = course.level;
    brief.line = course.line;
    brief.is_compulsory = course.is_compulsory;
    brief.title = course.title;
    brief.state = course.state;
    brief.edition = course.edition;
    brief.is_changed = course.is_changed;
    brief.changed_at = course.changed_at;
    return brief;
}

std::string topics_text(std::vector<Topic> const& topics)
{
    std::string list;
    for (auto const topic : topics)
        directory::add_to_list(list, name_of(topic));
    return list;
}

struct NamedEdition : EditionRow {
    std::optional<std::string> name;
};
BOOST_DESCRIBE_STRUCT(NamedEdition, (EditionRow), (name))

std::vector<EditionView> editions_of(Call& call, CourseId course, std::vector<LearnerFigures> const& figures)
{
    static std::string const sql = "SELECT e.*, " + directory::person_name_in("e.county", "e.published_by")
        + " AS name FROM course_editions e WHERE e.county = $1 AND e.course = $2 ORDER BY e.number DESC";
    std::vector<EditionView> views;
    for (auto const& row : call.db.rows<NamedEdition>(sql, call.county, course)) {
        auto& view = views.emplace_back(
            EditionView{row.number, row.note, row.name.value_or(""), row.published_at, row.lessons, row.seconds});
        for (auto const& one : figures)
            if (one.edition == row.number) {
                view.learners = one.learners;
                view.completed = one.completed;
            }
    }
    return views;
}

std::optional<Media> media_in(Call const& call, std::unordered_map<MediaId, MediaRow> const& media, MediaId id)
{
    auto const found = media.find(id);
    return found == media.end() ? std::nullopt : std::optional(present(call, found->second));
}

UnitDraft draft_of_unit(
    Call const& call, UnitPlace const& place, UnitRow const& unit, std::unordered_map<MediaId, MediaRow> const& media)
{
    bool const is_quiz = unit.kind == UnitKind::quiz;
    return {place.id, place.title, unit.kind, place.is_required, media_in(call, media, unit.media),
        media_in(call, media, unit.subtitles), is_quiz ? "" : unit.body, is_quiz ? std::optional(settings_of(unit)) : std::nullopt,
        unit.seconds, unit.share, unit.is_published};
}

// Puts the units that came in beside those that are there: what is new or changed, which stay, and where each stands.
class Saving {
public:
    Saving(Call& call, SaveCourse const& input)
        : call_(call), input_(input), media_(media_of(call, input.id)), units_(units_of(call, input.id))
    {
    }

    Sections run()
    {
        Sections sections;
        for (std::size_t s = 0; s < input_.sections.size(); ++s) {
            auto& section = sections.emplace_back(SectionRow{input_.sections[s].title, {}});
            for (std::size_t u = 0; u < input_.sections[s].units.size(); ++u) {
                auto const& unit = input_.sections[s].units[u];
                section.units.push_back(
                    {keep(unit, fmt::format("/sections/{}/units/{}", s, u)), unit.title, unit.is_required.value_or(true)});
            }
        }
        check_media(input_.cover, MediaKind::picture, "/cover");
        if (!problems_.empty())
            throw invalid(std::move(problems_));
        store();
        return sections;
    }

private:
    UnitId keep(SaveUnit const& unit, std::string const& path)
    {
        auto row = read(unit, path);
        auto const known = unit.id ? units_.find(*unit.id) : units_.end();
        bool const is_known = known != units_.end() && !kept_.contains(known->first);
        if (is_known && known->second.is_published && has_same_content(known->second, row)) {
            row.is_published = true;
            row.seconds = known->second.seconds;
        }
        row.id = is_known && (row.is_published || !known->second.is_published) ? known->first : new_id_of<UnitId>();
        kept_.insert(row.id);
        rows_.push_back(row);
        return row.id;
    }

    UnitRow read(SaveUnit const& unit, std::string const& path)
    {
        UnitRow row{call_.county, {}, input_.id, unit.kind};
        row.share = unit.share.value_or(Share{90});
        if (unit.kind == UnitKind::text) {
            row.body = unit.body.value_or("");
            row.seconds = unit.minutes ? *unit.minutes * 60 : reading_seconds(row.body);
            return row;
        }
        if (unit.kind == UnitKind::quiz) {
            auto const settings = unit.quiz.value_or(SaveQuiz{});
            row.body = to_json(settings);
            row.seconds = seconds_of(settings);
            row.share = 100;
            return row;
        }
        auto const* const file
            = check_media(unit.media, reflect::value_named<MediaKind>(name_of(unit.kind)).value(), path + "/media");
        row.media = unit.media.value_or(MediaId{});
        row.seconds = is_played(unit.kind) ? (file ? file->seconds : 0) : unit.minutes.value_or(ReadingMinutes{5}) * 60;
        if (is_played(unit.kind) && unit.subtitles && check_media(unit.subtitles, MediaKind::subtitles, path + "/subtitles"))
            row.subtitles = *unit.subtitles;
        return row;
    }

    MediaRow const* check_media(std::optional<MediaId> id, MediaKind kind, std::string const& path)
    {
        if (!id)
            return nullptr;
        auto const found = media_.find(*id);
        if (found != media_.end() && found->second.kind == kind)
            return &found->second;
        problems_.push_back({path, "not_found", {"课程里没有这个文件。", "The course has no such file."}});
        return nullptr;
    }

    // Subtitles may be mended at any time.
    static bool has_same_content(UnitRow const& one, UnitRow const& other)
    {
        return one.kind == other.kind && one.media == other.media && one.body == other.body && one.share == other.share
            && (is_played(one.kind) || one.seconds == other.seconds);
    }

    void store()
    {
        db::Batch batch;
        for (auto const& row : rows_)
            batch.add(row.county, row.id, row.course, row.kind, row.media, row.subtitles, row.body, row.seconds, row.share,
                row.is_published);
        batch.run(call_.db,
            "INSERT INTO course_units (county, id, course, kind, media, subtitles, body, seconds, share, is_published) VALUES ($1, "
            "$2, $3, $4, $5, $6, $7, $8, $9, $10) "
            "ON CONFLICT (county, id) DO UPDATE SET kind = EXCLUDED.kind, media = EXCLUDED.media, subtitles = EXCLUDED.subtitles, "
            "body = EXCLUDED.body, "
            "seconds = EXCLUDED.seconds, share = EXCLUDED.share");
        db::Batch gone;
        for (auto const& [id, row] : units_)
            if (!kept_.contains(id) && !row.is_published)
                gone.add(call_.county, id);
        gone.run(call_.db, "DELETE FROM course_units WHERE county = $1 AND id = $2");
    }

    Call& call_;
    SaveCourse const& input_;
    std::unordered_map<MediaId, MediaRow> const media_;
    std::unordered_map<UnitId, UnitRow> const units_;
    std::set<UnitId> kept_;
    std::vector<UnitRow> rows_;
    Problems problems_;
};

std::string search_text(std::string const& title, std::string const& summary)
{
    return lib::search_key(title) + " " + lib::search_fold(summary);
}

} // namespace

std::unordered_map<UnitId, UnitRow> units_of(Call& call, CourseId course)
{
    std::unordered_map<UnitId, UnitRow> units;
    for (auto& row : call.db.rows<UnitRow>("SELECT * FROM course_units WHERE county = $1 AND course = $2", call.county, course))
        units.emplace(row.id, std::move(row));
    return units;
}

CourseDraft draft_of(Call& call, CourseId id)
{
    auto const course = course_with(call, id).value();
    CourseDraft draft;
    static_cast<CourseBrief&>(draft) = brief_of(course);
    auto const media = media_of(call, id);
    auto const units = units_of(call, id);
    draft.summary = course.summary;
    draft.topics = topics_in(course.topics);
    draft.cover = media_in(call, media, course.cover);
    for (auto const& section : reflect::from_json<Sections>(course.sections)) {
        auto& shown = draft.sections.emplace_back(SectionDraft{section.title, {}});
        for (auto const& place : section.units)
            if (auto const unit = units.find(place.id); unit != units.end())
                shown.units.push_back(draft_of_unit(call, place, unit->second, media));
    }
    auto const figures = learner_figures(call, {id.value});
    for (auto const& one : figures) {
        draft.learners += one.learners;
        draft.completed += one.completed;
    }
    draft.editions = editions_of(call, id, figures);
    draft.created_by = directory::person_name(call, course.created_by).value_or("");
    call.version = draft.version = course.version;
    call.audit_subject = fmt::format("course:{}", id.value);
    return draft;
}

void check(SaveCourse const& input, Problems& problems)
{
    std::size_t units = 0;
    for (auto const& section : input.sections)
        units += section.units.size();
    if (units > most_units || input.sections.size() > most_units)
        problems.push_back({"/sections", "length", {"一门课程最多 200 个课时。", "A course has at most 200 lessons."}});
}

std::int64_t reading_seconds(std::string_view text)
{
    return std::max<std::int64_t>(30, static_cast<std::int64_t>(lib::count_characters(text)) / 5);
}

std::vector<Topic> topics_in(std::string_view list)
{
    std::vector<Topic> topics;
    for (auto const& name : directory::split_list(list))
        if (auto const topic = reflect::value_named<Topic>(name))
            topics.push_back(*topic);
    return topics;
}

CourseDraft create_course(Call& call, CreateCourse const& input)
{
    auto const owner = directory::organisation(call.db, call.county, input.owner.value_or(call.viewer.organisation));
    if (!owner || !call.viewer.reaches(owner->path))
        throw invalid(
            "/owner", "not_found", {"找不到这个机构，或不在您的管理范围内。", "There is no such organisation within your reach."});
    CourseRow row;
    row.county = call.county;
    row.id = new_id_of<CourseId>();
    row.owner = owner->id;
    row.level = level_of(owner->kind);
    row.line = input.line;
    row.title = input.title;
    row.search = search_text(row.title, "");
    row.sections = Json("[]");
    row.created_by = call.viewer.person;
    row.created_at = row.changed_at = call.now;
    call.db.insert("courses", row);
    return draft_of(call, row.id);
}

CourseDraft show_draft(Call& call, OneCourse const& input) { return draft_of(call, managed_course(call, input.id).id); }

CourseDraft save_course(Call& call, SaveCourse const& input)
{
    auto const course = managed_course(call, input.id);
    call.require_version(course.version);
    auto const sections = Saving(call, input).run();
    call.db.execute("UPDATE courses SET title = $3, line = $4, is_compulsory = $5, summary = $6, topics = $7, search = $8, cover = "
                    "$9, sections = $10, "
                    "is_changed = edition > 0, changed_at = $11, version = version + 1 WHERE county = $1 AND id = $2",
        call.county, input.id, input.title, input.line, input.line == Line::staff && input.is_compulsory.value_or(false),
        input.summary, topics_text(input.topics), search_text(input.title, input.summary), input.cover.value_or(MediaId{}),
        to_json(sections), call.now);
    return draft_of(call, input.id);
}

Nothing remove_course(Call& call, OneCourse const& input)
{
    auto const course = managed_course(call, input.id);
    if (course.edition > 0)
        throw conflict({"发布过的课程只能下架，学员的学习记录要保留。",
            "A course that was published can only be withdrawn: what people learnt stays."});
    for (auto const& [id, media] : media_of(call, course.id))
        remove_media(call, media);
    call.db.execute("DELETE FROM course_units WHERE county = $1 AND course = $2", call.county, course.id);
    call.db.execute("DELETE FROM courses WHERE county = $1 AND id = $2", call.county, course.id);
    call.audit_subject = fmt::format("course:{}", course.id.value);
    return {};
}

Page<CourseBrief> list_drafts(Call& call, ListDrafts const& input)
{
    static std::string const sql = "SELECT c.*, o.name AS owner_name, o.kind AS owner_kind, o.path AS owner_path FROM courses c "
        + directory::joined_organisation("o", "c.county", "c.owner")
        + " WHERE c.county = $1 AND o.path >= $2 AND o.path < $3 AND c.search LIKE $4 ESCAPE '\\' AND (c.state = $5 OR $5 = '') "
          "AND (c.line = $6 OR $6 = '') "
          "AND (c.id < $7 OR $7 = 0) ORDER BY c.id DESC LIMIT $8";
    auto const limit = input.limit.value_or(Limit{50});
    auto rows = call.db.rows<OwnedCourse>(sql, call.county, call.viewer.path, call.viewer.path_end(),
        input.q ? directory::contains_pattern(lib::search_fold(*input.q)) : "%", input.state ? name_of(*input.state) : "",
        input.line ? name_of(*input.line) : "", directory::after_id(input.after), limit + 1);
    Page<CourseBrief> page;
    if (static_cast<std::int64_t>(rows.size()) > limit) {
        rows.pop_back();
        page.next = std::to_string(rows.back().id.value);
    }
    std::vector<std::int64_t> ids;
    for (auto const& row : rows) {
        page.items.push_back(brief_of(row));
        ids.push_back(row.id.value);
    }
    for (auto const& one : learner_figures(call, ids))
        for (auto& item : page.items)
            if (item.id == one.course) {
                item.learners += one.learners;
                item.completed += one.completed;
            }
    return page;
}

Routes course_routes()
{
    return {
        route(Verb::get, "/api/courses", Permission::manage_courses, "course_list", "Courses that one makes, the newest first",
            list_drafts),
        route(Verb::post, "/api/courses", Permission::manage_courses, "course_create", "Begins a course", create_course),
        route(Verb::get, "/api/courses/{id}", Permission::manage_courses, "course_show", "The draft of a course, with its editions",
            show_draft),
        route(Verb::put, "/api/courses/{id}", Permission::manage_courses, "course_save", "Saves the draft whole", save_course),
        route(Verb::del, "/api/courses/{id}", Permission::manage_courses, "course_remove",
            "Takes a course away that was never published", remove_course),
        route(Verb::post, "/api/courses/{id}/editions", Permission::manage_courses, "course_publish",
            "Publishes the draft as a new edition", publish_course),
        route(Verb::put, "/api/courses/{id}/withdrawal", Permission::manage_courses, "course_withdraw",
            "Takes a course out of the catalogue, or puts it back", set_withdrawal),
    };
}

} // namespace concentric::learning
