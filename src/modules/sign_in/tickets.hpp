#pragma once

#include "core/call.hpp"

// What somebody holds who is half way through a log-in: good for a few minutes and a few tries, for one purpose, once.
namespace concentric::sign_in {

enum class TicketPurpose { second_factor, binding, sso };
BOOST_DESCRIBE_ENUM(TicketPurpose, second_factor, binding, sso)

struct Ticket {
    std::int64_t county = 0;
    std::string hash; // of the text that the other side holds
    TicketPurpose purpose = TicketPurpose::second_factor;
    PersonId person; // 0 while nobody knows
    std::string method; // as in Me
    std::string detail; // JSON of the purpose
    std::string device; // hash; empty: any
    std::int64_t tries = 0;
    Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(Ticket, (), (county, hash, purpose, person, method, detail, device, tries, expires_at))

// Keeps the ticket for the call's county, for `minutes`; gives the text to hand out, which is kept nowhere.
std::string issue(Call& call, Ticket ticket, std::int64_t minutes);
// Puts what is found out later into a ticket that was just issued.
void put_detail(Call& call, std::string_view text, std::string const& detail);

// The ticket, and its county as the call's. Counts the try, in a transaction of its own: only on a slow route before the first
// write. Throws 401 for a text that is none of ours, or another purpose's, of another device, expired, used, or tried five times.
Ticket try_ticket(Call& call, std::string_view text, TicketPurpose purpose);
// It is used now. Throws 401 when another request was faster.
void use_up(Call& call, Ticket const& ticket);

} // namespace concentric::sign_in
