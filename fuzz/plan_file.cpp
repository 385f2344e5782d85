// Plan files: a plan, or faults that each have a place and words in both languages; never both, never neither.
#include "fuzz/must.hpp"
#include "modules/plan/plan.hpp"

using namespace concentric;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto const parsed = plan::parse(fuzz::text_of(data, size), "plan.toml");
    fuzz::must(parsed.plan.has_value() == parsed.faults.empty());
    for (auto const& fault : parsed.faults)
        fuzz::must(fault.line > 0 && fault.column > 0 && !fault.words.zh.empty() && !fault.words.en.empty());
    return 0;
}
