#include "lib/zip_package.hpp"

#include "lib/sheet_errors.hpp"

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

ZipPackage::ZipPackage(std::string_view bytes, Budget& budget)
    : budget_(budget), zip_(open_zip(bytes), [](zip_t* opened) { zip_discard(opened); })
{
}

bool ZipPackage::has(std::string const& part) const { return zip_name_locate(zip_.get(), part.c_str(), ZIP_FL_NOCASE) >= 0; }

void ZipPackage::read(std::string const& part, std::function<void(std::string_view piece)> const& on_piece)
{
    std::unique_ptr<zip_file_t, void (*)(zip_file_t*)> const file(
        zip_fopen(zip_.get(), part.c_str(), ZIP_FL_NOCASE), [](zip_file_t* opened) { zip_fclose(opened); });
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
