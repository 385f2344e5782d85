#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// Writes reports that people print or hand to an authority: headings, paragraphs and tables on A4 pages with page numbers.
namespace concentric::lib {

// Breaks lines in Chinese and English, repeats a table's heading on each page, and embeds the fonts it uses. Throws
// std::runtime_error when the page cannot be drawn.
class PdfReport {
public:
    // `title` is also the document's title; `footer` stands left of each page's number.
    PdfReport(std::string const& title, std::string footer);
    ~PdfReport();
    PdfReport(PdfReport const&) = delete;
    PdfReport& operator=(PdfReport const&) = delete;

    void heading(std::string_view text);
    void paragraph(std::string_view text);
    // Columns share the width by the weights; rows have as many cells as there are headings.
    void table(
        std::span<std::string const> headings, std::span<double const> weights, std::span<std::vector<std::string> const> rows);

    // Strokes in a box of that size, as the path data of an SVG with nothing but M and L: "M12 30L14 33". Drawn a third as wide as
    // the text; what is no such path ends the drawing.
    void drawing(std::string_view path, double width, double height);

    // A code for cameras (QR) that says `text`, with words beside it.
    void code(std::string const& text, std::string_view words);

    // The file's bytes; the report is used up.
    std::string finish();

private:
    class Pages;
    std::unique_ptr<Pages> pages_;
};

} // namespace concentric::lib
