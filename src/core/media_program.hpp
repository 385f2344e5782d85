#pragma once

#include "core/program.hpp"

#include <filesystem>

// How films, recordings and pictures that people send are looked into and made anew: by ffmpeg, in a process of its own, so that a
// broken or malicious file harms that process alone.
namespace concentric {

// Where the programs are; empty: along PATH. For the whole process, before any thread.
void look_for_media_programs_in(std::filesystem::path folder);

// Runs "ffmpeg" or "ffprobe" with these words. Throws ApiError with words for whoever runs the installation where it is missing.
ProgramOutput run_media_program(std::string const& name, std::vector<std::string> const& words);

} // namespace concentric
