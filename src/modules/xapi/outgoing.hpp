#pragma once

#include "core/jobs.hpp"
#include "core/route.hpp"

// What the ledger says about learning, handed to others: as a file for officials, and on and on to another record store (转发).
namespace concentric::xapi {

// Hands on what waits, in order, each record at least once with the same id; after a failure it waits, ever longer up to an hour.
// Gives how many were taken.
std::int64_t hand_on(Call&, Progress&);

// Every minute, in all counties that set it up.
void keep_handing_on(Call&);
void handle_stream_job(Jobs&);
Routes outgoing_routes();

} // namespace concentric::xapi
