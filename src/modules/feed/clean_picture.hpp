#pragma once

#include <string>
#include <string_view>

// Makes a picture anew from its dots alone: where it was taken, with which camera and what else a file tells besides stays behind.
// Source: 个人信息保护法 art. 6 (no more than the purpose needs), GB/T 35273-2020 art. 5.2.
namespace concentric::feed {

inline constexpr int longest_side = 2048; // dots
inline constexpr int thumbnail_side = 480;

struct CleanPicture {
    std::string bytes, thumbnail; // JPEG, the right way up
};

// From a JPEG, PNG or WebP. Throws ApiError 422 for anything else, for a broken file and for one of more than 60 million dots.
CleanPicture clean_picture(std::string_view bytes);

} // namespace concentric::feed
