#include "core/program.hpp"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

extern char** environ;

namespace concentric {
namespace {

pid_t start(std::vector<std::string>& words, int const (&ends)[2])
{
    std::vector<char*> arguments;
    for (auto& word : words)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", 0, 0);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", 1, 0);
    pid_t child = -1;
    bool const is_started = ::posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ) == 0;
    posix_spawn_file_actions_destroy(&actions);
    return is_started ? child : -1;
}

std::string read_all(int descriptor, std::size_t most_bytes)
{
    std::string text;
    std::array<char, 65536> buffer;
    while (text.size() < most_bytes) {
        auto const count = ::read(descriptor, buffer.data(), buffer.size());
        if (count > 0)
            text.append(buffer.data(), static_cast<std::size_t>(count));
        else if (count == 0 || errno != EINTR)
            break;
    }
    return text;
}

} // namespace

ProgramOutput run_program(std::vector<std::string> words, int seconds, std::size_t most_bytes)
{
    // `timeout` of coreutils.
    words.insert(words.begin(), {"timeout", std::to_string(seconds)});
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) // programs that others start meanwhile do not hold it open
        throw std::system_error(errno, std::generic_category(), "pipe");
    auto const child = start(words, ends);
    ::close(ends[1]);
    ProgramOutput output;
    if (child > 0)
        output.text = read_all(ends[0], most_bytes);
    ::close(ends[0]); // whoever writes on is ended by that
    if (child < 0)
        throw std::system_error(errno, std::generic_category(), "start " + words[2]);
    int status = 0;
    ::waitpid(child, &status, 0);
    output.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return output;
}

} // namespace concentric
