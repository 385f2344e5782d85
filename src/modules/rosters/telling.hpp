#pragma once

#include "modules/rosters/access.hpp"

#include <span>

// What people are told of their duties, and reminding them the evening before.
namespace concentric::rosters {

// Everybody but whoever does it.
void tell_member(Call&, PersonId, Words const& title, Words const& body);
void tell_members(Call&, std::span<std::int64_t const> people, Words const& title, Words const& body);
// Those who manage or lead the roster.
void tell_vouchers(Call&, RosterId, Words const& title, Words const& body);

// Those who serve tomorrow, from six in the evening on; each once. Gives how many.
std::int64_t remind_now(Call&);
void keep_reminding_duties(Call&);
void handle_reminder_job(Jobs&);

} // namespace concentric::rosters
