#pragma once

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <memory>
#include <string>

// What everything that is drawn as a PDF shares: Cairo's and Pango's objects with their owners.
namespace concentric::lib {

struct CairoFreed {
    void operator()(cairo_t* context) const { cairo_destroy(context); }
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
    void operator()(cairo_pattern_t* pattern) const { cairo_pattern_destroy(pattern); }
    void operator()(PangoLayout* layout) const { g_object_unref(layout); }
    void operator()(PangoContext* context) const { g_object_unref(context); }
    void operator()(PangoFontMap* map) const { g_object_unref(map); }
    void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
};
template <class T> using CairoOwned = std::unique_ptr<T, CairoFreed>;

// For cairo_pdf_surface_create_for_stream; the closure is a std::string.
inline cairo_status_t append_to_text(void* closure, unsigned char const* data, unsigned length)
{
    static_cast<std::string*>(closure)->append(reinterpret_cast<char const*>(data), length);
    return CAIRO_STATUS_SUCCESS;
}

// A code for cameras (QR) that says the text, in a square with that side. Throws std::runtime_error for too long a text.
void draw_code(cairo_t*, std::string const& text, double left, double top, double side);

} // namespace concentric::lib
