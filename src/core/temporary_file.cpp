#include "core/temporary_file.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <system_error>
#include <unistd.h>

namespace concentric {

TemporaryFile::TemporaryFile(std::string_view bytes)
{
    auto const descriptor = ::mkstemp(path_.data());
    if (descriptor < 0)
        throw std::system_error(errno, std::generic_category(), "mkstemp");
    std::unique_ptr<FILE, int (*)(FILE*)> const file(::fdopen(descriptor, "wb"), std::fclose);
    if (!file || std::fwrite(bytes.data(), 1, bytes.size(), file.get()) != bytes.size() || std::fflush(file.get()) != 0) {
        ::unlink(path_.c_str());
        throw std::system_error(errno, std::generic_category(), "write " + path_);
    }
}

TemporaryFile::~TemporaryFile() { ::unlink(path_.c_str()); }

} // namespace concentric
