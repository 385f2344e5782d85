#include "lib/coordinates.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace concentric::lib {
namespace {

// 天安门: 39.907333, 116.391083 in WGS 84; map services of China show it at 39.908735, 116.397327.
TEST(Coordinates, a_known_place_is_where_map_services_show_it)
{
    auto const shown = to_gcj02({39.907333, 116.391083});

    EXPECT_NEAR(shown.latitude, 39.908735, 3e-5);
    EXPECT_NEAR(shown.longitude, 116.397327, 3e-5);
}

TEST(Coordinates, there_and_back_is_the_same_place)
{
    for (double latitude = 20; latitude < 50; latitude += 3.7)
        for (double longitude = 80; longitude < 130; longitude += 4.1) {
            auto const back = from_gcj02(to_gcj02({latitude, longitude}));
            EXPECT_NEAR(back.latitude, latitude, 1e-6);
            EXPECT_NEAR(back.longitude, longitude, 1e-6);
        }
}

TEST(Coordinates, places_outside_china_stay)
{
    EXPECT_EQ(from_gcj02({48.85, 2.35}).latitude, 48.85);
    EXPECT_EQ(from_gcj02({48.85, 2.35}).longitude, 2.35);
}

} // namespace
} // namespace concentric::lib
