#pragma once

#include "core/db.hpp"

#include <span>

// Waiting for others who write about the same people.
namespace concentric {

// What is held of a person or group; each has keys of its own.
enum class Held : std::int64_t { tallied_people = 0, own_time = 0x2000, tallied_groups = 0x4000 };

// Holds all of them until the transaction ends, in one order for everybody. The database's table of such locks is of fixed size, so
// those of a county share 4096 of each sort.
void hold_all(db::Connection& db, std::int64_t county, Held held, std::span<std::int64_t const> ids);

} // namespace concentric
