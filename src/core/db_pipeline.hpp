#pragma once

#include "core/db.hpp"

// Many short reads on one PostgreSQL connection, each of which believes that it is alone: their statements travel together, so
// that the server and the network are asked once for all and not once for each.
namespace concentric::db {

// For PostgreSQL connections whose statements find rows by their keys alone: planned once, not anew for the values of each
// execution (which takes longer than finding the rows), and by an index even while a table is still empty, since the plan stays
// when thousands come into it.
inline constexpr std::string_view keep_plans = "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off";

class Pipeline {
public:
    using Read = std::function<void(Connection&)>;

    virtual ~Pipeline() = default;

    // Runs all reads to their end and gives what each threw, or null, in their order. Each is a fiber that waits for its own
    // answers only. Its connection takes run() with rows, as rows(), row() and value() ask for; the rest throws std::logic_error.
    // A read whose statement was dropped because another's had failed ends with Fault::busy, and may be tried again.
    virtual std::vector<std::exception_ptr> run(std::span<Read const> reads) = 0;

    // A pipeline that lost its server is of no more use.
    virtual bool is_lost() const = 0;
};

// Throws Error (lost) where PostgreSQL cannot be reached.
std::unique_ptr<Pipeline> open_pipeline(Address const& address);

} // namespace concentric::db
