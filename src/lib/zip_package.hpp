#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct zip;
struct zip_file;

// Unpacks the parts of a workbook or a teaching package without ever unpacking more than allowed.
namespace concentric::lib {

// What reading one file may cost in bytes; a few kilobytes of a bomb unpack to terabytes.
class Budget {
public:
    explicit Budget(std::size_t bytes) : bytes_(bytes) { }

    // Throws SheetError when nothing is left.
    void spend(std::size_t bytes);

private:
    std::size_t bytes_;
    std::size_t spent_ = 0;
};

// What the package's own directory says of a part; nothing of it is proven.
struct ZipEntry {
    std::string name; // in bytes as they stand there, of whatever encoding
    std::uint64_t size = 0; // unpacked
    bool is_plain = true; // neither link nor device
    bool is_locked = false; // with a password
};

class ZipPackage {
public:
    // `bytes` stay with the caller while the package lives. Throws SheetError where they are no complete ZIP.
    ZipPackage(std::string_view bytes, Budget& budget);
    // The same for a file, which stays while the package lives.
    ZipPackage(std::filesystem::path const& file, Budget& budget);

    std::vector<ZipEntry> entries() const;
    bool has(std::string const& part) const;

    // Hands over the unpacked part in pieces of up to 64 KiB. Throws SheetError where it is missing, damaged or encrypted.
    void read(std::string const& part, std::function<void(std::string_view piece)> const& on_piece);
    // The same by the part's place among the entries.
    void read(std::size_t place, std::function<void(std::string_view piece)> const& on_piece);

private:
    void read_all(zip_file* opened, std::string const& part, std::function<void(std::string_view piece)> const& on_piece);
    Budget& budget_;
    std::unique_ptr<zip, void (*)(zip*)> zip_;
};

} // namespace concentric::lib
