#pragma once

#include "core/route.hpp"
#include "modules/feed/access.hpp"

#include <span>
#include <unordered_set>

// Pictures of moments: cleaned as they come in, and shown as long as everybody in them may be shown.
namespace concentric::feed {

inline constexpr std::size_t most_pictures = 9; // of one moment
inline constexpr std::size_t largest_upload = 20U << 20; // bytes

struct AddedPicture {
    MomentPictureId id;
    std::int64_t size = 0; // bytes, as it is kept
};
BOOST_DESCRIBE_STRUCT(AddedPicture, (), (id, size))

// A picture of the moment being written, with the children who can be recognised in it.
struct PictureOfMoment {
    MomentPictureId id;
    std::vector<PersonId> children;
};
BOOST_DESCRIBE_STRUCT(PictureOfMoment, (), (id, children))

// Cleans and keeps the call's body; it belongs to no moment yet, and goes after a day unless one takes it.
AddedPicture keep_picture(Call&, std::string_view bytes);

// Makes these the pictures of a moment, in this order; others that it had come loose. 422 for one that is not the viewer's to use.
void set_pictures(Call&, MomentId, std::span<PictureOfMoment const>);

// The pictures of moments, by moment and place; and who is in them.
std::vector<PictureRow> pictures_of(Call&, std::span<std::int64_t const> moments);
std::vector<PortraitRow> portraits_in(Call&, std::span<std::int64_t const> pictures);
// Those of these pictures that nobody may see now, since somebody in them has not got the consent that it needs, or has it no more.
std::unordered_set<std::int64_t> hidden_among(Call&, std::span<PortraitRow const>);

// Erases these pictures with their files.
void remove_pictures(Call&, std::span<PictureRow const>);

Routes picture_routes();

} // namespace concentric::feed
