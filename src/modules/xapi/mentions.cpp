#include "modules/xapi/mentions.hpp"

#include "core/keyring.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <map>

namespace concentric::xapi {
namespace {

namespace json = boost::json;

struct MentionRow {
    std::int64_t county = 0;
    std::string mark;
    StatementId statement;
    bool is_direct = false;
};
BOOST_DESCRIBE_STRUCT(MentionRow, (), (county, mark, statement, is_direct))

json::object const* object_in(json::object const& parent, std::string_view name)
{
    auto const* const found = parent.if_contains(name);
    return found ? found->if_object() : nullptr;
}

std::string word_in(json::object const& parent, std::string_view name)
{
    auto const* const found = parent.if_contains(name);
    return found && found->is_string() ? std::string(found->get_string()) : "";
}

class Walk {
public:
    explicit Walk(json::object const& statement) { look_at(statement, true); }

    std::vector<Mention> found() const
    {
        std::vector<Mention> all;
        for (auto const& [what, is_direct] : found_)
            all.push_back({what.first, what.second, is_direct});
        return all;
    }

private:
    void note(Mention::Of of, std::string what, bool is_direct)
    {
        if (!what.empty())
            found_[{of, std::move(what)}] |= is_direct;
    }

    void agent(json::object const* actor, bool is_direct)
    {
        if (!actor)
            return;
        note(Mention::Of::agent, identity_of(*actor), is_direct);
        if (auto const* const members = actor->if_contains("member"); members && members->is_array())
            for (auto const& member : members->get_array())
                agent(member.if_object(), is_direct);
    }

    void activities(json::value const& one_or_several)
    {
        if (auto const* const one = one_or_several.if_object())
            note(Mention::Of::activity, word_in(*one, "id"), false);
        else if (auto const* const several = one_or_several.if_array())
            for (auto const& each : *several)
                activities(each);
    }

    void context(json::object const& context)
    {
        agent(object_in(context, "instructor"), false);
        agent(object_in(context, "team"), false);
        if (auto const* const of_context = object_in(context, "contextActivities"))
            for (auto const& each : *of_context)
                activities(each.value());
    }

    void look_at(json::object const& statement, bool is_direct)
    {
        agent(object_in(statement, "actor"), is_direct);
        if (auto const* const with = object_in(statement, "context"))
            context(*with);
        auto const* const object = object_in(statement, "object");
        if (!object)
            return;
        auto const kind = word_in(*object, "objectType");
        if (kind == "Agent" || kind == "Group")
            agent(object, is_direct);
        else if (kind == "SubStatement")
            look_at(*object, false);
        else if (kind != "StatementRef")
            note(Mention::Of::activity, word_in(*object, "id"), is_direct);
    }

    std::map<std::pair<Mention::Of, std::string>, bool> found_;
};

} // namespace

std::vector<Mention> mentions_in(json::object const& statement) { return Walk(statement).found(); }

void note_mentions(Call& call, StatementId id, json::object const& statement)
{
    std::vector<MentionRow> rows;
    auto const actor = identity_of(statement.at("actor").as_object());
    for (auto const& each : mentions_in(statement)) {
        bool const is_agent = each.of == Mention::Of::agent;
        if (is_agent ? each.what == actor : each.is_direct)
            continue; // stands in the record's own row
        rows.push_back(
            {call.county, is_agent ? digest_of_actor(call, each.what) : digest_of_activity(call, each.what), id, each.is_direct});
    }
    call.db.load("xapi_mentions", rows);
}

void forget_mentions(Call& call, std::vector<std::int64_t> const& statements)
{
    call.db.execute(
        "DELETE FROM xapi_mentions WHERE county = $1 AND statement ANY_OF($2)", call.county, db::IntegerList{statements});
}

std::string digest_of_activity(Call& call, std::string_view activity)
{
    return call.db.keys().fingerprint(fmt::format("xapi activity {} {}", call.county, activity));
}

} // namespace concentric::xapi
