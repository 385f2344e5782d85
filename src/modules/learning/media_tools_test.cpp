#include "modules/learning/media_tools.hpp"

#include "core/media_program.hpp"
#include "testing/fresh.hpp"

#include <gtest/gtest.h>

namespace concentric::learning {
namespace {

std::string said(std::string const& streams) { return R"({"streams":[)" + streams + R"(],"format":{"duration":"12.6"}})"; }

constexpr char film[] = R"({"codec_type":"video","codec_name":"h264"},{"codec_type":"audio","codec_name":"aac"})";

TEST(MediaFacts, tell_length_picture_and_sound)
{
    auto const facts = facts_in(said(film));

    EXPECT_EQ(facts.seconds, 13);
    EXPECT_TRUE(facts.has_picture && facts.has_sound);
    EXPECT_FALSE(facts.problem);
}

TEST(MediaFacts, take_a_recordings_cover_for_no_film)
{
    auto const facts = facts_in(said(R"({"codec_type":"audio","codec_name":"mp3"},{"codec_type":"video","codec_name":"mjpeg"})"));

    EXPECT_FALSE(facts.has_picture);
    EXPECT_TRUE(facts.has_sound);
    EXPECT_FALSE(facts.problem);
}

TEST(MediaFacts, name_what_browsers_do_not_play)
{
    auto const facts = facts_in(said(R"({"codec_type":"video","codec_name":"hevc"})"));

    ASSERT_TRUE(facts.problem);
    EXPECT_NE(facts.problem->zh.find("hevc"), std::string::npos);
}

TEST(MediaFacts, refuse_what_is_no_media)
{
    for (auto const* const text : {"", "{}", R"({"streams":[]})", "no json"})
        EXPECT_EQ(error_of([&] { facts_in(text); }).kind, ErrorKind::conflict) << text;
}

TEST(MediaTools, say_how_to_mend_it_where_they_are_missing)
{
    FreshFolder const folder;
    look_for_media_programs_in(folder.path);

    auto const error = error_of([&] { facts_of_media(folder.path / "film.mp4"); });

    look_for_media_programs_in({});
    EXPECT_EQ(error.kind, ErrorKind::unavailable);
    EXPECT_NE(error.words.zh.find("ffmpeg_folder"), std::string::npos);
}

} // namespace
} // namespace concentric::learning
