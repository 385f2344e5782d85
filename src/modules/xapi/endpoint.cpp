#include "modules/xapi/endpoint.hpp"

#include "core/crypto.hpp"
#include "lib/text.hpp"
#include "modules/xapi/answers.hpp"
#include "modules/xapi/asked.hpp"
#include "modules/xapi/attachments.hpp"
#include "modules/xapi/descriptions.hpp"
#include "modules/xapi/document_rules.hpp"
#include "modules/xapi/queries.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace concentric::xapi {
namespace {

namespace json = boost::json;

constexpr std::size_t most_of_message = 32 << 20; // bytes of files in one answer; the rest comes with the next page

struct About {
    std::vector<std::string> version;
};
BOOST_DESCRIBE_STRUCT(About, (), (version))

About about(Call&, Nothing const&) { return {{"1.0.0", "1.0.1", "1.0.2", "1.0.3"}}; }

ApiError refused(Words words) { return {ErrorKind::malformed, std::move(words)}; }

json::value json_in(std::string_view text)
{
    if (text.size() > most_of_statements)
        throw ApiError(ErrorKind::too_large, {"一次的声明不能超过 1 MB。", "The statements of a request may have at most 1 MiB."});
    boost::system::error_code failed;
    auto value = json::parse({text.data(), text.size()}, failed);
    if (failed)
        throw refused({"不是有效的 JSON。", "This is not valid JSON."});
    return value;
}

std::vector<Statement> statements_in(json::value const& body)
{
    auto const all = body.is_array() ? body.get_array() : json::array{body};
    if (all.size() > most_statements)
        throw refused({"一批最多 500 条。", "A batch has at most 500 statements."});
    Problems problems;
    std::vector<Statement> statements;
    for (std::size_t i = 0; i < all.size(); ++i)
        statements.push_back(read_statement(all[i], fmt::format("/{}", i), problems));
    if (!problems.empty())
        throw ApiError(ErrorKind::malformed, {"声明有误，整批没有保存。", "There are faults; nothing of the batch was stored."}, {},
            std::move(problems));
    return statements;
}

// One statement where one alone is taken, or a list.
enum class Batch { none, allowed };

// What was sent, alone or with its files in a multipart message; they lie in the body.
std::vector<Statement> sent(Call const& call, Spoken const& spoken, Batch batch)
{
    std::vector<Part> parts;
    bool const is_plain = spoken.content_type.empty() || is_json(spoken.content_type);
    bool const is_message = lib::to_lower_ascii(spoken.content_type).starts_with("multipart/");
    if (auto const boundary = boundary_in(spoken.content_type))
        parts = parts_in(call.body, *boundary);
    if (is_message && (parts.empty() || !is_json(parts.front().content_type)))
        throw refused({"应为 multipart/mixed，第一部分是声明（application/json）。",
            "This must be multipart/mixed, the statements (application/json) first."});
    if (!is_message && !is_plain)
        throw refused({"应为 application/json 或 multipart/mixed。", "This must be application/json or multipart/mixed."});
    auto const body = json_in(is_message ? parts.front().content : call.body);
    if (batch == Batch::none && !body.is_object())
        throw refused({"PUT 一次一条声明。", "PUT takes one statement."});
    auto statements = statements_in(body);
    match_attachments(statements, std::span(parts).subspan(is_message ? 1 : 0));
    return statements;
}

Download send_statements(Call& call, Spoken const& input)
{
    auto const sender = sender_of(call, input, Scope::send);
    json::array ids;
    for (auto const& id : receive(call, sender, sent(call, input, Batch::allowed)))
        ids.emplace_back(id);
    return answer_of(json::serialize(ids));
}

struct PutStatement : Spoken {
    std::optional<std::string> statementId; // the protocol's own name
};
BOOST_DESCRIBE_STRUCT(PutStatement, (Spoken), (statementId))

Nothing put_statement(Call& call, PutStatement const& input)
{
    auto const sender = sender_of(call, input, Scope::send);
    auto statements = sent(call, input, Batch::none);
    auto& statement = statements.front();
    auto const id = lib::to_lower_ascii(input.statementId.value_or(""));
    if (!is_uuid(id) || (!statement.id.empty() && statement.id != id))
        throw refused({"statementId 应为与声明相同的 UUID。", "statementId must be the statement's own UUID."});
    statement.id = id;
    receive(call, sender, std::move(statements));
    return {};
}

// Statements with their files, once each, as one message.
class Message {
public:
    explicit Message(Call& call) : call_(call) { }

    // Takes the files of a statement along, unless the message has become too long for more.
    bool add_files(Found const& found)
    {
        auto files = attachments_of(call_, {found.place}, json::parse(found.statement).as_object(), given_);
        for (auto const& file : files)
            size_ += file.content.size();
        if (!files_.empty() && size_ > most_of_message)
            return false;
        std::ranges::move(files, std::back_inserter(files_));
        return true;
    }

    Download with(std::string const& statements) const
    {
        std::vector<Part> parts{{"application/json", {}, {}, statements}};
        for (auto const& file : files_)
            parts.push_back({file.content_type, file.sha2, "binary", file.content});
        auto const boundary = "concentric-" + crypto::random_token(); // nobody can have put it into a file
        auto answer = answer_of(message_of(parts, boundary));
        answer.content_type = "multipart/mixed; boundary=" + boundary;
        return answer;
    }

private:
    Call& call_;
    std::vector<KeptFile> files_;
    std::set<std::string> given_; // their hashes
    std::size_t size_ = 0;
};

Download one_statement(Call& call, Sender const& sender, Query const& query)
{
    auto found = find_statements(call, sender, query);
    if (found.empty())
        throw not_found({"学习记录", "learning record"});
    auto& one = found.front();
    Message message(call);
    if (query.with_attachments && sender.scope == Scope::send)
        message.add_files(one);
    auto const text = formatted(std::move(one.statement), query.format, query.languages);
    auto answer = query.with_attachments ? message.with(text) : answer_of(text);
    answer.changed_at = one.stored_at;
    return answer;
}

Download get_statements(Call& call, FindStatements const& input)
{
    auto const sender = sender_of(call, input);
    auto const query = query_of(input);
    if (!query.statement_id.empty())
        return one_statement(call, sender, query);
    auto found = find_statements(call, sender, query);
    Message message(call);
    bool const has_files = query.with_attachments && sender.scope == Scope::send; // what the ledger says has none
    std::size_t count = std::min(found.size(), static_cast<std::size_t>(query.limit));
    for (std::size_t i = 0; has_files && i < count; ++i)
        if (!message.add_files(found[i]))
            count = i;
    auto const more = count < found.size() ? more_after(input, found[count - 1].place) : "";
    std::string text = R"({"statements":[)";
    for (std::size_t i = 0; i < count; ++i)
        text += (i == 0 ? "" : ",") + formatted(std::move(found[i].statement), query.format, query.languages);
    text += R"(],"more":)" + json::serialize(json::string(more)) + "}";
    return query.with_attachments ? message.with(text) : answer_of(std::move(text));
}

struct AskActivity : Spoken {
    std::optional<std::string> activityId;
};
BOOST_DESCRIBE_STRUCT(AskActivity, (Spoken), (activityId))

Download get_activity(Call& call, AskActivity const& input)
{
    auto const sender = sender_of(call, input);
    Asked asked;
    asked.must_have("activityId", input.activityId);
    auto const activity = asked.iri("activityId", input.activityId);
    asked.refuse_faults();
    return answer_of(json::serialize(known_activity(call, sender, activity)));
}

struct AskAgent : Spoken {
    std::optional<std::string> agent;
};
BOOST_DESCRIBE_STRUCT(AskAgent, (Spoken), (agent))

Download get_agent(Call& call, AskAgent const& input)
{
    auto const sender = sender_of(call, input);
    Asked asked;
    asked.must_have("agent", input.agent);
    if (auto const agent = asked.agent(input.agent); agent && agent->is_group)
        asked.fault("agent", {"应为 Agent，不能为群组。", "This must be an agent, no group."});
    asked.refuse_faults();
    return answer_of(json::serialize(known_person(call, sender, json::parse(*input.agent).as_object())));
}

} // namespace

Routes endpoint_routes()
{
    constexpr auto path = "/api/xapi/statements";
    return {
        route(Verb::get, "/api/xapi/about", Permission::anyone, "xapi_about_show", "Which versions of xAPI are spoken here", about),
        route(Verb::post, path, Permission::anyone, "xapi_statement_send",
            "Takes learning records, one or a list (xAPI 1.0.3; Basic authentication)", send_statements)
            .with_file(),
        route(Verb::put, path, Permission::anyone, "xapi_statement_put",
            "Takes the learning record of that id (xAPI 1.0.3; Basic authentication)", put_statement)
            .with_file(),
        route(Verb::get, path, Permission::anyone, "xapi_statement_export",
            "Learning records page by page: what the log-in sent, or what the ledger says (xAPI 1.0.3; Basic authentication)",
            get_statements)
            .as_personal_file(),
        route(Verb::get, "/api/xapi/activities", Permission::anyone, "xapi_activity_export",
            "An activity as learning records describe it (xAPI 1.0.3; Basic authentication)", get_activity)
            .as_personal_file(),
        route(Verb::get, "/api/xapi/agents", Permission::anyone, "xapi_agent_export",
            "The person behind an agent, as the log-in's own records tell (xAPI 1.0.3; Basic authentication)", get_agent)
            .as_personal_file(),
    };
}

} // namespace concentric::xapi
