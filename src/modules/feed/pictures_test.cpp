#include "modules/feed/class_feed_for_test.hpp"
#include "modules/feed/clean_picture.hpp"
#include "modules/feed/clearing.hpp"
#include "modules/feed/exports.hpp"

// What pictures of children need, and how long they stay.
namespace concentric::feed {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

// Width and height as the JPEG's frame header says (ITU-T T.81, B.2.2).
std::pair<int, int> dots_of(std::string const& jpeg)
{
    for (std::size_t at = 2; at + 9 < jpeg.size();) {
        auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(jpeg[at + i]); };
        if (byte(1) == 0xC0 || byte(1) == 0xC2)
            return {byte(7) * 256 + byte(8), byte(5) * 256 + byte(6)};
        at += 2U + byte(2) * 256U + byte(3);
    }
    return {0, 0};
}

TEST(CleanPicture, keeps_the_dots_the_right_way_up_and_nothing_of_where_they_were_taken)
{
    ASSERT_THAT(photograph(), HasSubstr("Exif"));
    ASSERT_THAT(photograph(), HasSubstr("30.6409N"));
    ASSERT_EQ(dots_of(photograph()), (std::pair{120, 40}));

    auto const clean = clean_picture(photograph());

    EXPECT_EQ(dots_of(clean.bytes), (std::pair{40, 120}));
    for (auto const& bytes : {clean.bytes, clean.thumbnail})
        for (auto const* trace : {"Exif", "GPS", "Canary", "30.6409", "xmp"})
            EXPECT_THAT(bytes, Not(HasSubstr(trace)));
}

TEST(CleanPicture, refuses_what_is_no_picture)
{
    for (std::string const bytes : {"%PDF-1.4", "\xFF\xD8\xFF and then words", ""})
        EXPECT_EQ(error_of([&] { clean_picture(bytes); }).kind, ErrorKind::invalid) << bytes;
}

TEST_F(ClassFeed, a_child_in_a_picture_without_consent_is_named_and_nothing_is_posted)
{
    agree(mother, mei);
    auto const shot = picture();

    auto const error = error_of([&] { post({mei, ming}, {{shot, {mei, ming}}}); });

    EXPECT_EQ(error.kind, ErrorKind::invalid);
    ASSERT_THAT(error.problems, SizeIs(1));
    EXPECT_EQ(error.problems[0].code, "no_consent");
    EXPECT_THAT(error.problems[0].words.zh, HasSubstr("赵明"));
    EXPECT_EQ(count("moments"), 0);
    EXPECT_THAT(letters_of(mother), IsEmpty());
}

TEST_F(ClassFeed, a_child_who_is_in_the_words_alone_needs_no_consent_to_pictures)
{
    agree(mother, mei);

    auto const moment = post({mei, ming}, {{picture(), {mei}}});

    EXPECT_TRUE(sees_picture(sun, moment));
}

TEST_F(ClassFeed, withdrawing_hides_the_pictures_for_everybody_and_agreeing_again_shows_them)
{
    agree(mother, mei);
    agree(sun, ming);
    auto const moment = post({mei, ming}, {{picture(), {mei, ming}}});
    ASSERT_TRUE(sees_picture(sun, moment));

    answer(mother, mei, privacy::ConsentAct::withdrawn);

    EXPECT_FALSE(sees_picture(sun, moment));
    EXPECT_FALSE(sees_picture(teacher, moment));
    agree(mother, mei);
    EXPECT_TRUE(sees_picture(sun, moment));
}

TEST_F(ClassFeed, a_picture_whose_consent_was_withdrawn_is_erased_after_thirty_days)
{
    agree(mother, mei);
    auto const moment = post({mei}, {{picture(), {mei}}});
    auto const blob = *db.value<std::string>("SELECT blob AS value FROM moment_pictures WHERE county = $1", county);
    answer(mother, mei, privacy::ConsentAct::withdrawn);
    auto const night = [&] {
        auto now = by(the_system());
        clear_pictures(now);
    };

    night();
    clock.advance(std::chrono::hours(24 * 30));
    night();
    EXPECT_EQ(count("moment_pictures"), 1); // to the moment
    clock.advance(std::chrono::hours(1));
    night();

    EXPECT_EQ(count("moment_pictures"), 0);
    EXPECT_FALSE(blobs.has(blob));
    EXPECT_TRUE(sees(mother, moment)); // its words
}

TEST_F(ClassFeed, a_picture_that_no_moment_took_is_gone_after_a_day)
{
    picture();

    clock.advance(std::chrono::hours(25));
    auto now = by(the_system());
    clear_pictures(now);

    EXPECT_EQ(count("moment_pictures"), 0);
}

TEST_F(ClassFeed, an_archive_holds_the_childs_pictures_and_no_others)
{
    agree(mother, mei);
    agree(sun, ming);
    post({mei, ming}, {{picture(), {mei}}, {picture(), {ming}}, {picture(), {mei, ming}}});
    auto mothers = by(mother);

    auto const made = start_export(mothers, {mei});
    jobs.run_all();

    auto const archive = download_export(mothers, {made.id});
    EXPECT_EQ(list_exports(mothers, {}).items.at(0).pictures, 2);
    EXPECT_THAT(archive.bytes, HasSubstr("2026-03-05 002.jpg"));
    EXPECT_THAT(archive.bytes, Not(HasSubstr("003.jpg")));
    auto suns = by(sun);
    EXPECT_EQ(error_of([&] { download_export(suns, {made.id}); }).kind, ErrorKind::not_found);
    EXPECT_EQ(error_of([&] { start_export(suns, {mei}); }).kind, ErrorKind::not_found);
    clock.advance(std::chrono::hours(24 * 7 + 1));
    jobs.run_all();
    EXPECT_THAT(list_exports(mothers, {}).items, IsEmpty());
}

TEST_F(ClassFeed, erasing_a_child_takes_every_picture_with_it_and_the_words_about_it_alone)
{
    agree(mother, mei);
    agree(sun, ming);
    auto const alone = post({mei}, {{picture(), {mei}}});
    auto const together = post({mei, ming}, {{picture(), {mei, ming}}, {picture(), {ming}}});

    events.publish(call, directory::PersonErased{mei});

    auto with = by(teacher);
    EXPECT_EQ(show_moment(with, {alone.id}).words, "");
    EXPECT_THAT(show_moment(with, {together.id}).pictures, SizeIs(1));
    EXPECT_FALSE(sees(mother, together));
}

} // namespace
} // namespace concentric::feed
