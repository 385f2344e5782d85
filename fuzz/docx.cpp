// Drafts that people hand in: bytes that begin like an archive are read as they are; others become the text of a document that is
// packed first. What is read is compared, so that fingerprints and passages see foreign text too.
#include "fuzz/must.hpp"
#include "lib/document_text.hpp"
#include "lib/originality.hpp"
#include "lib/workbook_fixture.hpp"

using namespace concentric;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto const bytes = fuzz::text_of(data, size);
    constexpr std::size_t most = 1 << 20;
    try {
        auto const text = lib::text_of_docx(
            lib::is_zip(bytes) ? std::string(bytes) : lib::testing::zip_of({{"word/document.xml", std::string(bytes)}}), most);
        fuzz::must(text.size() <= most);
        lib::ComparableText const comparable(text);
        for (auto const& passage : comparable.shared_with(comparable))
            fuzz::must(passage.begin < passage.end && passage.end <= text.size() && passage.characters >= lib::shortest_shared);
        for (auto const fingerprint : comparable.fingerprints())
            fuzz::must(fingerprint >= 0);
    } catch (lib::SheetError const& error) {
        fuzz::must(!error.zh.empty() && !error.en.empty());
    }
    return 0;
}
