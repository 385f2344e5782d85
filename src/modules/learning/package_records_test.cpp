#include "modules/learning/package_records.hpp"

#include "lib/zip_writer.hpp"
#include "modules/directory/county_for_test.hpp"
#include "modules/learning/courses.hpp"
#include "modules/learning/packages.hpp"
#include "modules/learning/progress.hpp"
#include "modules/ledger/entries.hpp"

namespace concentric::learning {
namespace {

constexpr std::int64_t minutes = 2;

std::string manifest()
{
    return R"(<manifest xmlns:adlcp="a"><metadata><schemaversion>1.2</schemaversion></metadata>
        <organizations><organization identifier="o"><title>课件</title>
            <item identifier="h"><title>第一章</title>
                <item identifier="a" identifierref="a"><title>读</title></item>
                <item identifier="b" identifierref="b"><title>试</title></item></item></organization></organizations>
        <resources><resource identifier="a" adlcp:scormtype="sco" href="a.html"/>
            <resource identifier="b" adlcp:scormtype="asset" href="b.html"/></resources></manifest>)";
}

// A teacher before a package of a page that reports and one that is only shown; it counts as two minutes and asks for half.
struct Packages : directory::County {
    Packages()
    {
        teacher.person = directory::create_staff(call, {Text<1, 60>("王芳"), {}, {}, {}, first, {"class_teacher"}, {}}).id;
        auto const course = create_course(call, {root, {"课件课"}, Line::staff}).id;
        media = store_media(call, course, MediaKind::package, "课件.zip",
            lib::write_zip({{"imsmanifest.xml", manifest()}, {"a.html", "<html>甲</html>"}, {"b.html", "乙"},
                {"film.mp4", std::string(piece_bytes, 'x') + "the end"}}),
            0, "");
        SaveUnit unit;
        unit.title = Text<1, 120>("做一做");
        unit.kind = UnitKind::package;
        unit.media = media;
        unit.minutes = {minutes};
        unit.share = {50};
        save_course(call, {course, {"课件课"}, Line::staff, {}, {}, {}, {}, {{{}, {unit}}}});
        lesson = publish_course(call, {course, {}}).sections.front().units.front().id;
    }

    Viewing open()
    {
        auto by_teacher = call_by(teacher);
        return open_viewing(by_teacher, {lesson});
    }
    SavedPage say(ViewingId viewing, std::int64_t page, std::vector<PackageData> data)
    {
        auto by_teacher = call_by(teacher);
        return save_page(by_teacher, {lesson, {page}, viewing, std::move(data)});
    }
    // The page was in sight for so many seconds, from where it stood.
    Heartbeat wait(ViewingId viewing, std::int64_t from, std::int64_t seconds)
    {
        clock.advance(std::chrono::seconds(seconds));
        auto by_teacher = call_by(teacher);
        return send_heartbeat(by_teacher, {viewing, lesson, {from * 1000}, {(from + seconds) * 1000}, {100}, {0}});
    }
    std::vector<ledger::Entry> entries() { return ledger::entries_about(db, county, teacher.person.value); }

    static std::vector<PackageData> passed() { return {{"cmi.core.lesson_status", "passed"}, {"cmi.core.score.raw", "90"}}; }

    Viewer teacher{};
    MediaId media;
    UnitId lesson;
};

TEST_F(Packages, a_package_that_is_through_waits_for_the_time_and_then_is_one_entry)
{
    auto const viewing = open().id;
    EXPECT_FALSE(say(viewing, 1, passed()).is_through);
    EXPECT_TRUE(say(viewing, 2, {}).is_through);
    EXPECT_FALSE(wait(viewing, 0, 50).is_completed);
    EXPECT_TRUE(entries().empty());

    EXPECT_TRUE(wait(viewing, 50, 10).is_completed); // a minute of the two

    ASSERT_EQ(entries().size(), 1U);
    EXPECT_EQ(entries().front().kind, "course.elective");
    EXPECT_EQ(entries().front().minutes, minutes);
    EXPECT_TRUE(say(viewing, 1, passed()).is_completed);
    EXPECT_EQ(entries().size(), 1U);
}

TEST_F(Packages, time_alone_completes_nothing_and_the_last_page_does_once_the_time_is_there)
{
    auto const viewing = open().id;
    say(viewing, 1, passed());
    EXPECT_FALSE(wait(viewing, 0, 60).is_completed);
    EXPECT_FALSE(wait(viewing, 60, 60).is_completed);
    EXPECT_TRUE(entries().empty());

    EXPECT_TRUE(say(viewing, 2, {}).is_completed);

    EXPECT_EQ(entries().size(), 1U);
}

TEST_F(Packages, what_is_said_from_another_window_or_before_it_was_opened_does_not_count)
{
    EXPECT_EQ(error_of([&] { say({1}, 1, passed()); }).kind, ErrorKind::conflict);
    auto const before = open().id;
    auto const now = open().id;

    EXPECT_EQ(error_of([&] { say(before, 1, passed()); }).kind, ErrorKind::conflict);
    EXPECT_TRUE(say(now, 1, passed()).is_done);
}

TEST_F(Packages, a_page_goes_on_with_what_it_kept_and_stays_done)
{
    auto const viewing = open().id;
    say(viewing, 1, passed());

    auto const again = say(viewing, 1, {{"cmi.core.lesson_status", "incomplete"}, {"cmi.suspend_data", "第三步"}});

    EXPECT_EQ(again.state, PageState::incomplete);
    EXPECT_TRUE(again.is_done);
    auto by_teacher = call_by(teacher);
    EXPECT_EQ(show_page(by_teacher, {lesson, {1}}).data.back().value, "第三步");
    EXPECT_EQ(error_of([&] { show_page(by_teacher, {lesson, {0}}); }).kind, ErrorKind::not_found) << "a heading";
    EXPECT_EQ(error_of([&] { show_page(by_teacher, {lesson, {3}}); }).kind, ErrorKind::not_found);
}

TEST_F(Packages, a_ticket_opens_the_files_of_its_package_until_it_is_over)
{
    auto const ticket = package_ticket(call, media);
    auto const text_of_file = [&](std::string const& with, std::string const& path) {
        auto later = call_by({});
        return package_file(later, {Text<1, 200>(with), Text<1, 400>(path)}).bytes;
    };

    EXPECT_EQ(text_of_file(ticket, "a.html"), R"(<html><script src="/player/bridge.js"></script>甲</html>)");
    auto other = call_by({});
    auto const film = package_file(other, {Text<1, 200>(ticket), "film.mp4"});
    EXPECT_EQ(film.size, static_cast<std::uint64_t>(piece_bytes + 7));
    EXPECT_EQ(film.read(static_cast<std::uint64_t>(piece_bytes - 1), 4), "xthe"); // across two pieces
    auto forged = ticket;
    forged.back() = forged.back() == '0' ? '1' : '0';
    EXPECT_EQ(error_of([&] { text_of_file(forged, "a.html"); }).kind, ErrorKind::not_found);
    EXPECT_EQ(error_of([&] { text_of_file(ticket, "nothing.html"); }).kind, ErrorKind::not_found);
    clock.advance(std::chrono::hours(12));
    EXPECT_NO_THROW(text_of_file(ticket, "a.html"));
    clock.advance(std::chrono::milliseconds(1));
    EXPECT_EQ(error_of([&] { text_of_file(ticket, "a.html"); }).kind, ErrorKind::not_found);
}

TEST_F(Packages, removing_a_package_leaves_nothing_in_the_store)
{
    auto const pieces = pieces_of(db, county, media, 0, 1'000);
    ASSERT_GT(pieces.size(), 5U);

    remove_media(call, *media_with(call, media));
    for (auto const& after : call.after_commit)
        after();

    for (auto const& piece : pieces)
        EXPECT_FALSE(blobs.has(piece.blob));
    EXPECT_FALSE(package_of(call, media));
    EXPECT_TRUE(db.values<std::int64_t>("SELECT size AS value FROM package_files WHERE county = $1", county).empty());
}

} // namespace
} // namespace concentric::learning
