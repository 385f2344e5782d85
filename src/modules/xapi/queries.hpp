#pragma once

#include "modules/xapi/formats.hpp"
#include "modules/xapi/intake.hpp"

// What another program asks to read, and what it may.
namespace concentric::xapi {

// The parameters of GET statements (xAPI 1.0.3, Communication 2.1.3), named as there. They are texts here, since the protocol
// answers 400 where a route of ours would answer 422.
struct FindStatements : Spoken {
    HeaderField accept_language;
    std::optional<std::string> statementId, voidedStatementId, agent, verb, activity, registration, since, until, limit, ascending,
        format, attachments, related_activities, related_agents;
    std::optional<std::string> from; // of ours: where the page before ended
};
BOOST_DESCRIBE_STRUCT(FindStatements, (Spoken),
    (accept_language, statementId, voidedStatementId, agent, verb, activity, registration, since, until, limit, ascending, format,
        attachments, related_activities, related_agents, from))

// The same, understood.
struct Query {
    std::string statement_id; // in lower case; empty: many
    bool is_voided = false; // that one, as a voided one
    std::optional<Actor> agent;
    std::string verb, activity, registration;
    Instant since{0}, until{std::numeric_limits<std::int64_t>::max()};
    std::int64_t limit = 100;
    std::int64_t from = 0;
    bool is_ascending = false;
    bool with_related_agents = false, with_related_activities = false; // wherever the statement mentions them
    bool with_attachments = false;
    bool with_those_about = true; // records whose object is one that meets the conditions meet them too
    Format format = Format::exact;
    std::vector<std::string> languages; // that the caller reads
};
// 400 that names every fault.
Query query_of(FindStatements const&);

// A record with its place in the order.
struct Found {
    std::int64_t place = 0;
    std::string statement; // JSON
    Instant stored_at;
};
// One more than the limit where there are more. For a log-in that sends: what it sent. For one that reads: what the ledger says of
// its organisation and those below it.
std::vector<Found> find_statements(Call&, Sender const&, Query const&);

// "/api/xapi/statements?…" for the page after this place.
std::string more_after(FindStatements const&, std::int64_t place);

} // namespace concentric::xapi
