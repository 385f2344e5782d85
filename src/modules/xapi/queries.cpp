#include "modules/xapi/queries.hpp"

#include "core/http_client.hpp"
#include "modules/directory/merges.hpp"
#include "modules/xapi/asked.hpp"
#include "modules/xapi/languages.hpp"
#include "modules/xapi/learners.hpp"
#include "modules/xapi/received.hpp"
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
        query_.languages = languages_read(in_.accept_language);
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
            || in_.ascending || in_.related_activities || in_.related_agents || in_.from;
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

// The records of the person and of those that were merged into it; nobody's where the agent is none of ours.
std::vector<std::int64_t> people_of(Call& call, Actor const& agent)
{
    auto const person = agent.home_page == home_page() ? person_with_number(call, agent.number) : PersonId{};
    return person ? directory::records_of(call, person) : std::vector<std::int64_t>{};
}

// Which of our statements an agent is the actor of: the platform itself takes back, and vouches for all (Data 2.4.9).
enum class Doer { anybody, learner, platform };
Doer doer_in(Query const& query)
{
    if (!query.agent)
        return Doer::anybody;
    if (query.agent->known_by != platform_known_by())
        return Doer::learner;
    return query.with_related_agents ? Doer::anybody : Doer::platform;
}

// An entry that takes another back is of the same person, kind and source: what finds the one finds the statement about it. One
// statement must meet all conditions, and a voiding one is the platform's and about no activity. Nothing where none can.
std::optional<ledger::Share> voiding_in(Query const& query)
{
    bool const is_asked_for = query.verb == voided_verb;
    auto const doer = doer_in(query);
    if (is_asked_for && (doer == Doer::learner || !query.activity.empty()))
        return std::nullopt;
    if (doer == Doer::platform)
        return query.verb.empty() || is_asked_for ? std::optional(ledger::Share::alone) : std::nullopt;
    if (is_asked_for)
        return ledger::Share::alone;
    return query.with_those_about ? ledger::Share::included : ledger::Share::left_out;
}

// Nothing where no entry can be meant.
std::optional<ledger::Passage> passage_of(Call& call, Sender const& sender, Query const& query)
{
    auto const voiding = voiding_in(query);
    if (!voiding || !query.registration.empty())
        return std::nullopt;
    ledger::Passage passage;
    passage.path = sender.path;
    passage.path_end = sender.path.substr(0, sender.path.size() - 1) + "0";
    passage.kinds = kinds_told_as(query.verb == voided_verb ? "" : query.verb);
    passage.reversals = *voiding;
    passage.reversed = query.is_voided ? ledger::Share::alone : ledger::Share::left_out;
    passage.since = query.since;
    passage.until = std::min(query.until, call.now);
    passage.newest_first = !query.is_ascending;
    passage.most = query.limit + 1;
    if (query.from)
        (query.is_ascending ? passage.after : passage.before) = {query.from};
    if (doer_in(query) == Doer::learner)
        passage.people = people_of(call, *query.agent);
    if (!query.activity.empty() && !narrow_to_activity(passage, query.activity))
        return std::nullopt;
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

} // namespace

Query query_of(FindStatements const& input) { return Reading(input).read(); }

std::vector<Found> find_statements(Call& call, Sender const& sender, Query const& query)
{
    return sender.scope == Scope::send ? find_received(call, sender, query) : told(call, sender, query);
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
