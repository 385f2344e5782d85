// Learning records with their files: whatever the bytes, what is read as a message is the same when it is written and read again.
#include "core/error.hpp"
#include "fuzz/must.hpp"
#include "modules/xapi/multipart.hpp"

using namespace concentric;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    xapi::boundary_in(fuzz::text_of(data, size));
    std::vector<xapi::Part> parts;
    try {
        parts = xapi::parts_in(fuzz::text_of(data, size), "b");
    } catch (ApiError const& error) {
        fuzz::must(!error.words.zh.empty() && !error.words.en.empty());
        return 0;
    }
    auto const written = xapi::message_of(parts, "b");
    auto const again = xapi::parts_in(written, "b");
    fuzz::must(again.size() == parts.size());
    for (std::size_t i = 0; i < parts.size(); ++i)
        fuzz::must(again[i].content == parts[i].content && again[i].hash == parts[i].hash);
    return 0;
}
