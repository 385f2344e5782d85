#include "lib/zip_package.hpp"

#include "lib/sheet_errors.hpp"

#include <sys/stat.h>
#include <zip.h>

#include <vector>

namespace concentric::lib {

void Budget::spend(std::size_t bytes)
{
    spent_ += bytes;
    if (spent_ > bytes_)
        throw too_many_bytes(bytes_);
}

static zip_t* open_zip(std::string_view bytes)
{
    zip_error_t error;
    zip_error_init(&error);
    auto* const source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    auto* const opened = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : nullptr;
    zip_error_fini(&error);
    if (opened)
        return opened;
    if (source)
        zip_source_free(source);
    throw damaged_workbook("ZIP");
}

static zip_t* open_zip_file(std::filesystem::path const& file)
{
    auto* const opened = zip_open(file.c_str(), ZIP_RDONLY, nullptr);
    return opened ? opened : throw damaged_workbook("ZIP");
}

ZipPackage::ZipPackage(std::string_view bytes, Budget& budget)
    : budget_(budget), zip_(open_zip(bytes), [](zip_t* opened) { zip_discard(opened); })
{
}

ZipPackage::ZipPackage(std::filesystem::path const& file, Budget& budget)
    : budget_(budget), zip_(open_zip_file(file), [](zip_t* opened) { zip_discard(opened); })
{
}

// The mode stands in the upper half where a Unix made the file; elsewhere there are no links.
static bool is_plain(zip_t* package, zip_uint64_t place)
{
    zip_uint8_t system = 0;
    zip_uint32_t attributes = 0;
    if (zip_file_get_external_attributes(package, place, 0, &system, &attributes) != 0 || system != ZIP_OPSYS_UNIX)
        return true;
    auto const kind = attributes >> 16 & S_IFMT;
    return kind == 0 || kind == S_IFREG || kind == S_IFDIR;
}

std::vector<ZipEntry> ZipPackage::entries() const
{
    std::vector<ZipEntry> all;
    auto const count = zip_get_num_entries(zip_.get(), 0);
    for (zip_uint64_t place = 0; place < static_cast<zip_uint64_t>(count); ++place) {
        zip_stat_t about;
        zip_stat_init(&about);
        auto const* const name = zip_get_name(zip_.get(), place, ZIP_FL_ENC_RAW);
        if (!name || zip_stat_index(zip_.get(), place, 0, &about) != 0)
            throw damaged_workbook("ZIP");
        all.push_back({name, about.size, is_plain(zip_.get(), place), about.encryption_method != ZIP_EM_NONE});
    }
    return all;
}

bool ZipPackage::has(std::string const& part) const { return zip_name_locate(zip_.get(), part.c_str(), ZIP_FL_NOCASE) >= 0; }

void ZipPackage::read(std::string const& part, std::function<void(std::string_view piece)> const& on_piece)
{
    read_all(zip_fopen(zip_.get(), part.c_str(), ZIP_FL_NOCASE), part, on_piece);
}

void ZipPackage::read(std::size_t place, std::function<void(std::string_view piece)> const& on_piece)
{
    read_all(zip_fopen_index(zip_.get(), place, 0), std::to_string(place), on_piece);
}

void ZipPackage::read_all(zip_file* opened, std::string const& part, std::function<void(std::string_view piece)> const& on_piece)
{
    std::unique_ptr<zip_file_t, void (*)(zip_file_t*)> const file(opened, [](zip_file_t* each) { zip_fclose(each); });
    if (!file)
        throw zip_error_code_zip(zip_get_error(zip_.get())) == ZIP_ER_NOPASSWD ? locked_file() : damaged_workbook(part);
    std::vector<char> piece(65536);
    for (;;) {
        auto const count = zip_fread(file.get(), piece.data(), piece.size());
        if (count < 0)
            throw damaged_workbook(part);
        if (count == 0)
            return;
        budget_.spend(static_cast<std::size_t>(count));
        on_piece({piece.data(), static_cast<std::size_t>(count)});
    }
}

} // namespace concentric::lib
