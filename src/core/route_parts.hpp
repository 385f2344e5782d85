#pragma once

#include "core/route.hpp"

#include <algorithm>
#include <iterator>

// The pages of a module, which its files offer part by part.
namespace concentric {

inline Routes joined(std::initializer_list<Routes (*)()> parts)
{
    Routes all;
    for (auto const part : parts)
        std::ranges::move(part(), std::back_inserter(all));
    return all;
}

} // namespace concentric
