#pragma once

#include "modules/forms/filling.hpp"
#include "modules/forms/tables.hpp"

// Anonymous answers, so that nobody who has the database can say whose one is. Who took a turn is a hash under the form's secret,
// which is sealed with the installation's key and thrown away at the form's end. What was answered lies in urns: one row for up to
// 32 ballots, put at a random place among them and sealed together, so that neither ids, times nor the order of rows tell when one
// came in. Nothing else is written by that request: no audit line, no draft, no letter marked as read.
namespace concentric::forms {

// Fewer than these are not shown, and not asked without their names. As small as supervision's smallest number of children.
inline constexpr std::int64_t fewest_ballots = 5;

struct Ballot {
    std::int64_t version = 0;
    OrganisationId unit; // the school, never the class
    FormAnswers answers;
};
BOOST_DESCRIBE_STRUCT(Ballot, (), (version, unit, answers))

std::string new_turn_secret();
// Whether this turn was taken. Throws std::logic_error for a form without a secret.
bool took_turn(Call&, FormRow const&, std::int64_t subject, std::int64_t household);
// 409 where it was taken before.
void cast_ballot(Call&, FormRow const&, std::int64_t subject, std::int64_t household, Ballot const&);
// All ballots in an order that means nothing, another one each time.
std::vector<Ballot> ballots_of(Call&, FormId);

} // namespace concentric::forms
