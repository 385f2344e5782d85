#include "lib/cairo_parts.hpp"

#include <qrencode.h>

#include <stdexcept>

namespace concentric::lib {
namespace {

struct QrFreed {
    void operator()(QRcode* code) const { QRcode_free(code); }
};

} // namespace

void draw_code(cairo_t* context, std::string const& text, double left, double top, double side)
{
    std::unique_ptr<QRcode, QrFreed> const code(QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_M));
    if (!code)
        throw std::runtime_error("the text of a code is too long");
    CairoOwned<cairo_surface_t> const picture(cairo_image_surface_create(CAIRO_FORMAT_A8, code->width, code->width));
    cairo_surface_flush(picture.get());
    auto* const pixels = cairo_image_surface_get_data(picture.get());
    auto const stride = cairo_image_surface_get_stride(picture.get());
    for (int y = 0; y < code->width; ++y)
        for (int x = 0; x < code->width; ++x)
            pixels[y * stride + x] = code->data[y * code->width + x] & 1 ? 255 : 0;
    cairo_surface_mark_dirty(picture.get());
    cairo_save(context);
    cairo_translate(context, left, top);
    cairo_scale(context, side / code->width, side / code->width);
    CairoOwned<cairo_pattern_t> const pattern(cairo_pattern_create_for_surface(picture.get()));
    cairo_pattern_set_filter(pattern.get(), CAIRO_FILTER_NEAREST);
    cairo_set_source_rgb(context, 0, 0, 0);
    cairo_mask(context, pattern.get());
    cairo_restore(context);
}

} // namespace concentric::lib
