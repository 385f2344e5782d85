#pragma once

#include "core/config.hpp"
#include "core/jobs.hpp"
#include "core/route.hpp"
#include "core/sealed.hpp"

// The ways to log in besides a password, the second step that some posts ask for, and what the owner of an account gets to know of
// it.
namespace concentric::sign_in {

// Where WeChat, single sign-on and the message gateway are, and which roles need a second factor. Set once at the start, before any
// thread.
void configure(Settings const& settings);
Settings const& settings();

Routes routes();
void subscribe(Events& events);
void handle_jobs(Jobs& jobs);
// For a new key.
std::vector<SealedColumn> sealed_columns();

} // namespace concentric::sign_in
