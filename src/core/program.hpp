#pragma once

#include <string>
#include <vector>

// Runs another program of the machine, such as ffmpeg or pdftotext, on a file that somebody sent.
namespace concentric {

struct ProgramOutput {
    int status = 0; // its exit status; 124 after the time was up, 127 where there is no such program
    std::string text; // what it wrote
};

// Without a shell. Ends it after so many seconds: a broken file sends some programs in circles. Keeps at most `most_bytes` of what
// it writes, and ends it there. Throws std::system_error where nothing can be started at all.
ProgramOutput run_program(std::vector<std::string> words, int seconds = 60, std::size_t most_bytes = 64U << 20);

} // namespace concentric
