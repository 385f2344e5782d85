#pragma once

#include <string>
#include <string_view>

// A file that somebody sent, put where another program can read it; nobody else can, and it goes with the object.
namespace concentric {

class TemporaryFile {
public:
    // Throws std::system_error where it cannot be written.
    explicit TemporaryFile(std::string_view bytes);
    ~TemporaryFile();
    TemporaryFile(TemporaryFile const&) = delete;
    TemporaryFile& operator=(TemporaryFile const&) = delete;
    std::string const& path() const { return path_; }

private:
    std::string path_ = "/tmp/concentric-XXXXXX";
};

} // namespace concentric
