#pragma once

#include <string_view>

// How the yearly audit of minors' data sorts what people did.
namespace concentric::privacy {

enum class ActionKind { look, share, change };

// By the name of the route: looking into files, files that left the platform, or everything that changes something.
ActionKind kind_of(std::string_view action);

} // namespace concentric::privacy
