#include "lib/document_text.hpp"

#include "lib/xml.hpp"

namespace concentric::lib {
namespace {

// Source: ECMA-376 part 1, 17.3: a paragraph (p) of runs with text (t), tabulators and breaks. What was deleted stands in delText.
class Paragraphs : public XmlListener {
public:
    void start(std::string_view name, XmlAttributes) override
    {
        is_within_text_ = name == "t";
        if (name == "tab")
            words_ += '\t';
        else if (name == "br" || name == "cr")
            words_ += '\n';
    }
    void end(std::string_view name) override
    {
        is_within_text_ = false;
        if (name == "p")
            words_ += '\n';
    }
    void text(std::string_view piece) override
    {
        if (is_within_text_)
            words_.append(piece);
    }
    std::string take() { return std::move(words_); }

private:
    std::string words_;
    bool is_within_text_ = false;
};

} // namespace

bool is_zip(std::string_view bytes) { return bytes.starts_with("PK\x03\x04"); }

std::string text_of_docx(std::string_view bytes, std::size_t most_bytes)
{
    Budget budget(most_bytes);
    ZipPackage package(bytes, budget);
    Paragraphs paragraphs;
    parse_part(package, "word/document.xml", paragraphs);
    return paragraphs.take();
}

} // namespace concentric::lib
