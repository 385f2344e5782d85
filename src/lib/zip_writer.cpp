#include "lib/zip_writer.hpp"

#include <zip.h>

#include <memory>
#include <stdexcept>

namespace concentric::lib {

static void require(bool good)
{
    if (!good)
        throw std::runtime_error("a ZIP cannot be written");
}

std::string write_zip(std::vector<std::pair<std::string, std::string>> const& parts)
{
    zip_error_t error;
    zip_error_init(&error);
    std::unique_ptr<zip_source_t, void (*)(zip_source_t*)> const source(
        zip_source_buffer_create(nullptr, 0, 0, &error), zip_source_free);
    require(source != nullptr);
    zip_source_keep(source.get()); // the archive gives up its own hold when it is closed
    std::unique_ptr<zip_t, void (*)(zip_t*)> archive(zip_open_from_source(source.get(), ZIP_TRUNCATE, &error), zip_discard);
    require(archive != nullptr);
    for (auto const& [name, bytes] : parts) {
        auto* const part = zip_source_buffer(archive.get(), bytes.data(), bytes.size(), 0);
        require(part && zip_file_add(archive.get(), name.c_str(), part, ZIP_FL_ENC_UTF_8) >= 0);
    }
    require(zip_close(archive.release()) == 0);

    zip_stat_t facts;
    require(zip_source_open(source.get()) == 0 && zip_source_stat(source.get(), &facts) == 0);
    std::string bytes(facts.size, '\0');
    auto const read = zip_source_read(source.get(), bytes.data(), bytes.size());
    zip_source_close(source.get());
    require(read == static_cast<zip_int64_t>(bytes.size()));
    return bytes;
}

} // namespace concentric::lib
