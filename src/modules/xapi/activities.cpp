#include "modules/xapi/activities.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <set>

namespace concentric::xapi {
namespace {

constexpr std::array<std::string_view, 10> interactions{
    "true-false", "choice", "fill-in", "long-fill-in", "matching", "performance", "sequencing", "likert", "numeric", "other"};

// Each of what a question offers has an id of its own among them.
void read_components(Properties const& definition, std::string_view list)
{
    std::set<std::string> ids;
    for (auto const& component : definition.objects(list)) {
        component.only({"id", "description"});
        component.words("description");
        if (auto id = component.text("id", Need::must); !id.empty() && !ids.insert(std::move(id)).second)
            component.fault("id", {"同一列表里有两项编号相同。", "Two components of the list have one id."});
    }
}

void read_interaction(Properties const& definition)
{
    auto const kind = definition.text("interactionType", Need::may);
    if (!kind.empty() && std::ranges::find(interactions, kind) == interactions.end())
        definition.fault("interactionType", {"没有这种题型。", "There is no such kind of interaction."});
    definition.strings("correctResponsesPattern");
    for (auto const* const list : {"choices", "scale", "source", "target", "steps"})
        read_components(definition, list);
}

} // namespace

Activity read_activity(Properties const& object)
{
    object.only({"objectType", "id", "definition"});
    if (auto const kind = object.text("objectType", Need::may); !kind.empty() && kind != "Activity")
        object.fault("objectType", {"应为 Activity。", "This must be Activity."});
    Activity made;
    made.id = made.words = object.iri("id", Need::must);
    auto const definition = object.object("definition", Need::may);
    if (!definition)
        return made;
    definition->only({"name", "description", "type", "moreInfo", "interactionType", "correctResponsesPattern", "choices", "scale",
        "source", "target", "steps", "extensions"});
    definition->iri("type", Need::may);
    definition->iri("moreInfo", Need::may);
    definition->words("description");
    definition->extensions();
    read_interaction(*definition);
    if (auto words = definition->words("name"); !words.empty())
        made.words = std::move(words);
    return made;
}

} // namespace concentric::xapi
