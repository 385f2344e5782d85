#pragma once

#include "core/error.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

// What ffprobe and ffmpeg tell of a film or a recording.
namespace concentric::learning {

struct MediaFacts {
    std::int64_t seconds = 0;
    bool has_picture = false, has_sound = false;
    std::optional<Words> problem; // why no browser can play it
};

// Throws ApiError with words for whoever runs the installation where the programs are missing, and for the author where the file is
// none.
MediaFacts facts_of_media(std::filesystem::path const& file);
// A JPEG of a moment early in the film; empty when there is none to be had.
std::string thumbnail_of_media(std::filesystem::path const& file, std::int64_t seconds);
// For tests of the words: what the output of ffprobe says.
MediaFacts facts_in(std::string const& ffprobe_json);

} // namespace concentric::learning
