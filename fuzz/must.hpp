#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

// What every fuzzer needs: its bytes as text, and a promise that ends the run where it is broken.
namespace concentric::fuzz {

inline std::string_view text_of(std::uint8_t const* data, std::size_t size) { return {reinterpret_cast<char const*>(data), size}; }

inline void must(bool holds)
{
    if (!holds)
        std::abort();
}

} // namespace concentric::fuzz
