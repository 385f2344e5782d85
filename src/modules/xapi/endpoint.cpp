#include "modules/xapi/endpoint.hpp"

#include "lib/text.hpp"
#include "modules/xapi/queries.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

namespace concentric::xapi {
namespace {

namespace json = boost::json;

struct About {
    std::vector<std::string> version;
};
BOOST_DESCRIBE_STRUCT(About, (), (version))

About about(Call&, Nothing const&) { return {{"1.0.0", "1.0.1", "1.0.2", "1.0.3"}}; }

Download answer_of(std::string text)
{
    Download file{std::move(text), "application/json", "statements.json"};
    file.is_shown = true;
    return file;
}

ApiError refused(Words words) { return {ErrorKind::malformed, std::move(words)}; }

json::value body_of(Call const& call, Spoken const& spoken)
{
    if (spoken.content_type.starts_with("multipart/"))
        throw refused({"这里不收附件（multipart/mixed），请用 application/json。",
            "Attachments (multipart/mixed) are not taken here; please send application/json."});
    boost::system::error_code failed;
    auto value = json::parse({call.body.data(), call.body.size()}, failed);
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

Sender allowed(Call& call, Spoken const& spoken, Scope scope)
{
    auto sender = sender_of(call, spoken);
    if (sender.scope != scope)
        throw forbidden();
    return sender;
}

Download send_statements(Call& call, Spoken const& input)
{
    auto const sender = allowed(call, input, Scope::send);
    json::array ids;
    for (auto const& id : receive(call, sender, statements_in(body_of(call, input))))
        ids.emplace_back(id);
    return answer_of(json::serialize(ids));
}

struct PutStatement : Spoken {
    std::optional<std::string> statementId; // the protocol's own name
};
BOOST_DESCRIBE_STRUCT(PutStatement, (Spoken), (statementId))

Nothing put_statement(Call& call, PutStatement const& input)
{
    auto const sender = allowed(call, input, Scope::send);
    auto const body = body_of(call, input);
    if (!body.is_object())
        throw refused({"PUT 一次一条声明。", "PUT takes one statement."});
    auto statements = statements_in(body);
    auto& statement = statements.front();
    auto const id = lib::to_lower_ascii(input.statementId.value_or(""));
    if (!is_uuid(id) || (!statement.id.empty() && statement.id != id))
        throw refused({"statementId 应为与声明相同的 UUID。", "statementId must be the statement's own UUID."});
    statement.id = id;
    receive(call, sender, std::move(statements));
    return {};
}

Download one_statement(Call& call, Sender const& sender, Query const& query)
{
    auto found = find_statements(call, sender, query);
    if (found.empty())
        throw not_found({"学习记录", "learning record"});
    return answer_of(formatted(std::move(found.front().statement), query.format, call.language));
}

Download get_statements(Call& call, FindStatements const& input)
{
    auto const sender = sender_of(call, input);
    auto const query = query_of(input);
    if (!query.statement_id.empty())
        return one_statement(call, sender, query);
    auto found = find_statements(call, sender, query);
    std::string more;
    if (static_cast<std::int64_t>(found.size()) > query.limit) {
        found.pop_back();
        more = more_after(input, found.back().place);
    }
    std::string text;
    for (auto& each : found)
        text += (text.empty() ? R"({"statements":[)" : ",") + formatted(std::move(each.statement), query.format, call.language);
    return answer_of((text.empty() ? R"({"statements":[)" : text) + R"(],"more":)" + json::serialize(json::string(more)) + "}");
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
    };
}

} // namespace concentric::xapi
