#pragma once

#include "core/db_pipeline.hpp"
#include "web/work.hpp"

// The quick reads of one thread on PostgreSQL: all that wait go through one connection at the same time.
namespace concentric::web {

class PipedReads {
public:
    explicit PipedReads(db::Address const& address) : address_(address) { }

    // Runs and ends them all. Gives the number of those that met with a fault of the database or of a neighbour and ran again
    // alone.
    std::size_t run(std::span<WorkPointer const> works);

private:
    std::vector<std::exception_ptr> attempt(std::span<WorkPointer const> works);

    db::Address const& address_;
    std::unique_ptr<db::Pipeline> pipeline_;
};

} // namespace concentric::web
