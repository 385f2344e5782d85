#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

// Files that people hand in or take away, sealed on the disk and kept by a keyed hash of their content: the same file is stored
// once, and nobody who guesses at a content can tell whether it is there.
namespace concentric {

class Keyring;

class Blobs {
public:
    // `folder` is made when it is not there.
    Blobs(std::filesystem::path folder, std::shared_ptr<Keyring> keys);
    // Stores the bytes durably and gives their address: 64 hexadecimal digits.
    std::string put(std::string_view bytes);
    // The bytes, or nothing when there is no such file. Throws std::runtime_error when it was changed on the disk.
    std::optional<std::string> get(std::string_view hash) const;
    // Stores the bytes under an address that another installation gave them.
    void put_at(std::string_view hash, std::string_view bytes);
    bool has(std::string_view hash) const;
    // A folder beside the files, made where it is not there, for what is too large to be held in memory: whoever writes there seals
    // it.
    std::filesystem::path folder_beside(std::string_view name) const;
    // Takes the file away; one that is not there is none the worse.
    void remove(std::string_view hash);
    // Seals with the newest key what an older one sealed. Tells `progress` how many files it has looked at; gives how many it
    // sealed anew.
    std::int64_t seal_anew(std::function<void(std::int64_t)> const& progress);

private:
    void store(std::filesystem::path const& path, std::string_view bytes) const;
    std::filesystem::path path_of(std::string_view hash) const;
    std::filesystem::path folder_;
    std::shared_ptr<Keyring> keys_;
};

} // namespace concentric
