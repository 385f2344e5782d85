// Text tables: whatever the bytes, the limits hold and nothing but SheetError comes out.
#include "fuzz/must.hpp"
#include "lib/csv_reader.hpp"

using namespace concentric;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    lib::Limits const limits{.bytes = 1 << 20, .rows = 50, .columns = 20};
    std::size_t rows = 0, last = 0;
    try {
        lib::read_csv(fuzz::text_of(data, size), limits, [&](lib::Row const& row) {
            fuzz::must(++rows <= limits.rows && row.cells.size() <= limits.columns && !row.cells.empty());
            fuzz::must(row.number > last && !row.cells.back().text.empty());
            last = row.number;
        });
    } catch (lib::SheetError const& error) {
        fuzz::must(!error.zh.empty() && !error.en.empty());
    }
    return 0;
}
