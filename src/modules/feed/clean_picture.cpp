#include "modules/feed/clean_picture.hpp"

#include "core/error.hpp"
#include "core/media_program.hpp"
#include "core/temporary_file.hpp"

#include <fmt/format.h>

namespace concentric::feed {
namespace {

// By what the file begins with, never by its name: ffmpeg would open whatever else it knows.
std::string_view decoder_of(std::string_view bytes)
{
    if (bytes.starts_with("\xFF\xD8\xFF"))
        return "jpeg_pipe";
    if (bytes.starts_with("\x89PNG"))
        return "png_pipe";
    if (bytes.starts_with("RIFF") && bytes.substr(0, 12).ends_with("WEBP"))
        return "webp_pipe";
    throw invalid("/file", "type", {"照片可以是 JPG、PNG 或 WebP。", "A picture is a JPG, PNG or WebP."});
}

// One still, turned as its camera was held, at most so long on its longer side, with nothing but dots.
std::string drawn(std::string const& path, std::string_view decoder, int side)
{
    auto output = run_media_program("ffmpeg",
        {"-v", "error", "-nostdin", "-protocol_whitelist", "file,pipe", "-max_pixels", "60000000", "-f", std::string(decoder), "-i",
            path, "-frames:v", "1", "-map_metadata", "-1", "-vf",
            fmt::format("scale=w='min({0},iw)':h='min({0},ih)':force_original_aspect_ratio=decrease,format=yuvj420p", side),
            "-bitexact", "-q:v", "4", "-f", "mjpeg", "pipe:1"});
    if (output.status != 0 || output.text.empty())
        throw invalid("/file", "not_readable",
            {"这张照片打不开，可能已损坏或过大。", "This picture cannot be opened: it is broken, or far too large."});
    return std::move(output.text);
}

} // namespace

CleanPicture clean_picture(std::string_view bytes)
{
    auto const decoder = decoder_of(bytes);
    TemporaryFile const given(bytes);
    CleanPicture picture;
    picture.bytes = drawn(given.path(), decoder, longest_side);
    TemporaryFile const whole(picture.bytes);
    picture.thumbnail = drawn(whole.path(), "jpeg_pipe", thumbnail_side);
    return picture;
}

} // namespace concentric::feed
