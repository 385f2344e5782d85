#pragma once

#include "core/jobs.hpp"
#include "core/route.hpp"

// The class feed: what a class lives through, shown to the families of the children in it.
namespace concentric::feed {

Routes routes();
void subscribe(Events&);
void handle_jobs(Jobs&);

} // namespace concentric::feed
