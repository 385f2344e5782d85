#include "modules/demo/courses.hpp"

#include "lib/pinyin.hpp"
#include "lib/zip_writer.hpp"
#include "modules/demo/acting.hpp"
#include "modules/demo/course_texts.hpp"
#include "modules/demo/family_life.hpp"
#include "modules/demo/package_texts.hpp"
#include "modules/learning/courses.hpp"

#include <cmath>
#include <numbers>

namespace concentric::demo {
namespace {

using namespace learning;

using milliseconds::hour;
constexpr int recording_seconds = 20;
constexpr std::int64_t package_minutes = 1;
constexpr CourseText package_course{Line::in_school, Level::county, "开一次家庭会议",
    "互动课件：读一读，再做三个选择。两页都完成，这门课就学完了。", "family_meetings,parent_child",
    {{"互动课件：开一次家庭会议", ""}, {}, {}}};

void add_number(std::string& bytes, std::uint32_t number, int count)
{
    for (int i = 0; i < count; ++i)
        bytes += static_cast<char>(number >> (8 * i) & 0xFF);
}

// A quiet chord that rises and fades: WAV, mono, 8,000 samples a second, so that the demo needs no other program.
std::string recording(int pitch)
{
    constexpr std::uint32_t rate = 8000, samples = rate * recording_seconds;
    std::string bytes = "RIFF";
    add_number(bytes, 36 + samples * 2, 4);
    bytes += "WAVEfmt ";
    add_number(bytes, 16, 4);
    add_number(bytes, 1, 2);
    add_number(bytes, 1, 2);
    add_number(bytes, rate, 4);
    add_number(bytes, rate * 2, 4);
    add_number(bytes, 2, 2);
    add_number(bytes, 16, 2);
    bytes += "data";
    add_number(bytes, samples * 2, 4);
    for (std::uint32_t i = 0; i < samples; ++i) {
        auto const at = static_cast<double>(i) / rate;
        auto const swell = std::sin(std::numbers::pi * at / recording_seconds);
        auto const wave = std::sin(2 * std::numbers::pi * pitch * at) + 0.5 * std::sin(2 * std::numbers::pi * pitch * 1.5 * at);
        add_number(bytes, static_cast<std::uint16_t>(static_cast<std::int16_t>(4000 * swell * wave)), 2);
    }
    return bytes;
}

class Teaching {
public:
    Teaching(Call& call, County& county) : call_(call), county_(county) { }

    void run()
    {
        int pitch = 220;
        for (auto const& text : course_texts())
            publish(text, pitch += 22);
        publish(package_course, pitch);
        learn("parent");
        learn("grandmother");
        learn("teacher");
    }

private:
    // Where the parent who can log in has their child, the first community, or the county.
    std::size_t owner_of(Level level) const
    {
        if (level == Level::community)
            return county_.communities.front();
        return level == Level::school ? school_ : 0;
    }

    void publish(CourseText const& text, int pitch)
    {
        auto const owner = owner_of(text.level);
        CourseRow course;
        course.county = call_.county;
        course.id = new_id_of<CourseId>();
        course.owner = county_.id_of(owner);
        course.level = text.level;
        course.line = text.line;
        course.is_compulsory = text.line == Line::staff;
        course.title = text.title;
        course.summary = text.summary;
        course.topics = text.topics;
        course.search = lib::search_key(course.title) + " " + lib::search_fold(course.summary);
        course.state = CourseState::published;
        course.edition = 1;
        course.created_by = county_.units[owner].speaker;
        course.created_at = course.changed_at = {call_.now.milliseconds - 24 * 40 * hour};
        EditionRow edition{call_.county, course.id, 1, course.line, course.is_compulsory, course.title, course.summary,
            course.topics, course.search};
        SectionRow section{"", {}};
        for (auto const& lesson : text.lessons) {
            if (!lesson.title)
                break;
            auto const unit = &text == &package_course ? add_package(course.id) : add_unit(course.id, lesson, pitch);
            section.units.push_back({unit.id, lesson.title, true});
            edition.seconds += unit.seconds;
            ++edition.lessons;
        }
        course.sections = edition.sections = Json(to_json(Sections{section}));
        edition.published_by = course.created_by;
        edition.published_at = course.changed_at;
        call_.db.insert("courses", course);
        call_.db.insert("course_editions", edition);
    }

    UnitRow add_unit(CourseId course, CourseText::Lesson const& lesson, int pitch)
    {
        UnitRow unit{call_.county, new_id_of<UnitId>(), course};
        unit.is_published = true;
        if (*lesson.body) {
            unit.body = lesson.body;
            unit.seconds = reading_seconds(unit.body);
            unit.share = 100;
        } else {
            unit.kind = UnitKind::audio;
            unit.seconds = recording_seconds;
            unit.media = store_media(
                call_, course, MediaKind::audio, std::string(lesson.title) + ".wav", recording(pitch), recording_seconds, "");
        }
        call_.db.insert("course_units", unit);
        return unit;
    }

    UnitRow add_package(CourseId course)
    {
        UnitRow unit{call_.county, new_id_of<UnitId>(), course, UnitKind::package};
        unit.seconds = package_minutes * 60;
        unit.share = 60;
        unit.is_published = true;
        unit.media = store_media(call_, course, MediaKind::package, "家庭会议.zip", lib::write_zip(package_files()), 0, "");
        call_.db.insert("course_units", unit);
        return unit;
    }

    // One course whole and the beginning of the next one: those that are there for everybody.
    void learn(std::string_view user_name)
    {
        auto const person = person_of(call_, user_name);
        auto const courses
            = call_.db.rows<CourseRow>("SELECT * FROM courses WHERE county = $1 AND level = 'county' AND line = $2 ORDER BY id",
                call_.county, user_name == "teacher" ? Line::staff : Line::in_school);
        for (auto const& course : courses)
            take(person, course, 2);
        if (user_name == "parent")
            for (auto const& course :
                call_.db.rows<CourseRow>("SELECT * FROM courses WHERE county = $1 AND level = 'school' ORDER BY id", call_.county))
                take(person, course, 0);
    }

    // The first `whole` lessons, and half of the one after them.
    void take(PersonId person, CourseRow const& course, std::size_t whole)
    {
        Instant const at{call_.now.milliseconds - 24 * 6 * hour};
        call_.db.insert("course_learners", LearnerRow{call_.county, person, course.id, 1, at, at});
        auto const places = units_in(reflect::from_json<Sections>(course.sections));
        for (std::size_t i = 0; i <= whole && i < places.size(); ++i) {
            auto const unit
                = call_.db.row<UnitRow>("SELECT * FROM course_units WHERE county = $1 AND id = $2", call_.county, places[i].id)
                      .value();
            WatchedSeconds watched(unit.seconds);
            auto const seconds = watched.add(0, i < whole ? unit.seconds : unit.seconds / 2, unit.seconds);
            call_.db.insert("unit_progress",
                ProgressRow{call_.county, person, unit.id, course.id, unit.seconds, unit.share, is_played(unit.kind) ? 200 : 100,
                    watched.text(), seconds, seconds * 1000, i < whole ? at : Instant{}});
        }
    }

    Call& call_;
    County& county_;
    std::size_t const school_ = county_.above(county_.pupils[shown_child(county_).pupil].class_, "school");
};

} // namespace

void add_courses(Call& call, County& county) { Teaching(call, county).run(); }

} // namespace concentric::demo
