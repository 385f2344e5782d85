#include "modules/learning/catalogue.hpp"

#include "lib/pinyin.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/learning/progress.hpp"

#include <fmt/format.h>

#include <map>
#include <set>

namespace concentric::learning {
namespace {

// An edition with what of its course does not belong to the draft.
struct Offered : EditionRow {
    OrganisationId owner;
    Level level = Level::county;
    CourseState state = CourseState::published;
    std::string owner_name, owner_kind, owner_path;
};
BOOST_DESCRIBE_STRUCT(Offered, (EditionRow), (owner, level, state, owner_name, owner_kind, owner_path))

std::string const& offered_columns()
{
    static std::string const sql
        = "SELECT e.*, c.owner, c.level, c.state, o.name AS owner_name, o.kind AS owner_kind, o.path AS owner_path ";
    return sql;
}
std::string const& owner_join()
{
    static std::string const sql = directory::joined_organisation("o", "c.county", "c.owner");
    return sql;
}

CatalogueItem item_of(Offered const& row)
{
    CatalogueItem item;
    item.id = row.course;
    item.owner = {row.owner, directory::OrganisationKind(row.owner_kind), row.owner_name};
    item.level = row.level;
    item.line = row.line;
    item.is_compulsory = row.is_compulsory;
    item.title = row.title;
    item.summary = row.summary;
    item.topics = topics_in(row.topics);
    if (row.cover)
        item.cover = row.cover;
    item.edition = row.number;
    item.lessons = row.lessons;
    item.seconds = row.seconds;
    item.published_at = row.published_at;
    return item;
}

using Done = std::map<UnitId, ProgressRow>;

Done progress_in(Call& call, std::vector<std::int64_t> const& courses)
{
    Done done;
    for (auto& row :
        call.db.rows<ProgressRow>("SELECT p.* FROM unit_progress p WHERE p.county = $1 AND p.person = $2 AND p.course ANY_OF($3)",
            call.county, call.viewer.person, db::IntegerList{courses}))
        done.emplace(row.unit, std::move(row));
    return done;
}

OwnProgress own_of(LearnerRow const& learner, Sections const& sections, Done const& done)
{
    OwnProgress own{learner.edition, 0, 0, 0, learner.started_at, learner.changed_at};
    if (learner.completed_at.milliseconds)
        own.completed_at = learner.completed_at;
    for (auto const& place : units_in(sections)) {
        ++own.lessons;
        if (auto const found = done.find(place.id); found != done.end()) {
            own.seconds += found->second.seconds;
            own.lessons_done += found->second.completed_at.milliseconds != 0;
        }
    }
    return own;
}

struct LearntEdition {
    CourseId course;
    std::int64_t number = 0;
    Json sections;
};
BOOST_DESCRIBE_STRUCT(LearntEdition, (), (course, number, sections))

void add_own(Call& call, std::vector<CatalogueItem>& items)
{
    std::vector<std::int64_t> ids;
    for (auto const& item : items)
        ids.push_back(item.id.value);
    auto const learners
        = call.db.rows<LearnerRow>("SELECT * FROM course_learners WHERE county = $1 AND person = $2 AND course ANY_OF($3)",
            call.county, call.viewer.person, db::IntegerList{ids});
    if (learners.empty())
        return;
    auto const editions
        = call.db.rows<LearntEdition>("SELECT e.course, e.number, e.sections FROM course_learners l JOIN course_editions e ON "
                                      "e.county = l.county AND e.course = l.course AND e.number = l.edition "
                                      "WHERE l.county = $1 AND l.person = $2 AND l.course ANY_OF($3)",
            call.county, call.viewer.person, db::IntegerList{ids});
    auto const done = progress_in(call, ids);
    for (auto const& learner : learners)
        for (auto const& edition : editions)
            for (auto& item : items)
                if (item.id == learner.course && edition.course == learner.course)
                    item.own = own_of(learner, reflect::from_json<Sections>(edition.sections), done);
}

std::optional<Offered> offered(Call& call, CourseId course, std::int64_t number)
{
    return call.db.row<Offered>(offered_columns()
            + "FROM course_editions e JOIN courses c ON c.county = e.county AND c.id = e.course " + owner_join()
            + " WHERE e.county = $1 AND e.course = $2 AND e.number = $3",
        call.county, course, number);
}

std::vector<LessonSection> lessons_of(Call& call, CourseId course, Sections const& sections, Done const& done)
{
    std::map<UnitId, UnitRow> units;
    for (auto& row : call.db.rows<UnitRow>("SELECT county, id, course, kind, media, subtitles, '' AS body, seconds, share, "
                                           "is_published FROM course_units WHERE county = $1 AND course = $2",
             call.county, course))
        units.emplace(row.id, std::move(row));
    std::vector<LessonSection> shown;
    for (auto const& section : sections) {
        auto& lessons = shown.emplace_back(LessonSection{section.title, {}}).lessons;
        for (auto const& place : section.units) {
            auto const& unit = units.at(place.id);
            auto& lesson
                = lessons.emplace_back(Lesson{place.id, place.title, unit.kind, place.is_required, unit.seconds, unit.share});
            if (auto const found = done.find(place.id); found != done.end()) {
                lesson.learnt = found->second.seconds;
                lesson.is_completed = found->second.completed_at.milliseconds != 0;
            }
        }
    }
    return shown;
}

std::optional<NewerEdition> newer_than(Call& call, OwnedCourse const& course, std::int64_t own, Done const& done)
{
    if (own >= course.edition)
        return std::nullopt;
    auto const newest = edition_of(call, course.id, course.edition).value();
    NewerEdition newer{newest.number, newest.note, newest.published_at};
    for (auto const& place : units_in(reflect::from_json<Sections>(newest.sections)))
        if (auto const found = done.find(place.id); found != done.end())
            newer.kept += found->second.completed_at.milliseconds != 0;
    return newer;
}

} // namespace

std::optional<LearnerRow> learner_of(Call& call, PersonId person, CourseId course)
{
    return call.db.row<LearnerRow>(
        "SELECT * FROM course_learners WHERE county = $1 AND person = $2 AND course = $3", call.county, person, course);
}

Page<CatalogueItem> list_catalogue(Call& call, ListCatalogue const& input)
{
    auto const limit = input.limit.value_or(Limit{24});
    auto const branch = own_branch(call);
    auto rows = call.db.rows<Offered>(offered_columns()
            + "FROM courses c JOIN course_editions e ON e.county = c.county AND e.course = c.id AND e.number = c.edition "
            + owner_join()
            + " WHERE c.county = $1 AND c.state = 'published' AND (c.level <> 'school' OR c.owner ANY_OF($2) OR (o.path >= $3 AND "
              "o.path < $4)) "
              "AND e.search LIKE $5 ESCAPE '\\' AND (e.line = $6 OR $6 = '') AND (c.level = $7 OR $7 = '') AND (',' || e.topics || "
              "',' LIKE $8) "
              "AND (c.id < $9 OR $9 = 0) ORDER BY c.id DESC LIMIT $10",
        call.county, db::IntegerList{branch}, call.viewer.path, call.viewer.path_end(),
        input.q ? directory::contains_pattern(lib::search_fold(*input.q)) : "%", input.line ? name_of(*input.line) : "",
        input.level ? name_of(*input.level) : "", input.topic ? fmt::format("%,{},%", name_of(*input.topic)) : "%",
        directory::after_id(input.after), limit + 1);
    Page<CatalogueItem> page;
    if (static_cast<std::int64_t>(rows.size()) > limit) {
        rows.pop_back();
        page.next = std::to_string(rows.back().course.value);
    }
    for (auto const& row : rows)
        page.items.push_back(item_of(row));
    add_own(call, page.items);
    return page;
}

CourseView show_course(Call& call, OneCourse const& input)
{
    auto const course = visible_course(call, input.id);
    if (course.edition == 0)
        throw not_found(the_course);
    auto const learner = learner_of(call, call.viewer.person, course.id);
    auto const edition = offered(call, course.id, learner ? learner->edition : course.edition).value();
    auto const sections = reflect::from_json<Sections>(edition.sections);
    auto const done = progress_in(call, {course.id.value});
    CourseView view;
    static_cast<CatalogueItem&>(view) = item_of(edition);
    view.sections = lessons_of(call, course.id, sections, done);
    view.may_manage = may_manage(call, course);
    if (learner) {
        view.own = own_of(*learner, sections, done);
        view.newer = newer_than(call, course, learner->edition, done);
    }
    return view;
}

std::optional<UnitRow> unit_with(Call& call, UnitId id)
{
    return call.db.row<UnitRow>("SELECT * FROM course_units WHERE county = $1 AND id = $2", call.county, id);
}

UnitRow visible_unit(Call& call, UnitId id)
{
    auto unit = unit_with(call, id);
    if (!unit)
        throw not_found(the_unit);
    auto const course = visible_course(call, unit->course);
    if (!unit->is_published && !may_manage(call, course))
        throw not_found(the_unit);
    return std::move(*unit);
}

std::optional<LessonRef> lesson_shown(Call& call, UnitId id)
{
    auto const owner
        = call.db.value<CourseId>("SELECT course AS value FROM course_units WHERE county = $1 AND id = $2", call.county, id);
    auto const course = owner ? course_with(call, *owner) : std::nullopt;
    if (!course || !may_learn(call, *course, own_branch(call)))
        return std::nullopt;
    for (auto const& place : units_in(reflect::from_json<Sections>(edition_of(call, *owner, course->edition).value().sections)))
        if (place.id == id)
            return LessonRef{*owner, id, place.title, course->title};
    return std::nullopt;
}

UnitView show_unit(Call& call, OneUnit const& input)
{
    auto const unit = visible_unit(call, input.id);
    UnitView view{unit.id, unit.course, unit.kind, unit.kind == UnitKind::quiz ? "" : unit.body};
    if (auto const media = unit.media && unit.kind != UnitKind::package ? media_with(call, unit.media) : std::nullopt) {
        view.media = media->id;
        view.content_type = media->content_type;
        view.file_name = media->file_name;
        view.has_thumbnail = !media->thumbnail.empty();
    }
    if (unit.subtitles)
        view.subtitles = unit.subtitles;
    view.seconds = unit.seconds;
    view.share = unit.share;
    if (auto const progress = progress_of(call, call.viewer.person, unit.id)) {
        view.learnt = progress->seconds;
        view.position_ms = progress->position_ms;
        view.is_completed = progress->completed_at.milliseconds != 0;
    }
    return view;
}

CourseView move_to_edition(Call& call, MoveToEdition const& input)
{
    auto const course = visible_course(call, input.id);
    auto const learner = learner_of(call, call.viewer.person, course.id);
    if (!learner || input.number != course.edition)
        throw conflict({"只能转到最新版本。", "One can only move to the newest edition."});
    call.db.execute("UPDATE course_learners SET edition = $4, changed_at = $5 WHERE county = $1 AND person = $2 AND course = $3",
        call.county, call.viewer.person, course.id, course.edition, call.now);
    complete_course_if_done(call, call.viewer.person, course.id);
    call.audit_subject = fmt::format("course:{}", course.id.value);
    return show_course(call, {course.id});
}

OwnLearning own_learning(Call& call, Nothing const&)
{
    OwnLearning own;
    for (auto const& row : call.db.rows<Offered>(offered_columns()
                 + "FROM course_learners l JOIN courses c ON c.county = l.county AND c.id = l.course "
                   "JOIN course_editions e ON e.county = l.county AND e.course = l.course AND e.number = l.edition "
                 + owner_join() + " WHERE l.county = $1 AND l.person = $2 ORDER BY l.changed_at DESC LIMIT 200",
             call.county, call.viewer.person))
        own.items.push_back(item_of(row));
    add_own(call, own.items);
    for (auto const& item : own.items) {
        ++own.courses;
        own.completed += item.own && item.own->completed_at;
        own.lessons_done += item.own ? item.own->lessons_done : 0;
        own.seconds += item.own ? item.own->seconds : 0;
    }
    return own;
}

Routes catalogue_routes()
{
    return {
        route(Verb::get, "/api/catalogue", Permission::signed_in, "catalogue_list", "Courses that are there for the viewer",
            list_catalogue),
        route(Verb::get, "/api/catalogue/{id}", Permission::signed_in, "catalogue_show",
            "A course with its lessons and what the viewer has done of it", show_course),
        route(Verb::put, "/api/catalogue/{id}/edition", Permission::signed_in, "edition_move",
            "Moves the viewer to the newest edition; what did not change stays done", move_to_edition),
        route(Verb::get, "/api/units/{id}", Permission::signed_in, "unit_show", "A lesson's content and where the viewer stopped",
            show_unit),
        route(Verb::get, "/api/own-learning", Permission::signed_in, "learning_show", "What the viewer learns and has learnt",
            own_learning),
    };
}

} // namespace concentric::learning
