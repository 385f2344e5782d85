#include "modules/learning/media_types.hpp"

#include "modules/learning/settings.hpp"

#include <algorithm>
#include <array>

namespace concentric::learning {

static constexpr std::array file_types{
    FileType{".mp4", "video/mp4", MediaKind::video, ""},
    FileType{".m4v", "video/mp4", MediaKind::video, ""},
    FileType{".webm", "video/webm", MediaKind::video, ""},
    FileType{".mp3", "audio/mpeg", MediaKind::audio, ""},
    FileType{".m4a", "audio/mp4", MediaKind::audio, ""},
    FileType{".ogg", "audio/ogg", MediaKind::audio, ""},
    FileType{".opus", "audio/ogg", MediaKind::audio, ""},
    FileType{".wav", "audio/wav", MediaKind::audio, ""},
    FileType{".pdf", "application/pdf", MediaKind::document, "%PDF-"},
    FileType{".vtt", "text/vtt; charset=utf-8", MediaKind::subtitles, "WEBVTT"},
    FileType{".jpg", "image/jpeg", MediaKind::picture, "\xFF\xD8\xFF"},
    FileType{".jpeg", "image/jpeg", MediaKind::picture, "\xFF\xD8\xFF"},
    FileType{".png", "image/png", MediaKind::picture, "\x89PNG"},
    FileType{".webp", "image/webp", MediaKind::picture, "RIFF"},
    FileType{".zip", "application/zip", MediaKind::package, ""},
};

FileType const* type_of(MediaKind kind, std::string file_name)
{
    std::ranges::transform(
        file_name, file_name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    auto const* const found
        = std::ranges::find_if(file_types, [&](auto const& type) { return type.kind == kind && file_name.ends_with(type.ending); });
    return found == file_types.end() ? nullptr : found;
}

std::int64_t limit_of(MediaKind kind)
{
    switch (kind) {
    case MediaKind::video:
    case MediaKind::audio: return media_megabytes() * 1'000'000;
    case MediaKind::document: return std::min<std::int64_t>(media_megabytes() * 1'000'000, 32 << 20); // readers ask for it whole
    case MediaKind::package: return std::min<std::int64_t>(media_megabytes() * 1'000'000, 512 << 20);
    case MediaKind::subtitles: return 1'000'000;
    case MediaKind::picture: return 8'000'000;
    }
    return 0;
}

} // namespace concentric::learning
