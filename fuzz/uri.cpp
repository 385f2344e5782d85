// Request targets: what is taken is a path from the root that does not climb.
#include "web/uri.hpp"
#include "fuzz/must.hpp"

using namespace concentric;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto const written = fuzz::text_of(data, size);
    if (auto const target = web::parse_target(written)) {
        fuzz::must(
            target->path.starts_with('/') && target->path.find("/../") == std::string::npos && !target->path.ends_with("/.."));
        web::parse_query(target->query);
    }
    web::parse_query(written);
    return 0;
}
