#pragma once

#include "lib/cairo_parts.hpp"

#include <string>
#include <vector>

typedef struct _FcConfig FcConfig;

// A font with only the characters that are about to be written. A Chinese font holds tens of thousands of glyphs, which Cairo reads
// whole for every PDF: from this one a page takes milliseconds instead of a tenth of a second, and weighs a tenth.
namespace concentric::lib {

// Characters that the font lacks are drawn from whatever other font of the system has them. Used by one thread.
class SmallFont {
public:
    // `family` as fontconfig knows it; `texts` are all that will be drawn, in UTF-8. Throws std::runtime_error where no font is
    // found or the temporary folder cannot be written.
    SmallFont(std::string const& family, std::vector<std::string> const& texts);
    ~SmallFont();
    SmallFont(SmallFont const&) = delete;
    SmallFont& operator=(SmallFont const&) = delete;

    // For layouts on this Cairo context, with that font.
    CairoOwned<PangoLayout> layout(cairo_t* context, double size) const;

private:
    std::string file_;
    FcConfig* config_ = nullptr;
    CairoOwned<PangoFontMap> map_;
    CairoOwned<PangoContext> context_;
};

} // namespace concentric::lib
