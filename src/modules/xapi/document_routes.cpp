#include "modules/xapi/document_routes.hpp"

#include "modules/xapi/answers.hpp"
#include "modules/xapi/asked.hpp"
#include "modules/xapi/documents.hpp"
#include "modules/xapi/intake.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace concentric::xapi {
namespace {

namespace json = boost::json;

// The parameters are named as in the protocol (Communication 2.3, 2.6 and 2.7).
struct AskDocument : Spoken {
    HeaderField if_match, if_none_match;
};
BOOST_DESCRIBE_STRUCT(AskDocument, (Spoken), (if_match, if_none_match))

struct AskState : AskDocument {
    std::optional<std::string> activityId, agent, registration, stateId;
    static constexpr auto blind = Blind::allowed;
};
BOOST_DESCRIBE_STRUCT(AskState, (AskDocument), (activityId, agent, registration, stateId))

struct AskActivityProfile : AskDocument {
    std::optional<std::string> activityId, profileId;
    static constexpr auto blind = Blind::refused;
};
BOOST_DESCRIBE_STRUCT(AskActivityProfile, (AskDocument), (activityId, profileId))

struct AskAgentProfile : AskDocument {
    std::optional<std::string> agent, profileId;
    static constexpr auto blind = Blind::refused;
};
BOOST_DESCRIBE_STRUCT(AskAgentProfile, (AskDocument), (agent, profileId))

// To read, all that was changed since a moment may be asked for.
template <class Ask> struct Read : Ask {
    std::optional<std::string> since;
};
using ReadState = Read<AskState>;
using ReadActivityProfile = Read<AskActivityProfile>;
using ReadAgentProfile = Read<AskAgentProfile>;
BOOST_DESCRIBE_STRUCT(ReadState, (AskState), (since))
BOOST_DESCRIBE_STRUCT(ReadActivityProfile, (AskActivityProfile), (since))
BOOST_DESCRIBE_STRUCT(ReadAgentProfile, (AskAgentProfile), (since))

// One document, or as many as there are.
enum class Wanted { one, any };

std::string named(Asked& asked, std::string_view name, std::optional<std::string> const& given, Wanted wanted)
{
    if (wanted == Wanted::one)
        asked.must_have(name, given);
    return asked.name(name, given);
}

std::string activity_in(Asked& asked, std::optional<std::string> const& given)
{
    asked.must_have("activityId", given);
    return asked.iri("activityId", given);
}

std::string agent_in(Call& call, Asked& asked, std::optional<std::string> const& given)
{
    asked.must_have("agent", given);
    auto const agent = asked.agent(given);
    if (agent && agent->is_group)
        asked.fault("agent", {"应为 Agent，不能为群组。", "This must be an agent, no group."});
    return agent ? digest_of_actor(call, agent->known_by) : "";
}

Place place_of(Call& call, AskState const& input, Asked& asked, Wanted wanted)
{
    return {DocumentKind::state, activity_in(asked, input.activityId), agent_in(call, asked, input.agent),
        asked.uuid("registration", input.registration), named(asked, "stateId", input.stateId, wanted)};
}

Place place_of(Call&, AskActivityProfile const& input, Asked& asked, Wanted wanted)
{
    return {DocumentKind::activity_profile, activity_in(asked, input.activityId), {}, {},
        named(asked, "profileId", input.profileId, wanted)};
}

Place place_of(Call& call, AskAgentProfile const& input, Asked& asked, Wanted wanted)
{
    return {DocumentKind::agent_profile, {}, agent_in(call, asked, input.agent), {},
        named(asked, "profileId", input.profileId, wanted)};
}

template <class Ask> Place place_asked(Call& call, Ask const& input, Wanted wanted)
{
    Asked asked;
    auto place = place_of(call, input, asked, wanted);
    asked.refuse_faults();
    return place;
}

template <class Ask> Nothing write_document(Call& call, Ask const& input, Change change)
{
    auto const sender = sender_of(call, input, Scope::send);
    auto const place = place_asked(call, input, Wanted::one);
    Document document{input.content_type.empty() ? "application/octet-stream" : input.content_type, std::string(call.body)};
    check_content(document);
    auto const row = document_at(call, sender, place, Look::change);
    auto const present = row ? std::optional(content_of(*row)) : std::nullopt;
    check_change(present, change, Ask::blind, {input.if_match, input.if_none_match});
    if (change == Change::merge) {
        document = merged(present, std::move(document));
        check_content(document);
    }
    keep_document(call, sender, place, row, document);
    return {};
}

template <class Ask> Nothing put_document(Call& call, Ask const& input) { return write_document(call, input, Change::put); }
template <class Ask> Nothing merge_document(Call& call, Ask const& input) { return write_document(call, input, Change::merge); }

Download one_document(Call& call, Sender const& sender, Place const& place)
{
    auto const row = document_at(call, sender, place, Look::read);
    if (!row)
        throw not_found({"文档", "document"});
    auto document = content_of(*row);
    auto tag = tag_of(document);
    Download file{std::move(document.content), std::move(document.content_type), "document"};
    file.tag = std::move(tag);
    file.changed_at = row->changed_at;
    return file;
}

Download names_of_documents(Call& call, Sender const& sender, Place const& place, Instant since)
{
    json::array names;
    Instant last;
    for (auto const& each : documents_in(call, sender, place, since)) {
        names.emplace_back(each.name);
        last = std::max(last, each.changed_at);
    }
    auto answer = answer_of(json::serialize(names));
    answer.changed_at = last;
    return answer;
}

template <class Ask> Download get_document(Call& call, Read<Ask> const& input)
{
    auto const sender = sender_of(call, input, Scope::send);
    Asked asked;
    auto const place = place_of(call, input, asked, Wanted::any);
    auto const since = asked.moment("since", input.since).value_or(Instant{});
    if (input.since && !place.name.empty())
        asked.fault("since", {"读取一份文档时不能给 since。", "Who asks for one document gives no since."});
    asked.refuse_faults();
    return place.name.empty() ? names_of_documents(call, sender, place, since) : one_document(call, sender, place);
}

// What is not there is gone already.
template <class Ask> Nothing remove_document(Call& call, Ask const& input)
{
    bool const has_several = std::is_same_v<Ask, AskState>; // alone a player may clear all that it keeps of somebody
    auto const sender = sender_of(call, input, Scope::send);
    auto const place = place_asked(call, input, has_several ? Wanted::any : Wanted::one);
    if (!place.name.empty()) {
        auto const row = document_at(call, sender, place, Look::change);
        check_change(row ? std::optional(content_of(*row)) : std::nullopt, Change::remove, Ask::blind,
            {input.if_match, input.if_none_match});
    }
    remove_documents(call, sender, place);
    return {};
}

struct Resource {
    std::string path, name; // of its routes
    std::string_view what;
};

template <class Ask> void add_routes(Routes& routes, Resource const& resource)
{
    auto const summary
        = [&](std::string_view does) { return fmt::format("{} {} (xAPI 1.0.3; Basic authentication)", does, resource.what); };
    routes.push_back(
        route(Verb::put, resource.path, Permission::anyone, resource.name + "_put", summary("Keeps"), put_document<Ask>)
            .with_file());
    routes.push_back(route(Verb::post, resource.path, Permission::anyone, resource.name + "_merge",
        summary("Keeps, or merges the properties of a JSON object into,"), merge_document<Ask>)
                         .with_file());
    routes.push_back(route(Verb::get, resource.path, Permission::anyone, resource.name + "_export",
        summary("Gives, or without an id tells the ids of,"), get_document<Ask>)
                         .as_personal_file());
    routes.push_back(
        route(Verb::del, resource.path, Permission::anyone, resource.name + "_remove", summary("Removes"), remove_document<Ask>));
}

} // namespace

Routes document_routes()
{
    Routes routes;
    add_routes<AskState>(routes, {"/api/xapi/activities/state", "xapi_state", "what a player keeps of somebody in an activity"});
    add_routes<AskActivityProfile>(
        routes, {"/api/xapi/activities/profile", "xapi_activity_profile", "what another program notes about an activity"});
    add_routes<AskAgentProfile>(
        routes, {"/api/xapi/agents/profile", "xapi_agent_profile", "what another program notes about a learner"});
    return routes;
}

} // namespace concentric::xapi
