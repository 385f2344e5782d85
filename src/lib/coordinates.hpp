#pragma once

// Places on the earth as Chinese map services tell them.
namespace concentric::lib {

// Degrees.
struct Coordinates {
    double latitude = 0, longitude = 0;
};

// Services within China tell places in GCJ-02 (国测局坐标), moved by up to some 600 metres from WGS 84 by a known formula. Gives
// back WGS 84, to within a metre; places outside China are as they were.
Coordinates from_gcj02(Coordinates told);
Coordinates to_gcj02(Coordinates true_place);

} // namespace concentric::lib
