#include "lib/certificate_press.hpp"

#include "lib/small_font.hpp"

#include <cmath>
#include <numbers>
#include <stdexcept>

namespace concentric::lib {
namespace {

// Points: 1/72 inch. A4, lying.
constexpr double page_width = 841.89, page_height = 595.28;
constexpr double text_left = 118, text_width = page_width - 2 * text_left;
constexpr double seal_radius = 56, code_side = 122;

struct Colour {
    double red, green, blue;
};
constexpr Colour ink{0.13, 0.13, 0.15}, faint{0.42, 0.42, 0.45}, gold{0.72, 0.55, 0.25}, seal_red{0.80, 0.12, 0.12};

class Page {
public:
    Page(SmallFont const& font, CertificatePage const& text)
        : font_(font), text_(text), surface_(cairo_pdf_surface_create_for_stream(append_to_text, &bytes_, page_width, page_height)),
          context_(cairo_create(surface_.get()))
    {
    }

    std::string finish()
    {
        cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_TITLE, (text_.title + " " + text_.number_line).c_str());
        cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_AUTHOR, text_.issuer.c_str());
        frame();
        words();
        foot();
        cairo_show_page(context_.get());
        context_.reset();
        cairo_surface_finish(surface_.get());
        if (auto const status = cairo_surface_status(surface_.get()); status != CAIRO_STATUS_SUCCESS)
            throw std::runtime_error(cairo_status_to_string(status));
        surface_.reset();
        return std::move(bytes_);
    }

private:
    void colour(Colour const& colour) { cairo_set_source_rgb(context_.get(), colour.red, colour.green, colour.blue); }

    void rectangle(double inset, double width)
    {
        cairo_set_line_width(context_.get(), width);
        cairo_rectangle(context_.get(), inset, inset, page_width - 2 * inset, page_height - 2 * inset);
        cairo_stroke(context_.get());
    }

    void frame()
    {
        colour(gold);
        rectangle(28, 3);
        rectangle(36, 0.8);
        for (double const x : {36.0, page_width - 36})
            for (double const y : {36.0, page_height - 36}) {
                cairo_arc(context_.get(), x, y, 9, 0, 2 * std::numbers::pi);
                cairo_stroke(context_.get());
            }
    }

    struct Box {
        double x, y, width;
    };
    // Gives the height.
    double write(
        std::string const& text, double size, Box const& box, PangoAlignment alignment, Colour const& tone, double indent = 0)
    {
        auto const layout = font_.layout(context_.get(), size);
        pango_layout_set_width(layout.get(), static_cast<int>(box.width * PANGO_SCALE));
        pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
        pango_layout_set_alignment(layout.get(), alignment);
        pango_layout_set_indent(layout.get(), static_cast<int>(indent * PANGO_SCALE));
        pango_layout_set_line_spacing(layout.get(), 1.25F);
        pango_layout_set_text(layout.get(), text.c_str(), -1);
        colour(tone);
        cairo_move_to(context_.get(), box.x, box.y);
        pango_cairo_show_layout(context_.get(), layout.get());
        int height = 0;
        pango_layout_get_size(layout.get(), nullptr, &height);
        return static_cast<double>(height) / PANGO_SCALE;
    }

    void words()
    {
        write(text_.number_line, 10.5, {text_left, 54, text_width}, PANGO_ALIGN_RIGHT, faint);
        double y = 78;
        y += write(text_.heading, 44, {text_left, y, text_width}, PANGO_ALIGN_CENTER, ink);
        y += write(text_.title, 17, {text_left, y, text_width}, PANGO_ALIGN_CENTER, gold);
        y += write(text_.title_en, 10.5, {text_left, y, text_width}, PANGO_ALIGN_CENTER, faint) + 26;
        y += write(text_.holder, 24, {text_left, y, text_width}, PANGO_ALIGN_LEFT, ink) + 8;
        y += write(text_.body, 16, {text_left, y, text_width}, PANGO_ALIGN_LEFT, ink, 32) + 12;
        std::string achieved;
        for (auto const& line : text_.achieved)
            achieved += (achieved.empty() ? "" : "　·　") + line;
        write(achieved, 10.5, {text_left, y, text_width}, PANGO_ALIGN_LEFT, faint);
    }

    void foot()
    {
        double const top = page_height - 62 - code_side;
        draw_code(context_.get(), text_.code, text_left, top, code_side);
        write(text_.code_hint, 9, {text_left + code_side + 10, top + code_side - 40, 190}, PANGO_ALIGN_LEFT, faint);
        double const right = page_width - text_left - 250;
        write(text_.issuer, 15, {right, top + 34, 250}, PANGO_ALIGN_CENTER, ink);
        write(text_.day, 14, {right, top + 72, 250}, PANGO_ALIGN_CENTER, ink);
        seal(right + 125, top + 58);
    }

    void star(double x, double y, double radius)
    {
        for (int point = 0; point < 10; ++point) {
            double const angle = -std::numbers::pi / 2 + point * std::numbers::pi / 5;
            double const length = point % 2 == 0 ? radius : radius * 0.382;
            cairo_line_to(context_.get(), x + length * std::cos(angle), y + length * std::sin(angle));
        }
        cairo_close_path(context_.get());
        cairo_fill(context_.get());
    }

    // As seals are cut in China: the name around a star. It lies over the text and lets it through.
    void seal(double x, double y)
    {
        cairo_set_source_rgba(context_.get(), seal_red.red, seal_red.green, seal_red.blue, 0.82);
        cairo_set_line_width(context_.get(), 2.6);
        cairo_new_path(context_.get()); // writing leaves a point behind
        cairo_arc(context_.get(), x, y, seal_radius, 0, 2 * std::numbers::pi);
        cairo_stroke(context_.get());
        star(x, y, seal_radius * 0.27);
        auto const length = g_utf8_strlen(text_.issuer.c_str(), -1);
        if (length == 0)
            return;
        double const step = std::min(0.40, 4.6 / static_cast<double>(length));
        double const size = std::min(13.0, step * (seal_radius - 14) * 0.95);
        double angle = -step * static_cast<double>(length - 1) / 2;
        for (char const *at = text_.issuer.c_str(), *next = at; *at; at = next, angle += step) {
            next = g_utf8_next_char(at);
            around(std::string(at, next), size, {x, y, angle});
        }
    }

    struct Spoke {
        double x, y, angle;
    };
    void around(std::string const& character, double size, Spoke const& spoke)
    {
        cairo_save(context_.get());
        cairo_translate(context_.get(), spoke.x, spoke.y);
        cairo_rotate(context_.get(), spoke.angle);
        auto const layout = font_.layout(context_.get(), size);
        pango_layout_set_text(layout.get(), character.c_str(), -1);
        int width = 0;
        pango_layout_get_size(layout.get(), &width, nullptr);
        cairo_move_to(context_.get(), -static_cast<double>(width) / PANGO_SCALE / 2, -seal_radius + 4);
        pango_cairo_show_layout(context_.get(), layout.get());
        cairo_restore(context_.get());
    }

    SmallFont const& font_;
    CertificatePage const& text_;
    std::string bytes_;
    CairoOwned<cairo_surface_t> surface_;
    CairoOwned<cairo_t> context_;
};

std::vector<std::string> texts_of(std::vector<CertificatePage> const& pages)
{
    std::vector<std::string> texts{" ·　0123456789"};
    for (auto const& page : pages) {
        for (auto const* text : {&page.heading, &page.title, &page.title_en, &page.number_line, &page.holder, &page.body,
                 &page.issuer, &page.day, &page.code_hint})
            texts.push_back(*text);
        texts.insert(texts.end(), page.achieved.begin(), page.achieved.end());
    }
    return texts;
}

} // namespace

CertificatePress::CertificatePress(std::vector<CertificatePage> const& announced)
    : font_(std::make_unique<SmallFont>("Noto Serif CJK SC", texts_of(announced)))
{
}

CertificatePress::~CertificatePress() = default;

std::string CertificatePress::print(CertificatePage const& page) const { return Page(*font_, page).finish(); }

} // namespace concentric::lib
