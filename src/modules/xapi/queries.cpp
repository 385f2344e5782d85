#include "modules/xapi/queries.hpp"

#include "core/http_client.hpp"
#include "modules/directory/merges.hpp"
#include "modules/xapi/asked.hpp"
#include "modules/xapi/learners.hpp"
#include "modules/xapi/mentions.hpp"
#include "modules/xapi/telling.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

namespace concentric::xapi {
namespace {

namespace json = boost::json;

constexpr std::int64_t most = 500;

// Understands the parameters, and refuses them where one is at fault.
class Reading {
public:
    explicit Reading(FindStatements const& input) : in_(input) { }

    Query read()
    {
        read_id();
        query_.agent = asked_.agent(in_.agent);
        query_.verb = asked_.iri("verb", in_.verb);
        query_.activity = asked_.iri("activity", in_.activity);
        query_.registration = asked_.uuid("registration", in_.registration);
        query_.since = asked_.moment("since", in_.since).value_or(query_.since);
        query_.until = asked_.moment("until", in_.until).value_or(query_.until);
        if (auto const limit = asked_.number("limit", in_.limit).value_or(0)) // 0 leaves it to us (Communication 2.1.3)
            query_.limit = std::min(limit, most);
        query_.from = asked_.number("from", in_.from).value_or(0);
        query_.is_ascending = asked_.truth("ascending", in_.ascending);
        query_.with_related_activities = asked_.truth("related_activities", in_.related_activities);
        query_.with_related_agents = asked_.truth("related_agents", in_.related_agents);
        query_.with_attachments = asked_.truth("attachments", in_.attachments);
        read_format();
        asked_.refuse_faults();
        return std::move(query_);
    }

private:
    void read_id()
    {
        query_.statement_id = asked_.uuid("statementId", in_.statementId);
        if (in_.voidedStatementId) {
            query_.statement_id = asked_.uuid("voidedStatementId", in_.voidedStatementId);
            query_.is_voided = true;
        }
        bool const has_others = in_.agent || in_.verb || in_.activity || in_.registration || in_.since || in_.until || in_.limit
            || in_.ascending || in_.related_activities || in_.related_agents;
        if ((in_.statementId && in_.voidedStatementId) || ((in_.statementId || in_.voidedStatementId) && has_others))
            asked_.fault("statementId", {"按编号读取时不能再给别的条件。", "Who asks by id gives no other condition."});
    }

    void read_format()
    {
        auto const format = reflect::value_named<Format>(in_.format.value_or("exact"));
        if (!format)
            asked_.fault("format", {"应为 exact、ids 或 canonical。", "This must be exact, ids or canonical."});
        query_.format = format.value_or(Format::exact);
    }

    FindStatements const& in_;
    Query query_;
    Asked asked_;
};

// Records that mention somebody or something with the digest $n besides their own actor and activity.
std::string mentioned(int parameter, bool with_related)
{
    return fmt::format("id IN (SELECT m.statement FROM xapi_mentions m WHERE m.county = $1 AND m.mark = ${}{})", parameter,
        with_related ? "" : " AND m.is_direct");
}

std::vector<Found> received(Call& call, Sender const& sender, Query const& query)
{
    auto const authority = identity_of(authority_of(sender)); // of every record of this log-in
    bool const is_about_all = query.with_related_agents && query.agent && query.agent->known_by == authority;
    auto const agent = query.agent && !is_about_all ? digest_of_actor(call, query.agent->known_by) : "";
    auto const by_agent = agent.empty() ? "$4 = ''" : fmt::format("(actor = $4 OR {})", mentioned(4, query.with_related_agents));
    bool const is_related = query.with_related_activities && !query.activity.empty();
    auto const related = is_related ? digest_of_activity(call, query.activity) : "";
    auto const by_activity
        = is_related ? fmt::format("(activity = $6 OR {})", mentioned(12, true)) : "(activity = $6 OR $6 = '') AND $12 = ''";
    auto const sql = fmt::format("SELECT * FROM xapi_statements WHERE county = $1 AND credential = $2 AND (statement_id = $3 OR $3 "
                                 "= '') AND {} AND {} AND (verb = $5 OR $5 = '') AND {} AND (registration = $7 OR $7 = '') AND "
                                 "stored_at > $8 AND stored_at <= $9 AND (id {} $10 OR $10 = 0) ORDER BY id {} LIMIT $11",
        query.is_voided ? "outcome = 'voided'" : "outcome <> 'voided'", by_agent, by_activity, query.is_ascending ? ">" : "<",
        query.is_ascending ? "" : "DESC");
    std::vector<Found> found;
    for (auto& row : call.db.rows<StatementRow>(sql, call.county, sender.id, query.statement_id, agent, query.verb, query.activity,
             query.registration, query.since, query.until, query.from, query.limit + 1, related))
        found.push_back({row.id.value, std::move(row.statement), row.stored_at});
    return found;
}

// The records of the person and of those that were merged into it; nobody's where the agent is none of ours.
std::vector<std::int64_t> people_of(Call& call, Actor const& agent)
{
    auto const person = agent.home_page == home_page() ? person_with_number(call, agent.number) : PersonId{};
    return person ? directory::records_of(call, person) : std::vector<std::int64_t>{};
}

// Nothing where no entry can be meant.
std::optional<ledger::Passage> passage_of(Call& call, Sender const& sender, Query const& query)
{
    ledger::Passage passage;
    passage.path = sender.path;
    passage.path_end = sender.path.substr(0, sender.path.size() - 1) + "0";
    bool const is_about_voiding = query.verb == voided_verb;
    passage.kinds = kinds_told_as(is_about_voiding ? "" : query.verb);
    passage.reversals = is_about_voiding ? ledger::Share::alone
        : query.verb.empty()             ? ledger::Share::included
                                         : ledger::Share::left_out;
    passage.reversed = query.is_voided ? ledger::Share::alone : ledger::Share::left_out;
    passage.since = query.since;
    passage.until = std::min(query.until, call.now);
    passage.newest_first = !query.is_ascending;
    passage.most = query.limit + 1;
    if (query.from)
        (query.is_ascending ? passage.after : passage.before) = {query.from};
    if (query.agent)
        passage.people = people_of(call, *query.agent);
    if (!query.registration.empty() || (!query.activity.empty() && !narrow_to_activity(passage, query.activity)))
        return std::nullopt;
    if (!query.activity.empty() || query.agent)
        passage.reversals = ledger::Share::left_out; // a voiding is about a statement, by the platform
    return passage;
}

std::vector<Found> told(Call& call, Sender const& sender, Query const& query)
{
    auto passage = passage_of(call, sender, query);
    if (!passage)
        return {};
    if (!query.statement_id.empty()) {
        auto const entry = entry_of_statement(call.county, query.statement_id);
        if (!entry)
            return {};
        passage->after = {entry->value - 1};
        passage->before = {entry->value + 1};
    }
    auto const entries = ledger::entries_in(call, *passage);
    auto statements = tell(call, entries);
    std::vector<Found> found;
    for (std::size_t i = 0; i < entries.size(); ++i)
        found.push_back({entries[i].id.value, std::move(statements[i]), entries[i].recorded_at});
    return found;
}

void keep_only(json::object& object, std::initializer_list<std::string_view> names)
{
    json::object kept;
    for (auto const name : names)
        if (auto const* const value = object.if_contains(name))
            kept[name] = *value;
    object = std::move(kept);
}

void keep_ids(json::object& statement)
{
    keep_only(statement["verb"].as_object(), {"id"});
    keep_only(statement["actor"].as_object(), {"objectType", "account", "mbox", "mbox_sha1sum", "openid", "member"});
    keep_only(statement["object"].as_object(), {"objectType", "id", "account", "mbox", "mbox_sha1sum", "openid", "member"});
}

void keep_one_language(json::object& parent, std::string_view name, Language language)
{
    auto* const map = parent.if_contains(name);
    if (!map || !map->is_object() || map->get_object().empty())
        return;
    auto const wanted = map->get_object().find(language == Language::zh ? "zh-CN" : "en");
    auto const kept = wanted == map->get_object().end() ? *map->get_object().begin() : *wanted;
    *map = json::object{{kept.key(), kept.value()}};
}

} // namespace

Query query_of(FindStatements const& input) { return Reading(input).read(); }

std::vector<Found> find_statements(Call& call, Sender const& sender, Query const& query)
{
    return sender.scope == Scope::send ? received(call, sender, query) : told(call, sender, query);
}

std::string formatted(std::string statement, Format format, Language language)
{
    if (format == Format::exact)
        return statement;
    auto value = json::parse(statement);
    auto& object = value.as_object();
    if (format == Format::ids) {
        keep_ids(object);
        return json::serialize(object);
    }
    keep_one_language(object["verb"].as_object(), "display", language);
    if (auto* const definition = object["object"].as_object().if_contains("definition"))
        for (auto const* const name : {"name", "description"})
            keep_one_language(definition->as_object(), name, language);
    return json::serialize(object);
}

std::string more_after(FindStatements const& input, std::int64_t place)
{
    http::Fields fields{{"from", std::to_string(place)}};
    for (auto const& [name, value] :
        {std::pair("agent", &input.agent), std::pair("verb", &input.verb), std::pair("activity", &input.activity),
            std::pair("registration", &input.registration), std::pair("since", &input.since), std::pair("until", &input.until),
            std::pair("limit", &input.limit), std::pair("ascending", &input.ascending), std::pair("format", &input.format),
            std::pair("attachments", &input.attachments), std::pair("related_activities", &input.related_activities),
            std::pair("related_agents", &input.related_agents)})
        if (*value)
            fields.emplace_back(name, **value);
    return "/api/xapi/statements?" + http::encoded(fields);
}

} // namespace concentric::xapi
