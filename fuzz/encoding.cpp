// Text files in any encoding: what is understood is well-formed UTF-8 without a byte order mark, and is understood as itself again.
#include "lib/encoding.hpp"
#include "fuzz/must.hpp"
#include "lib/sheets.hpp"

using namespace concentric;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    try {
        std::string storage, again;
        auto const text = lib::decode(fuzz::text_of(data, size), storage);
        fuzz::must(text.starts_with("\xEF\xBB\xBF") || lib::decode(text, again) == text);
    } catch (lib::SheetError const& error) {
        fuzz::must(!error.zh.empty() && !error.en.empty());
    }
    return 0;
}
