#include "lib/small_font.hpp"

#include <fontconfig/fontconfig.h>
#include <harfbuzz/hb-subset.h>
#include <pango/pangofc-fontmap.h>

#include <filesystem>
#include <stdexcept>
#include <stdlib.h>
#include <unistd.h>

namespace concentric::lib {
namespace {

constexpr char const* own_family = "Concentric Certificate"; // so that nothing else answers to the name

struct Destroyed {
    void operator()(hb_blob_t* blob) const { hb_blob_destroy(blob); }
    void operator()(hb_face_t* face) const { hb_face_destroy(face); }
    void operator()(hb_set_t* set) const { hb_set_destroy(set); }
    void operator()(hb_subset_input_t* input) const { hb_subset_input_destroy(input); }
    void operator()(FcPattern* pattern) const { FcPatternDestroy(pattern); }
};
template <class T> using Owned = std::unique_ptr<T, Destroyed>;

FcChar8 const* bytes_of(std::string const& text) { return reinterpret_cast<FcChar8 const*>(text.c_str()); }

Owned<hb_face_t> face_of(std::string const& family)
{
    Owned<FcPattern> const wanted(FcNameParse(bytes_of(family)));
    FcConfigSubstitute(nullptr, wanted.get(), FcMatchPattern);
    FcDefaultSubstitute(wanted.get());
    FcResult result = FcResultMatch;
    Owned<FcPattern> const found(FcFontMatch(nullptr, wanted.get(), &result));
    FcChar8* file = nullptr;
    int index = 0;
    if (!found || FcPatternGetString(found.get(), FC_FILE, 0, &file) != FcResultMatch)
        throw std::runtime_error("no font to write certificates with: fontconfig finds none");
    FcPatternGetInteger(found.get(), FC_INDEX, 0, &index);
    Owned<hb_blob_t> const blob(hb_blob_create_from_file(reinterpret_cast<char const*>(file)));
    return Owned<hb_face_t>(hb_face_create(blob.get(), static_cast<unsigned>(index) & 0xFFFFU));
}

// Without hints and shared outlines, which Cairo would carry along whole.
std::string subset(hb_face_t* face, std::vector<std::string> const& texts, bool& has_all)
{
    Owned<hb_subset_input_t> const input(hb_subset_input_create_or_fail());
    Owned<hb_set_t> const known(hb_set_create());
    hb_face_collect_unicodes(face, known.get());
    auto* const wanted = hb_subset_input_unicode_set(input.get());
    for (auto const& text : texts)
        for (auto const* at = text.c_str(); *at; at = g_utf8_next_char(at)) {
            hb_set_add(wanted, g_utf8_get_char(at));
            has_all = has_all && (*at == '\n' || hb_set_has(known.get(), g_utf8_get_char(at)));
        }
    hb_subset_input_set_flags(input.get(), HB_SUBSET_FLAGS_DESUBROUTINIZE | HB_SUBSET_FLAGS_NO_HINTING);
    Owned<hb_face_t> const small(hb_subset_or_fail(face, input.get()));
    if (!small)
        throw std::runtime_error("the font to write certificates with cannot be read");
    Owned<hb_blob_t> const blob(hb_face_reference_blob(small.get()));
    unsigned length = 0;
    auto const* const data = hb_blob_get_data(blob.get(), &length);
    return {data, length};
}

// A name of its own each time: Cairo remembers fonts by the names of their files.
std::string write_file(std::string const& bytes)
{
    auto name = (std::filesystem::temp_directory_path() / "concentric-font-XXXXXX").string();
    int const file = mkstemp(name.data());
    bool const is_written = file >= 0 && write(file, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size());
    if (file >= 0)
        close(file);
    if (!is_written)
        throw std::runtime_error("the temporary folder cannot be written: " + name);
    return name;
}

} // namespace

SmallFont::SmallFont(std::string const& family, std::vector<std::string> const& texts)
{
    bool has_all = true;
    auto const bytes = subset(face_of(family).get(), texts, has_all);
    file_ = write_file(bytes);
    config_ = has_all ? FcConfigCreate() : FcInitLoadConfigAndFonts();
    if (!config_ || !FcConfigAppFontAddFile(config_, bytes_of(file_)))
        throw std::runtime_error("fontconfig does not take the font to write certificates with");
    auto* const pattern = FcConfigGetFonts(config_, FcSetApplication)->fonts[0];
    FcPatternDel(pattern, FC_FAMILY);
    FcPatternAddString(pattern, FC_FAMILY, reinterpret_cast<FcChar8 const*>(own_family));
    map_.reset(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT));
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map_.get()), config_);
    context_.reset(pango_font_map_create_context(map_.get()));
}

SmallFont::~SmallFont()
{
    context_.reset();
    map_.reset();
    if (config_)
        FcConfigDestroy(config_);
    if (!file_.empty())
        unlink(file_.c_str());
}

CairoOwned<PangoLayout> SmallFont::layout(cairo_t* context, double size) const
{
    pango_cairo_update_context(context, context_.get());
    CairoOwned<PangoLayout> made(pango_layout_new(context_.get()));
    CairoOwned<PangoFontDescription> const font(pango_font_description_from_string(own_family));
    pango_font_description_set_absolute_size(font.get(), size * PANGO_SCALE);
    pango_layout_set_font_description(made.get(), font.get());
    return made;
}

} // namespace concentric::lib
