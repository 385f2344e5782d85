#include "core/holding.hpp"

#include "lib/each_once.hpp"

#include <algorithm>

namespace concentric {

void hold_all(db::Connection& db, std::int64_t county, Held held, std::span<std::int64_t const> ids)
{
    std::vector<std::int64_t> keys;
    for (auto const id : ids)
        keys.push_back(county << 16 | static_cast<std::int64_t>(held)
            | static_cast<std::int64_t>((static_cast<std::uint64_t>(id) * 0x9E3779B97F4A7C15ULL) >> 52));
    db.hold(lib::each_once(std::move(keys)));
}

} // namespace concentric
