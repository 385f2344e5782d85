#pragma once

#include <string>

// Drawings that stand for photographs in the demo county: nobody is in them, and nobody else made them.
namespace concentric::demo {

enum class Scene { seedlings, bookshelf, running_track, rainbow };

// A PNG of 1200 by 900 dots.
std::string drawing_of(Scene scene);

} // namespace concentric::demo
