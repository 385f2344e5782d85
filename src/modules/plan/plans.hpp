#pragma once

#include "core/route.hpp"
#include "modules/plan/plan.hpp"

#include <map>
#include <memory>

namespace concentric::directory {
struct RemovalAsked;
}

// The plans that a county has loaded, all their versions, and which are in force.
namespace concentric::plan {

using PlanId = Id<struct PlanTag>;

// A version in force with the numbers that its requirements and point rules keep through all versions.
struct InForce {
    PlanId id;
    std::int64_t version = 0;
    OrganisationId unit; // the one organisation that it is for; none: the whole county
    Plan plan;
    std::map<std::string, std::int64_t, std::less<>> numbers; // by key of requirement or point rule
};

// The plans in force, in the order in which they were first loaded. Parsed once per process and version.
std::vector<std::shared_ptr<InForce const>> in_force(Call&);

// A loaded version, in force or not. 404 where the county has none of that id.
std::shared_ptr<InForce const> version(Call&, PlanId);
// The version in force of the plan of that key, or nullptr.
std::shared_ptr<InForce const> version_in_force(Call&, std::string_view key);
// A plan that was not loaded, as it would be in force: what is new in it gets numbers beyond all that are taken.
std::shared_ptr<InForce const> as_if_loaded(Call&, Plan);

// Published in the transaction that changes which plans are in force.
struct PlansChanged { };

// Loads the next version of a plan and puts it in force. Gives the version's id and the faults; with faults nothing is loaded.
struct Loaded {
    PlanId id;
    std::vector<Fault> faults;
};
Loaded load(Call&, std::string_view text, std::string const& file_name, std::string const& note);

// Listener: the organisation that a plan is for stays in the directory.
void removal_asked(Call&, directory::RemovalAsked const&);

Routes routes();

} // namespace concentric::plan
