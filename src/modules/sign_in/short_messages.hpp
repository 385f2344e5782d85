#pragma once

#include "core/jobs.hpp"

#include <memory>

// Short messages to telephones (短信): queued with what they belong to, sent by a job, tried again while the gateway is out of
// reach, and never more to one number than a person would put up with.
namespace concentric::sign_in {

inline constexpr std::string_view short_message_job = "short_message";

// Whether short messages leave this installation at all.
bool sends_short_messages();

// What one number gets at most: 1 in a minute, 5 in an hour, 10 in a day; and what one address may ask for: 30 in an hour.
bool may_send(Call& call, std::string_view phone);
// The same; throws 429 with the seconds to wait.
void require_may_send(Call& call, std::string_view phone);

// Queues it in the call's transaction. With an empty text nothing is sent and only the count goes on, so that a number that nobody
// has behaves like any other.
void queue_short_message(Call& call, std::string_view phone, std::string const& text);

// The job.
std::string send_short_message(Call& call, std::string const& input, Progress& progress);

// What stands for a number in tables that only need to know it again; nobody without the keys can tell the number.
std::string key_of_phone(Call const& call, std::string_view phone);

} // namespace concentric::sign_in
