#include "modules/sign_in/tickets.hpp"

#include "core/crypto.hpp"

namespace concentric::sign_in {

static constexpr std::int64_t most_ticket_tries = 5;

static ApiError stale()
{
    return {ErrorKind::unauthenticated, {"登录已中断，请重新开始。", "This log-in was interrupted; please begin again."}};
}

std::string issue(Call& call, Ticket ticket, std::int64_t minutes)
{
    auto text = crypto::random_token();
    ticket.county = call.county;
    ticket.hash = crypto::hash_of_token(text);
    ticket.expires_at = {call.now.milliseconds + minutes * 60'000};
    call.db.execute("DELETE FROM log_in_tickets WHERE county = $1 AND expires_at <= $2", call.county, call.now);
    call.db.insert("log_in_tickets", ticket);
    return text;
}

void put_detail(Call& call, std::string_view text, std::string const& detail)
{
    call.db.execute(
        "UPDATE log_in_tickets SET detail = $3 WHERE county = $1 AND hash = $2", call.county, crypto::hash_of_token(text), detail);
}

Ticket try_ticket(Call& call, std::string_view text, TicketPurpose purpose)
{
    db::Transaction transaction(call.db);
    auto ticket = call.db.row<Ticket>(
        "UPDATE log_in_tickets SET tries = tries + 1 WHERE hash = $1 AND purpose = $2 AND expires_at > $3 AND "
        "tries < $4 AND device IN ('', $5) RETURNING *",
        crypto::hash_of_token(text), purpose, call.now, most_ticket_tries, crypto::hash_of_token(call.device));
    transaction.commit();
    if (!ticket)
        throw stale();
    call.county = ticket->county;
    return std::move(*ticket);
}

void use_up(Call& call, Ticket const& ticket)
{
    if (call.db.execute("DELETE FROM log_in_tickets WHERE county = $1 AND hash = $2", ticket.county, ticket.hash) == 0)
        throw stale();
}

} // namespace concentric::sign_in
