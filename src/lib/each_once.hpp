#pragma once

#include <algorithm>
#include <span>
#include <vector>

namespace concentric::lib {

// In ascending order, whatever stands there several times once.
template <class T> std::vector<T> each_once(std::vector<T> all)
{
    std::ranges::sort(all);
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

template <class T> std::vector<T> each_once(std::span<T const> all) { return each_once(std::vector<T>(all.begin(), all.end())); }

} // namespace concentric::lib
