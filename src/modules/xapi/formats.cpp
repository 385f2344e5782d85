#include "modules/xapi/formats.hpp"

#include "modules/xapi/languages.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace concentric::xapi {
namespace {

namespace json = boost::json;

constexpr auto ways_of_being_known = {"account", "mbox", "mbox_sha1sum", "openid"};

json::object* member(json::object& parent, std::string_view name)
{
    auto* const found = parent.if_contains(name);
    return found ? found->if_object() : nullptr;
}

template <class Do> void for_each_in(json::object& parent, std::string_view list, Do const& apply)
{
    auto* const found = parent.if_contains(list);
    if (auto* const several = found ? found->if_array() : nullptr)
        for (auto& each : *several)
            if (auto* const one = each.if_object())
                apply(*one);
}

void keep_only(json::object& object, std::initializer_list<std::string_view> names)
{
    json::object kept;
    for (auto const name : names)
        if (auto const* const value = object.if_contains(name))
            kept[name] = *value;
    object = std::move(kept);
}

// What is to be done with the agents, verbs and activities of a statement.
struct Treatment {
    void (*agent)(json::object&, std::vector<std::string> const& languages);
    void (*verb)(json::object&, std::vector<std::string> const& languages);
    void (*activity)(json::object&, std::vector<std::string> const& languages);
};

// Of a group without a name, its members say who it is.
void keep_identity(json::object& actor, std::vector<std::string> const& languages)
{
    bool const has_name = std::ranges::any_of(ways_of_being_known, [&](auto const* way) { return actor.contains(way); });
    keep_only(actor, {"objectType", "account", "mbox", "mbox_sha1sum", "openid", has_name ? "" : "member"});
    for_each_in(actor, "member", [&](json::object& each) { keep_identity(each, languages); });
}

void keep_verb_id(json::object& verb, std::vector<std::string> const&) { keep_only(verb, {"id"}); }
void keep_activity_id(json::object& activity, std::vector<std::string> const&) { keep_only(activity, {"objectType", "id"}); }

void keep_one_language_of(json::object& parent, std::string_view name, std::vector<std::string> const& languages)
{
    if (auto* const map = member(parent, name))
        keep_one_language(*map, languages);
}

void leave_agent(json::object&, std::vector<std::string> const&) { }

void tell_verb(json::object& verb, std::vector<std::string> const& languages) { keep_one_language_of(verb, "display", languages); }

void tell_activity(json::object& activity, std::vector<std::string> const& languages)
{
    auto* const definition = member(activity, "definition");
    if (!definition)
        return;
    for (auto const* const name : {"name", "description"})
        keep_one_language_of(*definition, name, languages);
    for (auto const* const list : {"choices", "scale", "source", "target", "steps"})
        for_each_in(*definition, list, [&](json::object& each) { keep_one_language_of(each, "description", languages); });
}

void change(json::object& statement, Treatment const& treatment, std::vector<std::string> const& languages);

void change_object(json::object& object, Treatment const& treatment, std::vector<std::string> const& languages)
{
    auto const* const type = object.if_contains("objectType");
    auto const kind = type ? std::string_view(type->as_string()) : "Activity";
    if (kind == "Activity")
        treatment.activity(object, languages);
    else if (kind == "Agent" || kind == "Group")
        treatment.agent(object, languages);
    else if (kind == "SubStatement")
        change(object, treatment, languages);
}

void change_context(json::object& context, Treatment const& treatment, std::vector<std::string> const& languages)
{
    for (auto const* const name : {"instructor", "team"})
        if (auto* const actor = member(context, name))
            treatment.agent(*actor, languages);
    if (auto* const lists = member(context, "contextActivities"))
        for (auto const* const name : {"parent", "grouping", "category", "other"})
            for_each_in(*lists, name, [&](json::object& each) { treatment.activity(each, languages); });
}

void change(json::object& statement, Treatment const& treatment, std::vector<std::string> const& languages)
{
    for (auto const* const name : {"actor", "authority"})
        if (auto* const actor = member(statement, name))
            treatment.agent(*actor, languages);
    treatment.verb(statement.at("verb").as_object(), languages);
    change_object(statement.at("object").as_object(), treatment, languages);
    if (auto* const context = member(statement, "context"))
        change_context(*context, treatment, languages);
}

} // namespace

std::string formatted(std::string statement, Format format, std::vector<std::string> const& languages)
{
    if (format == Format::exact)
        return statement;
    static constexpr Treatment ids{keep_identity, keep_verb_id, keep_activity_id}, canonical{leave_agent, tell_verb, tell_activity};
    auto value = json::parse(statement);
    change(value.as_object(), format == Format::ids ? ids : canonical, languages);
    return json::serialize(value);
}

} // namespace concentric::xapi
