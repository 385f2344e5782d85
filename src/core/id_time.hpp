#pragma once

#include "core/time.hpp"

#include <cstdint>

// An identifier tells when it was given.
namespace concentric {

// 42 bits of milliseconds since 2024, 9 bits of the process, 12 bits of counting (core/fields.cpp).
inline constexpr std::int64_t id_epoch = 1'704'067'200'000;

inline Instant moment_of_id(std::int64_t id) { return {(id >> 21) + id_epoch}; }
// No identifier that was given from that moment on is less.
inline std::int64_t first_id_at(Instant moment)
{
    return moment.milliseconds <= id_epoch ? 0 : (moment.milliseconds - id_epoch) << 21;
}

} // namespace concentric
