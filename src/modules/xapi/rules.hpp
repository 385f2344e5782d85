#pragma once

#include "core/fields.hpp"
#include "modules/xapi/statement.hpp"

#include <span>

// Which learning records count here, and as what (记账规则): a rule names verb and activity, the kind of ledger entry, and how many
// minutes one record brings at most.
namespace concentric::xapi {

using RuleId = Id<struct XapiRuleTag>;

struct Rule {
    std::int64_t county = 0;
    RuleId id;
    OrganisationId organisation; // for what is sent by log-ins of this one and of those below it
    std::string verb; // an IRI
    std::string activity; // an IRI, one with * at its end for all that begin so, or empty for every one
    std::string kind; // of the ledger's entry
    std::int64_t most_minutes = 0; // of one record; 0: its time does not count
    PersonId created_by;
    Instant created_at;
};
BOOST_DESCRIBE_STRUCT(Rule, (), (county, id, organisation, verb, activity, kind, most_minutes, created_by, created_at))

// The rule that applies: of several the one that names the activity most closely, then the oldest; null for none.
Rule const* rule_for(Statement const&, std::span<Rule const>);
// Whole minutes that a record brings by the rule.
std::int64_t minutes_of(Statement const&, Rule const&);

} // namespace concentric::xapi
