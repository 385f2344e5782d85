#include "modules/xapi/descriptions.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <ranges>

namespace concentric::xapi {
namespace {

namespace json = boost::json;

// Of so many of the newest records.
constexpr std::int64_t most_looked_at = 100;

// The objects of these records' parts ("object" or "actor"), the oldest first.
std::vector<json::object> parts_of_records(Call& call, Sender const& sender, Query query, std::string_view part)
{
    query.limit = most_looked_at;
    query.with_those_about = false;
    std::vector<json::object> parts;
    for (auto const& found : std::views::reverse(find_statements(call, sender, query)))
        parts.push_back(json::parse(found.statement).as_object().at(part).as_object());
    return parts;
}

void add_name(json::array& names, json::object const& agent)
{
    if (auto const* const name = agent.if_contains("name"); name && std::ranges::find(names, *name) == names.end())
        names.push_back(*name);
}

} // namespace

void add_definition(json::object& known, json::object const& newer)
{
    for (auto const& [name, value] : newer) {
        bool const is_map = name == "name" || name == "description" || name == "extensions";
        auto* const present = known.if_contains(name);
        if (!is_map || !present || !present->is_object() || !value.is_object())
            known[name] = value;
        else
            for (auto const& each : value.get_object())
                present->get_object()[each.key()] = each.value();
    }
}

json::object known_activity(Call& call, Sender const& sender, std::string const& activity)
{
    Query query;
    query.activity = activity;
    json::object definition;
    for (auto const& object : parts_of_records(call, sender, query, "object"))
        if (auto const* const newer = object.if_contains("definition"))
            add_definition(definition, newer->as_object());
    json::object known{{"objectType", "Activity"}, {"id", activity}};
    if (!definition.empty())
        known["definition"] = std::move(definition);
    return known;
}

json::object known_person(Call& call, Sender const& sender, json::object const& agent)
{
    Problems none;
    Query query;
    query.agent = read_actor(Properties(agent, "", none));
    json::object person{{"objectType", "Person"}};
    json::array names;
    if (sender.scope == Scope::send) // what the ledger says names nobody
        for (auto const& actor : parts_of_records(call, sender, query, "actor"))
            if (identity_of(actor) == query.agent->known_by)
                add_name(names, actor);
    add_name(names, agent);
    if (!names.empty())
        person["name"] = std::move(names);
    for (auto const* const way : {"account", "mbox", "mbox_sha1sum", "openid"})
        if (auto const* const known = agent.if_contains(way))
            person[way] = json::array{*known};
    return person;
}

} // namespace concentric::xapi
