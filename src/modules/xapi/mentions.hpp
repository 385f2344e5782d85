#pragma once

#include "modules/xapi/intake.hpp"

// Whom and what a learning record mentions besides its actor and its activity: instructors, teams, members of groups, courses that
// a lesson is part of. A record is sealed, so these are noted beside it, as keyed digests, to be found by.
namespace concentric::xapi {

struct Mention {
    enum class Of { agent, activity };
    Of of = Of::agent;
    std::string what; // as Actor::known_by, or an activity's IRI
    // It is the record's actor or object, or a member of a group that is: found by without asking for related ones.
    bool is_direct = false;
    auto operator<=>(Mention const&) const = default;
};

// Each once; a direct one stands for a related one too (xAPI 1.0.3, Communication 2.1.3, related_agents and related_activities).
// The statement was read without a fault.
std::vector<Mention> mentions_in(boost::json::object const& statement);

// For a record that is stored from now on.
void note_mentions(Call&, StatementId, boost::json::object const& statement);
void forget_mentions(Call&, std::vector<std::int64_t> const& statements);

std::string digest_of_activity(Call&, std::string_view activity);

} // namespace concentric::xapi
