#include "modules/learning/media_tools.hpp"

#include "core/media_program.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <vector>

namespace concentric::learning {
namespace {

// What today's browsers play (MDN, "Web video codec guide").
constexpr std::array playable_pictures{"h264", "vp8", "vp9", "av1", "theora"};
constexpr std::array playable_sounds{"aac", "mp3", "opus", "vorbis", "flac", "pcm_s16le"};

std::string text_at(boost::json::object const& object, std::string_view name)
{
    auto const* found = object.if_contains(name);
    return found && found->is_string() ? std::string(found->get_string()) : "";
}

template <class List> bool knows(List const& list, std::string const& codec)
{
    return std::ranges::find(list, codec) != list.end();
}

Words unplayable(std::string const& codec)
{
    return {"浏览器不能播放 " + codec + " 编码，请转换为 MP4（H.264 + AAC）后再上传。",
        "Browsers do not play " + codec + "; please convert it to MP4 (H.264 and AAC) first."};
}

} // namespace

MediaFacts facts_in(std::string const& text)
{
    boost::system::error_code failed;
    auto const parsed = boost::json::parse(text, failed);
    auto const* const root = failed ? nullptr : parsed.if_object();
    auto const* const streams = root ? root->if_contains("streams") : nullptr;
    if (!streams || !streams->is_array() || streams->get_array().empty())
        throw ApiError(ErrorKind::conflict, {"这不是可以播放的音视频文件。", "This is no film or recording that can be played."});
    MediaFacts facts;
    for (auto const& stream : streams->get_array()) {
        auto const kind = text_at(stream.as_object(), "codec_type"), codec = text_at(stream.as_object(), "codec_name");
        bool const is_cover = codec == "mjpeg" || codec == "png"; // of a recording
        facts.has_picture |= kind == "video" && !is_cover;
        facts.has_sound |= kind == "audio";
        if ((kind == "video" && !is_cover && !knows(playable_pictures, codec))
            || (kind == "audio" && !knows(playable_sounds, codec)))
            facts.problem = unplayable(codec);
    }
    double seconds = 0;
    if (auto const* format = root->if_contains("format"); format && format->is_object()) {
        auto const duration = text_at(format->get_object(), "duration");
        std::from_chars(duration.data(), duration.data() + duration.size(), seconds);
    }
    facts.seconds = static_cast<std::int64_t>(std::llround(seconds));
    return facts;
}

MediaFacts facts_of_media(std::filesystem::path const& file)
{
    return facts_in(run_media_program("ffprobe",
        {"-v", "error", "-protocol_whitelist", "file", "-show_entries", "stream=codec_type,codec_name:format=duration", "-of",
            "json", file.string()})
                        .text);
}

std::string thumbnail_of_media(std::filesystem::path const& file, std::int64_t seconds)
{
    auto const moment = std::to_string(std::min<std::int64_t>(seconds / 4, 10));
    return run_media_program("ffmpeg",
        {"-v", "error", "-nostdin", "-protocol_whitelist", "file,pipe", "-ss", moment, "-i", file.string(), "-frames:v", "1", "-vf",
            "scale=640:-2", "-f", "mjpeg", "pipe:1"})
        .text;
}

} // namespace concentric::learning
