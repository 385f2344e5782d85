#include "core/blobs.hpp"

#include "core/fields.hpp"
#include "core/keyring.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <system_error>

namespace concentric {
namespace {

[[noreturn]] void fail_to(std::string const& what) { throw std::system_error(errno, std::generic_category(), what); }

class File {
public:
    File(std::filesystem::path const& path, int flags) : descriptor_(::open(path.c_str(), flags | O_CLOEXEC, 0640))
    {
        if (descriptor_ < 0)
            fail_to(path);
    }
    ~File() { ::close(descriptor_); }
    File(File const&) = delete;
    File& operator=(File const&) = delete;

    void write(std::string_view bytes)
    {
        while (!bytes.empty()) {
            auto const written = ::write(descriptor_, bytes.data(), bytes.size());
            if (written < 0 && errno != EINTR)
                fail_to("write a file");
            bytes.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
        }
    }

    void sync()
    {
        if (::fsync(descriptor_) != 0)
            fail_to("bring a file to the disk");
    }

private:
    int descriptor_;
};

void sync_folder(std::filesystem::path const& folder) { File(folder, O_RDONLY | O_DIRECTORY).sync(); }

// A new folder is only sure to be there after a crash when its parent is on the disk as well.
void make_folder(std::filesystem::path const& folder)
{
    if (std::filesystem::is_directory(folder))
        return;
    if (folder.has_parent_path())
        make_folder(folder.parent_path());
    std::filesystem::create_directory(folder);
    if (folder.has_parent_path())
        sync_folder(folder.parent_path());
}

bool is_hash(std::string_view text)
{
    return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

} // namespace

static std::string read_file(std::filesystem::path const& path)
{
    std::ifstream file(path, std::ios::binary);
    std::string bytes(std::filesystem::file_size(path), '\0');
    file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return bytes;
}

Blobs::Blobs(std::filesystem::path folder, std::shared_ptr<Keyring> keys) : folder_(std::move(folder)), keys_(std::move(keys))
{
    std::filesystem::create_directories(folder_);
}

std::string Blobs::put(std::string_view bytes)
{
    auto hash = keys_->fingerprint(bytes);
    auto const path = path_of(hash);
    if (!std::filesystem::exists(path))
        store(path, keys_->seal_file(bytes));
    sync_folder(path.parent_path()); // also for a file that another thread has only just put there
    return hash;
}

void Blobs::put_at(std::string_view hash, std::string_view bytes)
{
    if (!is_hash(hash))
        throw std::invalid_argument("a file's address has 64 hexadecimal digits");
    store(path_of(hash), keys_->seal_file(bytes));
    sync_folder(path_of(hash).parent_path());
}

bool Blobs::has(std::string_view hash) const { return is_hash(hash) && std::filesystem::exists(path_of(hash)); }

std::filesystem::path Blobs::folder_beside(std::string_view name) const
{
    auto const folder = folder_ / name;
    make_folder(folder);
    return folder;
}

void Blobs::store(std::filesystem::path const& path, std::string_view bytes) const
{
    make_folder(path.parent_path());
    auto const unfinished = folder_ / fmt::format("unfinished-{}", new_id());
    try {
        File file(unfinished, O_WRONLY | O_CREAT | O_EXCL);
        file.write(bytes);
        file.sync();
        std::filesystem::rename(unfinished, path);
    } catch (...) {
        std::error_code ignored;
        std::filesystem::remove(unfinished, ignored);
        throw;
    }
}

std::optional<std::string> Blobs::get(std::string_view hash) const
{
    if (!is_hash(hash)) // never let a name lead out of the folder
        return std::nullopt;
    auto const path = path_of(hash);
    if (!std::filesystem::exists(path))
        return std::nullopt;
    return keys_->open_file(read_file(path));
}

std::int64_t Blobs::seal_anew(std::function<void(std::int64_t)> const& progress)
{
    std::int64_t seen = 0, sealed = 0;
    for (auto const& entry : std::filesystem::recursive_directory_iterator(folder_)) {
        if (!entry.is_regular_file() || !is_hash(entry.path().filename().string()))
            continue;
        if (auto const bytes = read_file(entry.path()); !keys_->is_newest_file(bytes)) {
            store(entry.path(), keys_->seal_file(keys_->open_file(bytes)));
            ++sealed;
        }
        progress(++seen);
    }
    return sealed;
}

void Blobs::remove(std::string_view hash)
{
    std::error_code ignored;
    if (is_hash(hash))
        std::filesystem::remove(path_of(hash), ignored);
}

std::filesystem::path Blobs::path_of(std::string_view hash) const { return folder_ / hash.substr(0, 2) / hash.substr(2, 2) / hash; }

} // namespace concentric
