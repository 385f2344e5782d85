#pragma once

#include "modules/safety/access.hpp"

// The picture of a hazard: made anew from its dots, so that it says what is broken and not where or with which phone it was taken.
namespace concentric::safety {

struct AddedPhoto {
    PhotoId id;
};
BOOST_DESCRIBE_STRUCT(AddedPhoto, (), (id))

// Cleans and keeps the call's body until a report takes it, a day at most.
AddedPhoto add_photo(Call&, Nothing const&);
// The blob of a picture that the viewer brought; it belongs to a report from now on. 422 at /photo for any other.
std::string take_photo(Call&, PhotoId);
Download photo_in(Call&, std::string const& blob);
// What nobody has used for a day.
void forget_loose_photos(Call&);

} // namespace concentric::safety
