#include "modules/learning/courses.hpp"

#include "lib/text.hpp"
#include "modules/ledger/entries.hpp"

#include <fmt/format.h>

// A draft becomes an edition: what keeps it from that, what is written down with it, and what the ledger is told.
namespace concentric::learning {
namespace {

void add_problem(Problems& problems, std::string path, Words words)
{
    problems.push_back({std::move(path), "incomplete", std::move(words)});
}

void check_quiz(Call& call, OwnedCourse const& course, QuizSettings const& settings, std::string const& path,
    std::string const& title, Problems& problems)
{
    if (settings.draws.empty())
        add_problem(problems, path, {fmt::format("“{}”还没有选题。", title), fmt::format("\"{}\" draws no questions yet.", title)});
    call.events.publish(call, QuizChecked{course, settings, path, title, &problems});
}

// Everything that keeps a draft from being published; fills in how long films last.
void check_ready(Call& call, OwnedCourse const& course, Sections const& sections, std::unordered_map<UnitId, UnitRow>& units,
    std::unordered_map<MediaId, MediaRow> const& media, Problems& problems)
{
    for (std::size_t s = 0; s < sections.size(); ++s)
        for (std::size_t u = 0; u < sections[s].units.size(); ++u) {
            auto const& place = sections[s].units[u];
            auto& unit = units.at(place.id);
            auto const path = fmt::format("/sections/{}/units/{}", s, u);
            if (unit.kind == UnitKind::text) {
                if (lib::trim(unit.body).empty())
                    add_problem(problems, path + "/body",
                        {fmt::format("“{}”还没有正文。", place.title), fmt::format("\"{}\" has no text yet.", place.title)});
                continue;
            }
            if (unit.kind == UnitKind::quiz) {
                check_quiz(call, course, settings_of(unit), path + "/quiz", place.title, problems);
                continue;
            }
            auto const file = media.find(unit.media);
            if (file == media.end() || file->second.state != MediaState::ready)
                add_problem(problems, path + "/media",
                    {fmt::format("“{}”的文件还没有就绪。", place.title),
                        fmt::format("The file of \"{}\" is not ready yet.", place.title)});
            else if (is_played(unit.kind) && !unit.is_published)
                unit.seconds = file->second.seconds;
        }
    if (units_in(sections).empty())
        add_problem(problems, "/sections", {"请至少添加一个课时。", "Add at least one lesson."});
    else if (auto const all = units_in(sections); std::ranges::none_of(all, &UnitPlace::is_required))
        add_problem(problems, "/sections", {"请至少有一个必学课时。", "At least one lesson has to be required."});
}

std::string_view curriculum_kind(Line line)
{
    switch (line) {
    case Line::pre_school: return "curriculum.preschool";
    case Line::entering: return "curriculum.entering_school";
    case Line::in_school: return "curriculum.in_school";
    case Line::grandparents: return "curriculum.grandparents";
    case Line::staff: return "curriculum.instructors";
    }
    return "";
}

// That a course line was opened shows on the dashboard by itself.
void note_first_edition(Call& call, OwnedCourse const& course)
{
    ledger::NewEntry fact;
    fact.kind = curriculum_kind(course.line);
    fact.happened_at = call.now;
    fact.unit = course.owner.value;
    fact.source = fmt::format("learning:course:{}", course.id.value);
    fact.data = fmt::format(R"({{"course":"{}"}})", course.id.value);
    ledger::append(call, {&fact, 1});
}

void add_edition(Call& call, OwnedCourse const& course, Sections const& sections, std::unordered_map<UnitId, UnitRow> const& units,
    std::string const& note)
{
    EditionRow edition{call.county, course.id, course.edition + 1, course.line, course.is_compulsory, course.title, course.summary,
        course.topics, course.search, course.cover, course.sections, 0, 0, note, call.viewer.person, call.now};
    db::Batch published;
    for (auto const& place : units_in(sections)) {
        auto const& unit = units.at(place.id);
        edition.seconds += unit.seconds;
        ++edition.lessons;
        published.add(call.county, unit.id, unit.seconds);
    }
    published.run(call.db, "UPDATE course_units SET is_published = TRUE, seconds = $3 WHERE county = $1 AND id = $2");
    call.db.insert("course_editions", edition);
}

} // namespace

std::optional<EditionRow> edition_of(Call& call, CourseId course, std::int64_t number)
{
    return call.db.row<EditionRow>(
        "SELECT * FROM course_editions WHERE county = $1 AND course = $2 AND number = $3", call.county, course, number);
}

CourseDraft publish_course(Call& call, PublishCourse const& input)
{
    auto const course = managed_course(call, input.id);
    call.require_version(course.version);
    auto const sections = reflect::from_json<Sections>(course.sections);
    auto units = units_of(call, course.id);
    Problems problems;
    check_ready(call, course, sections, units, media_of(call, course.id), problems);
    if (!problems.empty())
        throw invalid(std::move(problems));
    add_edition(call, course, sections, units, input.note.value_or(""));
    call.db.execute("UPDATE courses SET state = 'published', edition = edition + 1, is_changed = FALSE, changed_at = $3, version = "
                    "version + 1 WHERE county = $1 AND id = $2",
        call.county, course.id, call.now);
    if (course.edition == 0)
        note_first_edition(call, course);
    return draft_of(call, course.id);
}

CourseDraft set_withdrawal(Call& call, SetWithdrawal const& input)
{
    auto const course = managed_course(call, input.id);
    if (course.edition == 0)
        throw conflict({"课程还没有发布过。", "The course was never published."});
    call.db.execute("UPDATE courses SET state = $3, changed_at = $4, version = version + 1 WHERE county = $1 AND id = $2",
        call.county, course.id, input.is_withdrawn ? CourseState::withdrawn : CourseState::published, call.now);
    return draft_of(call, course.id);
}

} // namespace concentric::learning
