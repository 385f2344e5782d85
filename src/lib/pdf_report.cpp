#include "lib/pdf_report.hpp"

#include "lib/cairo_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <sstream>
#include <stdexcept>

namespace concentric::lib {
namespace {

// Points: 1/72 inch.
constexpr double sheet_width = 595.28, sheet_height = 841.89, margin = 56;
constexpr double column_width = sheet_width - 2 * margin;
constexpr double lowest = sheet_height - margin - 18;
constexpr double cell_padding = 4, code_side = 68;
constexpr char const* families = "Noto Sans CJK SC, WenQuanYi Micro Hei, Noto Sans SC, sans-serif";

struct Style {
    double size;
    bool is_bold = false;
    double grey = 0.1;
};
constexpr Style title_style{18, true}, heading_style{13, true}, text_style{10}, cell_style{9}, cell_heading_style{9, true},
    small_style{8, false, 0.45};

} // namespace

class PdfReport::Pages {
public:
    explicit Pages(std::string footer)
        : footer_(std::move(footer)),
          surface_(cairo_pdf_surface_create_for_stream(append_to_text, &bytes_, sheet_width, sheet_height)),
          context_(cairo_create(surface_.get()))
    {
    }

    void name(std::string const& title) { cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_TITLE, title.c_str()); }

    CairoOwned<PangoLayout> layout(std::string_view text, Style const& style, double width) const
    {
        CairoOwned<PangoLayout> made(pango_cairo_create_layout(context_.get()));
        CairoOwned<PangoFontDescription> font(pango_font_description_from_string(families));
        pango_font_description_set_absolute_size(font.get(), style.size * PANGO_SCALE);
        pango_font_description_set_weight(font.get(), style.is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
        pango_layout_set_font_description(made.get(), font.get());
        pango_layout_set_width(made.get(), static_cast<int>(width * PANGO_SCALE));
        pango_layout_set_wrap(made.get(), PANGO_WRAP_WORD_CHAR);
        pango_layout_set_line_spacing(made.get(), 1.3F);
        pango_layout_set_text(made.get(), text.data(), static_cast<int>(text.size()));
        return made;
    }

    static double height_of(PangoLayout* layout)
    {
        int width = 0;
        int height = 0;
        pango_layout_get_size(layout, &width, &height);
        return static_cast<double>(height) / PANGO_SCALE;
    }

    void draw(PangoLayout* layout, double x, double y, double grey)
    {
        cairo_set_source_rgb(context_.get(), grey, grey, grey);
        cairo_move_to(context_.get(), x, y);
        pango_cairo_show_layout(context_.get(), layout);
    }

    // Text over the whole width; `above` is the space before it.
    void flow(std::string_view text, Style const& style, double above)
    {
        auto const made = layout(text, style, column_width);
        y_ += above;
        need(height_of(made.get()));
        draw(made.get(), margin, y_, style.grey);
        y_ += height_of(made.get());
    }

    bool has_room(double height) const { return y_ + height <= lowest; }
    void need(double height)
    {
        if (!has_room(height) && y_ > margin)
            next_page();
    }

    // A table's row; gives nothing to draw twice, so heights are measured first.
    double row_height(std::span<std::string const> cells, std::span<double const> widths, Style const& style) const
    {
        double height = 0;
        for (std::size_t i = 0; i < cells.size(); ++i)
            height = std::max(height, height_of(layout(cells[i], style, widths[i] - 2 * cell_padding).get()));
        return height + 2 * cell_padding;
    }

    void row(std::span<std::string const> cells, std::span<double const> widths, Style const& style, double height)
    {
        double x = margin;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            auto const made = layout(cells[i], style, widths[i] - 2 * cell_padding);
            draw(made.get(), x + cell_padding, y_ + cell_padding, style.grey);
            x += widths[i];
        }
        y_ += height;
        line(style.is_bold ? 0.4 : 0.82);
    }

    void skip(double height) { y_ += height; }

    void strokes(std::string_view path, double width, double height)
    {
        auto const scale = column_width / 3 / width;
        need(height * scale + 12);
        cairo_save(context_.get());
        cairo_translate(context_.get(), margin, y_ + 8);
        cairo_scale(context_.get(), scale, scale);
        trace(path);
        cairo_set_source_rgb(context_.get(), 0.1, 0.1, 0.1);
        cairo_set_line_width(context_.get(), 3);
        cairo_set_line_cap(context_.get(), CAIRO_LINE_CAP_ROUND);
        cairo_set_line_join(context_.get(), CAIRO_LINE_JOIN_ROUND);
        cairo_stroke(context_.get());
        cairo_restore(context_.get());
        y_ += height * scale + 12;
    }

    void code(std::string const& text, std::string_view words)
    {
        y_ += 8;
        need(code_side);
        draw_code(context_.get(), text, margin, y_, code_side);
        auto const beside = layout(words, text_style, column_width - code_side - 12);
        draw(beside.get(), margin + code_side + 12, y_ + std::max(0.0, (code_side - height_of(beside.get())) / 2), text_style.grey);
        y_ += code_side;
    }

    void next_page()
    {
        end_page();
        cairo_show_page(context_.get());
        ++number_;
        y_ = margin;
    }

    std::string finish()
    {
        end_page();
        cairo_show_page(context_.get());
        context_.reset();
        cairo_surface_finish(surface_.get());
        if (auto const status = cairo_surface_status(surface_.get()); status != CAIRO_STATUS_SUCCESS)
            throw std::runtime_error(cairo_status_to_string(status));
        surface_.reset();
        return std::move(bytes_);
    }

private:
    void trace(std::string_view path)
    {
        std::istringstream steps{std::string(path)};
        char letter = 0;
        double x = 0;
        double y = 0;
        while (steps >> letter >> x >> y && (letter == 'M' || letter == 'L'))
            letter == 'M' ? cairo_move_to(context_.get(), x, y) : cairo_line_to(context_.get(), x, y);
    }

    void line(double grey)
    {
        cairo_set_source_rgb(context_.get(), grey, grey, grey);
        cairo_set_line_width(context_.get(), 0.5);
        cairo_move_to(context_.get(), margin, y_);
        cairo_line_to(context_.get(), sheet_width - margin, y_);
        cairo_stroke(context_.get());
    }

    void end_page()
    {
        auto const left = layout(footer_, small_style, column_width);
        draw(left.get(), margin, sheet_height - margin + 8, small_style.grey);
        auto const right = layout(std::to_string(number_), small_style, column_width);
        pango_layout_set_alignment(right.get(), PANGO_ALIGN_RIGHT);
        draw(right.get(), margin, sheet_height - margin + 8, small_style.grey);
    }

    std::string footer_, bytes_;
    CairoOwned<cairo_surface_t> surface_;
    CairoOwned<cairo_t> context_;
    double y_ = margin;
    int number_ = 1;
};

PdfReport::PdfReport(std::string const& title, std::string footer) : pages_(std::make_unique<Pages>(std::move(footer)))
{
    pages_->name(title);
    pages_->flow(title, title_style, 0);
}

PdfReport::~PdfReport() = default;

void PdfReport::heading(std::string_view text)
{
    pages_->need(60); // never the last line of a page
    pages_->flow(text, heading_style, 16);
}

void PdfReport::paragraph(std::string_view text) { pages_->flow(text, text_style, 6); }

void PdfReport::table(
    std::span<std::string const> headings, std::span<double const> weights, std::span<std::vector<std::string> const> rows)
{
    auto const sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    std::vector<double> widths;
    for (auto const weight : weights)
        widths.push_back(column_width * weight / sum);
    auto const heading_height = pages_->row_height(headings, widths, cell_heading_style);
    pages_->skip(6);
    bool needs_heading = true;
    for (auto const& cells : rows) {
        auto const height = pages_->row_height(cells, widths, cell_style);
        if (!pages_->has_room(height + (needs_heading ? heading_height : 0))) {
            pages_->next_page();
            needs_heading = true;
        }
        if (needs_heading)
            pages_->row(headings, widths, cell_heading_style, heading_height);
        needs_heading = false;
        pages_->row(cells, widths, cell_style, height);
    }
}

void PdfReport::drawing(std::string_view path, double width, double height) { pages_->strokes(path, width, height); }

void PdfReport::code(std::string const& text, std::string_view words) { pages_->code(text, words); }

std::string PdfReport::finish() { return pages_->finish(); }

} // namespace concentric::lib
