// Workbooks: bytes that begin like an archive are read as they are; others become the parts of a workbook that is packed first,
// since chance never makes an archive whose check sums are right. Parts end in a zero byte: sheet, texts, styles, workbook.
#include "fuzz/must.hpp"
#include "lib/workbook_fixture.hpp"
#include "lib/xlsx_reader.hpp"

using namespace concentric;

static std::string packed(std::string_view bytes)
{
    auto parts = lib::testing::workbook_parts("");
    for (auto const* name : {"xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"}) {
        auto const part = bytes.substr(0, bytes.find('\0'));
        if (!part.empty())
            parts[name] = part;
        bytes.remove_prefix(std::min(part.size() + 1, bytes.size()));
    }
    return lib::testing::zip_of(parts);
}

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto const bytes = fuzz::text_of(data, size);
    lib::Limits const limits{.bytes = 1 << 20, .rows = 50, .columns = 20, .sheets = 3};
    std::size_t rows = 0;
    try {
        lib::read_xlsx(bytes.starts_with("PK") ? std::string(bytes) : packed(bytes), limits, [&](lib::Row const& row) {
            fuzz::must(++rows <= limits.rows && row.cells.size() <= limits.columns && row.sheet < limits.sheets);
        });
    } catch (lib::SheetError const& error) {
        fuzz::must(!error.zh.empty() && !error.en.empty());
    }
    return 0;
}
