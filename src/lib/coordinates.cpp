#include "lib/coordinates.hpp"

#include <cmath>
#include <numbers>

namespace concentric::lib {
namespace {

constexpr double pi = std::numbers::pi;
// Krasovsky's ellipsoid, on which GCJ-02 is reckoned.
constexpr double half_axis = 6'378'245.0;
constexpr double eccentricity = 0.00669342162296594323;

bool is_in_china(Coordinates at)
{
    return at.longitude > 72.004 && at.longitude < 137.8347 && at.latitude > 0.8293 && at.latitude < 55.8271;
}

double common_wave(double x) { return (20 * std::sin(6 * x * pi) + 20 * std::sin(2 * x * pi)) * 2 / 3; }

double metres_north(double x, double y)
{
    return -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * std::sqrt(std::abs(x)) + common_wave(x)
        + (20 * std::sin(y * pi) + 40 * std::sin(y / 3 * pi)) * 2 / 3
        + (160 * std::sin(y / 12 * pi) + 320 * std::sin(y * pi / 30)) * 2 / 3;
}

double metres_east(double x, double y)
{
    return 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * std::sqrt(std::abs(x)) + common_wave(x)
        + (20 * std::sin(x * pi) + 40 * std::sin(x / 3 * pi)) * 2 / 3
        + (150 * std::sin(x / 12 * pi) + 300 * std::sin(x / 30 * pi)) * 2 / 3;
}

} // namespace

Coordinates to_gcj02(Coordinates at)
{
    if (!is_in_china(at))
        return at;
    auto const x = at.longitude - 105, y = at.latitude - 35;
    auto const angle = at.latitude / 180 * pi;
    auto const curve = 1 - eccentricity * std::sin(angle) * std::sin(angle);
    return {at.latitude + metres_north(x, y) * 180 / (half_axis * (1 - eccentricity) / (curve * std::sqrt(curve)) * pi),
        at.longitude + metres_east(x, y) * 180 / (half_axis / std::sqrt(curve) * std::cos(angle) * pi)};
}

// The shift hardly changes over a few hundred metres, so walking back by it a few times arrives.
Coordinates from_gcj02(Coordinates told)
{
    Coordinates found = told;
    for (int i = 0; i < 5; ++i) {
        auto const again = to_gcj02(found);
        found.latitude += told.latitude - again.latitude;
        found.longitude += told.longitude - again.longitude;
    }
    return found;
}

} // namespace concentric::lib
