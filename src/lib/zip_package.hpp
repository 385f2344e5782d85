#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

struct zip;

// Unpacks the parts of a workbook from memory without ever unpacking more than allowed.
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

class ZipPackage {
public:
    // `bytes` stay with the caller while the package lives. Throws SheetError where they are no complete ZIP.
    ZipPackage(std::string_view bytes, Budget& budget);

    bool has(std::string const& part) const;

    // Hands over the unpacked part in pieces of up to 64 KiB. Throws SheetError where it is missing, damaged or encrypted.
    void read(std::string const& part, std::function<void(std::string_view piece)> const& on_piece);

private:
    Budget& budget_;
    std::unique_ptr<zip, void (*)(zip*)> zip_;
};

} // namespace concentric::lib
