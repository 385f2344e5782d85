#pragma once

#include "core/config.hpp"
#include "core/jobs.hpp"
#include "core/route.hpp"
#include "core/sealed.hpp"

// Recognition (积分与证书): certificates that anybody can check, points line by line, and appeals against them.
namespace concentric::recognition {

// For the whole process: set once at the start, before any thread.
void configure(Settings const& settings);
Routes routes();
void subscribe(Events& events);
void handle_jobs(Jobs& jobs);
// For a new key.
std::vector<SealedColumn> sealed_columns();

} // namespace concentric::recognition
