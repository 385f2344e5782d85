#pragma once

#include <filesystem>
#include <optional>
#include <string>

// Files that people hand in or take away, kept by the hash of their content: the same file is stored once.
namespace concentric {

class Blobs {
public:
    // `folder` is made when it is not there.
    explicit Blobs(std::filesystem::path folder);
    // Stores the bytes durably and gives their SHA-256 in hexadecimal.
    std::string put(std::string_view bytes);
    // The bytes, or nothing when there is no such file.
    std::optional<std::string> get(std::string_view hash) const;
    // Takes the file away; one that is not there is none the worse.
    void remove(std::string_view hash);

private:
    void store(std::filesystem::path const& path, std::string_view bytes) const;
    std::filesystem::path path_of(std::string_view hash) const;
    std::filesystem::path folder_;
};

} // namespace concentric
