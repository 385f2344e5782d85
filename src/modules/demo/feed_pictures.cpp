#include "modules/demo/feed_pictures.hpp"

#include "lib/cairo_parts.hpp"

#include <cmath>
#include <iterator>

namespace concentric::demo {
namespace {

constexpr double width = 1200, height = 900, turn = 2 * M_PI;

struct Colour {
    double red, green, blue;
};
constexpr Colour sky{0.82, 0.92, 0.97}, soil{0.45, 0.32, 0.24}, leaf{0.36, 0.62, 0.36}, wall{0.97, 0.94, 0.88},
    wood{0.72, 0.53, 0.36}, track{0.80, 0.42, 0.33}, grass{0.55, 0.74, 0.45}, white{1, 1, 1}, sun{0.98, 0.82, 0.45};

class Drawing {
public:
    void fill(Colour colour, double x, double y, double w, double h)
    {
        use(colour);
        cairo_rectangle(pen_.get(), x, y, w, h);
        cairo_fill(pen_.get());
    }
    void dot(Colour colour, double x, double y, double radius)
    {
        use(colour);
        cairo_arc(pen_.get(), x, y, radius, 0, turn);
        cairo_fill(pen_.get());
    }
    void arc(Colour colour, double x, double y, double radius, double thick, double from, double to)
    {
        use(colour);
        cairo_set_line_width(pen_.get(), thick);
        cairo_arc(pen_.get(), x, y, radius, from, to);
        cairo_stroke(pen_.get());
    }
    void leaf_at(double x, double y, double size, double lean)
    {
        cairo_save(pen_.get());
        cairo_translate(pen_.get(), x, y);
        cairo_rotate(pen_.get(), lean);
        cairo_scale(pen_.get(), size, size * 0.45);
        dot(leaf, 1, 0, 1);
        cairo_restore(pen_.get());
    }
    std::string png() const
    {
        std::string bytes;
        cairo_surface_write_to_png_stream(surface_.get(), lib::append_to_text, &bytes);
        return bytes;
    }

private:
    void use(Colour colour) { cairo_set_source_rgb(pen_.get(), colour.red, colour.green, colour.blue); }

    lib::CairoOwned<cairo_surface_t> surface_{
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(width), static_cast<int>(height))};
    lib::CairoOwned<cairo_t> pen_{cairo_create(surface_.get())};
};

void draw_seedlings(Drawing& drawing)
{
    drawing.fill(sky, 0, 0, width, height);
    drawing.dot(sun, 1010, 170, 90);
    drawing.fill(soil, 0, 640, width, 260);
    for (int i = 0; i < 6; ++i) {
        double const x = 130 + i * 190, tall = 120 + 40 * (i % 3);
        drawing.fill(leaf, x - 6, 640 - tall, 12, tall);
        drawing.leaf_at(x, 640 - tall, 46, -0.5);
        drawing.leaf_at(x, 640 - tall + 20, 46, -2.6);
    }
}

void draw_bookshelf(Drawing& drawing)
{
    constexpr Colour backs[]{{0.80, 0.42, 0.33}, {0.28, 0.47, 0.55}, {0.88, 0.70, 0.36}, {0.45, 0.58, 0.40}, {0.56, 0.44, 0.60}};
    drawing.fill(wall, 0, 0, width, height);
    for (int row = 0; row < 3; ++row) {
        double const board = 290 + row * 250;
        for (int i = 0; i < 19; ++i) {
            double const tall = 130 + (i * 37 + row * 53) % 60;
            drawing.fill(backs[static_cast<std::size_t>(i * 3 + row) % std::size(backs)], 130 + i * 49, board - tall, 40, tall);
        }
        drawing.fill(wood, 100, board, 1000, 26);
    }
}

void draw_running_track(Drawing& drawing)
{
    drawing.fill(grass, 0, 0, width, height);
    drawing.fill(sky, 0, 0, width, 260);
    drawing.fill(track, 0, 420, width, 480);
    for (int lane = 0; lane < 5; ++lane)
        drawing.fill(white, 0, 430 + lane * 110, width, 8);
}

void draw_rainbow(Drawing& drawing)
{
    constexpr Colour bands[]{
        {0.85, 0.35, 0.33}, {0.93, 0.60, 0.33}, {0.96, 0.83, 0.42}, {0.47, 0.68, 0.44}, {0.33, 0.55, 0.72}, {0.50, 0.43, 0.65}};
    drawing.fill(sky, 0, 0, width, height);
    for (std::size_t i = 0; i < std::size(bands); ++i)
        drawing.arc(bands[i], width / 2, 760, 520 - static_cast<double>(i) * 44, 44, M_PI, turn);
    drawing.fill(grass, 0, 740, width, 160);
}

} // namespace

std::string drawing_of(Scene scene)
{
    Drawing drawing;
    switch (scene) {
    case Scene::seedlings: draw_seedlings(drawing); break;
    case Scene::bookshelf: draw_bookshelf(drawing); break;
    case Scene::running_track: draw_running_track(drawing); break;
    case Scene::rainbow: draw_rainbow(drawing); break;
    }
    return drawing.png();
}

} // namespace concentric::demo
