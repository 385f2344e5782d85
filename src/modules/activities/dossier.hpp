#pragma once

#include "modules/activities/budget.hpp"
#include "modules/activities/feedback.hpp"
#include "modules/activities/roles.hpp"

// What whoever runs an event has to look after besides who comes, and what is still missing before and after closing it.
namespace concentric::activities {

enum class Lacking { people, teacher, consents, travel, spent, feedback };
BOOST_DESCRIBE_ENUM(Lacking, people, teacher, consents, travel, spent, feedback)

struct LackingView {
    Lacking what = Lacking::people;
    std::string words;
};
BOOST_DESCRIBE_STRUCT(LackingView, (), (what, words))

struct Dossier {
    std::optional<BudgetView> budget;
    std::vector<ActivityRole> roles_there_can_be;
    std::vector<RoleView> roles;
    FeedbackSummary feedback;
    std::vector<LackingView> lacking;
};
BOOST_DESCRIBE_STRUCT(Dossier, (), (budget, roles_there_can_be, roles, feedback, lacking))

struct OneDossier {
    ActivityId id;
};
BOOST_DESCRIBE_STRUCT(OneDossier, (), (id))

Dossier show_dossier(Call&, OneDossier const&);

} // namespace concentric::activities
